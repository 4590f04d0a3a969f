from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.addresses import RedirectStorage
from core.blog.archives import ContentArchive, FoundItem, FoundPicture, Importable
from core.blog.compositor import Compositor, other_address
from core.blog.consequences import Consequences
from core.blog.errors import OriginTaken
from core.blog.import_plans import NO_PLAN, ImportPlan
from core.blog.importing import gather, illustrated, imported_post, in_its_state, notes_of, shelved, wanted_text
from core.blog.imports import Outcome, ReportLine, line_of
from core.blog.old_paths import lead_here, taken_over
from core.blog.storage import PostLink, PostStorage
from core.blog.texts import PostText
from core.clock import Clock
from core.errors import Invalid
from core.pictures import PictureShelf
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportItem:
    """The owner, or the operator, brings one post, page or picture of another site in; what came before stays.

    *plan* is PlanImport's for the whole archive; *lang* is that of items which do not say theirs. With *dry_run*
    nothing changes. The line says what became of it. Refused with Unavailable when the store does not answer.
    """

    access: Access
    posts: PostStorage
    pictures: PictureShelf
    compositor: Compositor
    consequences: Consequences
    redirects: RedirectStorage
    clock: Clock
    transaction: Transaction

    async def __call__(
        self, item: Importable, archive: ContentArchive, *, lang: str, dry_run: bool, plan: ImportPlan = NO_PLAN
    ) -> ReportLine:
        self.access.require(Action.IMPORT_CONTENT)
        if isinstance(item, FoundPicture):
            return await shelved(item, archive, self.pictures, None if dry_run else self.transaction)
        unknown = plan.unknown_of(item)
        kin = {**plan.present_of(item), **(await self.posts.list_origins(unknown) if unknown else {})}
        if item.key in kin:
            return line_of(item, Outcome.PRESENT, slug=kin[item.key].slug)
        try:
            text = self.compositor.checked(item, wanted_text(item, plan, kin, lang=lang))
            if dry_run:
                taken = await taken_over(item, text.slug, self.redirects, self.clock.now())
                notes = (*other_address(item.text.slug, text.slug), *taken)
                return line_of(item, Outcome.ADDED, slug=text.slug, notes=notes)
            translations = [kin[key] for key in plan.translations_of(item) if key in kin]
            return await self._add(item, archive, text, translations)
        except Invalid as error:
            return line_of(item, Outcome.REFUSED, notes=notes_of(error))
        except OriginTaken:
            return line_of(item, Outcome.PRESENT)

    async def _add(
        self, item: FoundItem, archive: ContentArchive, text: PostText, translations: Sequence[PostLink]
    ) -> ReportLine:
        found = await gather(item, archive, self.pictures, self.transaction)
        text, now = illustrated(item, text, found.keys), self.clock.now()
        typeset, changed = await self.compositor.set(item, text)
        draft = imported_post(item, text, typeset, author_slug=self.compositor.slugs.make(item.author_name), now=now)
        post, held_back = in_its_state(item, draft, now=now)
        await self.posts.add(post)
        await self.compositor.take_in(post, translations)
        await self.consequences.of_text(None, post)
        await self.consequences.of_state(draft, post)
        taken = await lead_here(item, post, self.redirects, now)
        await self.transaction.commit()
        notes = (*changed, *found.notes, *held_back, *taken)
        return line_of(item, Outcome.ADDED, slug=post.slug, notes=notes, missing=tuple(found.missing))
