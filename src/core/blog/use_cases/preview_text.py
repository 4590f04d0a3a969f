from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import PostId, PostKind
from core.blog.readiness import ReadinessItem, readiness, slug_clash
from core.blog.storage import PostStorage
from core.blog.texts import BODY_LENGTH, PostText
from core.blog.typesetter import Typesetter
from core.errors import Invalid, Problem
from core.markdown import Rendered
from core.text import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPreview:
    rendered: Rendered
    readiness: tuple[ReadinessItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewText:
    """Whoever may write sees what her text will look like and what it lacks. Nothing is stored. Refused with
    Invalid."""

    access: Access
    posts: PostStorage
    typesetter: Typesetter

    async def __call__(
        self, text: PostText, *, kind: PostKind = PostKind.POST, post_id: PostId | None = None
    ) -> TextPreview:
        self.access.require(Action.DRAFT_POST)
        if len(text.body) > BODY_LENGTH:
            raise Invalid(Problem.of("body", N_("At most %(limit)d characters, please."), limit=BODY_LENGTH))
        holder = await self.posts.find_by_slug(text.slug, kind=kind) if text.slug else None
        rendered = await self.typesetter.render(text)
        clash = (slug_clash(text.slug),) if holder is not None and holder.id != post_id else ()
        return TextPreview(rendered=rendered, readiness=(*clash, *readiness(text, rendered.findings)))
