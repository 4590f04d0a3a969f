from core.blog.addresses import address_of
from core.blog.entities import PostKind
from core.clock import Clock
from core.markdown import LinkTarget, Mentions, ShownPicture, Surroundings
from core.media.entities import key_of
from core.media.shown import shown_picture
from tests.core.fakes.addresses import MemoryRedirects
from tests.core.fakes.blog import MemoryPosts
from tests.core.fakes.matrix import MemoryQuestions
from tests.core.fakes.matrix_sheets import MemorySheets
from tests.core.fakes.media import MemoryMedia


class MemorySurroundings:
    """What the other fakes hold; *looks* counts."""

    def __init__(
        self,
        posts: MemoryPosts,
        redirects: MemoryRedirects,
        media: MemoryMedia,
        clock: Clock,
        *,
        sheets: MemorySheets | None = None,
        questions: MemoryQuestions | None = None,
    ) -> None:
        self.looks = 0
        self._posts = posts
        self._redirects = redirects
        self._media = media
        self._clock = clock
        self._sheets = sheets or MemorySheets()
        self._questions = questions or MemoryQuestions(self._sheets)

    async def look(self, mentions: Mentions) -> Surroundings:
        self.looks += 1
        targets = {name: target for name in mentions.targets if (target := self._target(name))}
        return Surroundings(
            targets=targets,
            pictures={name: picture for name in mentions.media if (picture := self._picture(name))},
        )

    def _target(self, name: str) -> LinkTarget | None:
        kind, _, slug = name.partition(":")
        if kind == "matrix":
            return self._question(slug)
        if kind not in {known.value for known in PostKind}:
            return None
        held = self._redirects.kept.get(address_of(PostKind(kind), slug), (None, None))[0]
        posts = [post for post in self._posts.kept.values() if post.trashed_at is None]
        there = [post for post in posts if (post.kind, post.slug) == (kind, slug)]
        before = [post for post in posts if post.id == held]
        for post in there or before:
            is_public = post.is_readable(self._clock.now())
            return LinkTarget(url=address_of(post.kind, post.slug), title=post.title, is_public=is_public)
        return None

    def _question(self, slug: str) -> LinkTarget | None:
        questions = [one for one in self._questions.kept.values() if one.trashed_at is None]
        there = [one for one in questions if one.slug == slug]
        before = [one for one in questions if slug in one.former_slugs]
        for one in there or before:
            key = next(sheet.key for sheet in self._sheets.kept if sheet.id == one.sheet_id)
            is_public = one.is_readable(self._clock.now())
            return LinkTarget(url=f"/matrix/{key}/{one.slug}", title=one.title, is_public=is_public)
        return None

    def _picture(self, name: str) -> ShownPicture | None:
        media = self._media.kept.get(key_of(name))
        return shown_picture(media) if media else None
