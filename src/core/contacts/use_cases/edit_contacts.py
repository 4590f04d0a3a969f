from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.clock import Clock
from core.contacts.form import ContactForm, ContactWishes
from core.contacts.storage import FormStorage, MemberDirectory
from core.errors import Invalid, Problem, StaleVersion, refuse_if_any
from core.markdown import MarkdownRenderer
from core.slugs import SlugMaker
from core.tasks import TaskKind, TaskStorage
from core.text import N_
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class EditContacts:
    """The owner decides what the form asks, whether it is open, how long messages stay and who is told of them. Refused
    with Invalid (each field named) or StaleVersion."""

    access: Access
    forms: FormStorage
    members: MemberDirectory
    markdown: MarkdownRenderer
    slugs: SlugMaker
    tasks: TaskStorage
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, wanted: ContactWishes, *, lang: str, expected: int | None = None) -> ContactForm:
        self.access.require(Action.EDIT_CONTACTS)
        form = await self.forms.form()
        if expected is not None and expected != form.version:
            raise StaleVersion(current=form.version)
        refuse_if_any(wanted.problems())
        known = {member.id for member in await self.members.list_members()}
        if not set(wanted.told) - set(form.told) <= known:
            raise Invalid(Problem.of("told", N_("Choose one of those offered.")))
        consent = await self.markdown.render(wanted.consent.strip(), lang=lang) if wanted.consent.strip() else None
        changed = form.changed_to(wanted, consent_html=consent.html if consent else "", slugs=self.slugs)
        if changed == form:
            return form
        saved = await self.forms.save_form(changed)
        await self.audit.record(Action.EDIT_CONTACTS, before=_facts(form), after=_facts(saved))
        if saved.retention_days < form.retention_days:
            await self.tasks.add(TaskKind.EXPIRE_MESSAGES, due_at=self.clock.now())
        await self.transaction.commit()
        return saved


def _facts(form: ContactForm) -> dict[str, str]:
    return {
        "is_open": str(form.is_open).lower(),
        "fields": ", ".join(field.label for field in form.fields),
        "consent": form.consent,
        "retention_days": str(form.retention_days),
        "tells_owners": str(form.tells_owners).lower(),
        "told": ", ".join(form.told),
    }
