"""What a question's form offers to choose from: resources of the library, posts that show the skill."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.access import Action
from core.blog.entities import Post, PostKind
from core.blog.use_cases.complete_link import CompleteLink
from core.clock import Clock
from core.competency_matrix.cards import EvidenceLink
from core.competency_matrix.resources import Resource
from core.competency_matrix.use_cases.list_resources import ListResources
from core.competency_matrix.use_cases.name_evidence import NameEvidence
from core.pagination import NumberedPage
from entrypoints.web.admin.matrix import questions_forms as forms
from entrypoints.web.admin.matrix.attaching import Attaching
from entrypoints.web.lists import searched
from entrypoints.web.rendering import Pages
from entrypoints.web.views import Form
from entrypoints.web.views import matrix_question as views

SHOWN = 8
Library = NumberedPage[tuple[Resource, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    pages: Pages
    attaching: Attaching
    list_resources: ListResources
    complete_link: CompleteLink
    name_evidence: NameEvidence
    clock: Clock

    async def library(self, form: Form) -> Library | None:
        """What the library has for `resource_query`, once something is looked for."""
        if not form.value("resource_query").strip() or not self.pages.access.can(Action.DRAFT_QUESTION):
            return None
        return await self.list_resources(searched(form.value("resource_query")), size=SHOWN)

    async def attached(
        self, form: Form, rows: Sequence[views.ResourceRow], library: Library | None
    ) -> views.AttachedFragment:
        """*rows* with that which `attach` adds to them, and what there is besides."""
        attach, newest = form.value("attach"), None
        if attach and all(row.url != attach for row in rows):
            known = await self.attaching.known(attach)
            if known is not None:
                newest = max((row.number for row in rows), default=-1) + 1
                rows = (*rows, views.ResourceRow(number=newest, id=known.id, name=known.name, url=known.url))
        taken = {row.url for row in rows}
        looked_for = library if form.value("resource_query").strip() else None
        found = [resource for resource, _ in looked_for.items] if looked_for else []
        return views.AttachedFragment(
            form=form,
            rows=forms.with_empty(rows),
            found=tuple(item(resource) for resource in found if resource.url not in taken),
            total=looked_for.total if looked_for else 0,
            newest=newest,
            is_asked=newest is not None or bool(form.value("resource_query")),
        )

    async def evidence(
        self, form: Form, chosen: Sequence[str], links: Sequence[EvidenceLink] = ()
    ) -> views.EvidenceFragment:
        """Posts that are *chosen*, of which *links* are known already, and what there is for `evidence_query`."""
        access = self.pages.access
        named = {link.post_id: link for link in links}
        rest = [name for name in chosen if name not in named]
        more = await self.name_evidence(rest) if rest and access.can(Action.DRAFT_QUESTION) else ()
        may_search = access.can(Action.DRAFT_POST)
        posts = await self.complete_link(searched(form.value("evidence_query"))) if may_search else ()
        return views.EvidenceFragment(
            form=form,
            choices=self._choices((*links, *more), posts, frozenset(chosen)),
            may_search=may_search,
            is_asked=bool(form.value("evidence_query")),
        )

    def _choices(
        self, links: Iterable[EvidenceLink], posts: Iterable[Post], chosen: frozenset[str]
    ) -> tuple[views.EvidenceChoice, ...]:
        now, lang = self.clock.now(), self.pages.settings.locale
        kept = {
            link.post_id: views.EvidenceChoice(
                id=link.post_id, title=link.title, lang=lang, is_chosen=link.post_id in chosen, is_public=link.is_public
            )
            for link in links
        }
        for post in (post for post in posts if post.kind is PostKind.POST):
            is_public = post.is_readable(now)
            choice = views.EvidenceChoice(id=post.id, title=post.title, lang=post.lang, is_public=is_public)
            kept.setdefault(post.id, choice)
        return tuple(sorted(kept.values(), key=lambda one: not one.is_chosen))


def item(resource: Resource) -> views.LibraryItem:
    return views.LibraryItem(name=resource.name, url=resource.url, host=urlsplit(resource.url).hostname or "")
