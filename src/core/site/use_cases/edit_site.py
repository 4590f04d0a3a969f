from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail, facts_of
from core.errors import StaleVersion, refuse_if_any
from core.markdown import MarkdownRenderer
from core.site.entities import SiteSettings, SiteWishes
from core.site.storage import SiteStorage
from core.transaction import Transaction

UNTOLD = ("about_html", "version")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditSite:
    """Who may, changes the site's title, looks, menu, language and time zone for everybody.

    Refused with Invalid (each field named) or, when *expected* is no longer the version, StaleVersion.
    """

    access: Access
    site: SiteStorage
    markdown: MarkdownRenderer
    audit: AuditTrail
    transaction: Transaction

    async def __call__(self, wishes: SiteWishes, *, expected: int | None) -> SiteSettings:
        self.access.require(Action.EDIT_SITE)
        current = await self.site.get()
        if expected is not None and expected != current.version:
            raise StaleVersion(current=current.version)
        refuse_if_any(wishes.problems())
        about = await self.markdown.render(wishes.about, lang=wishes.locale)
        changed = current.changed_to(wishes, about_html=about.html)
        if changed == current:
            return current
        saved = await self.site.save(changed)
        before, after = (facts_of(settings, without=UNTOLD) for settings in (current, saved))
        await self.audit.record(Action.EDIT_SITE, label=saved.title, before=before, after=after)
        await self.transaction.commit()
        return saved
