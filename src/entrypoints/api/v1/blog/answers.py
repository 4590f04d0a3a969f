"""How posts and pages are answered with."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.blog.entities import Post, PostKind
from core.blog.readiness import ReadinessItem
from core.clock import Clock
from core.pagination import Slice
from entrypoints.api import reading
from entrypoints.api.answers import Answer, ApiRequest, shown
from entrypoints.api.readiness_models import ReadinessShown
from entrypoints.api.v1.blog.models import PostShown, PostsShown
from entrypoints.api.words import words_for
from entrypoints.http.context import RequestFacts

BASES = {PostKind.POST: "/api/v1/posts", PostKind.PAGE: "/api/v1/pages"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAnswers:
    """Posts of one site as they stand at the moment of the request."""

    facts: RequestFacts
    clock: Clock

    def of(self, post: Post) -> PostShown:
        return self._all([post])[0]

    def read(self, request: ApiRequest, post: Post) -> Answer:
        model = self.of(post)
        return reading.one(request, model, tag=model.tag)

    def listed(self, request: ApiRequest, found: Slice[Post]) -> Answer:
        model = PostsShown(items=self._all(found.items), next_cursor=found.next_cursor)
        return reading.many(request, model, found.next_cursor)

    def changed(self, post: Post) -> Answer:
        model = self.of(post)
        return shown(model, tag=model.tag)

    def created(self, post: Post) -> Answer:
        model = self.of(post)
        return shown(model, tag=model.tag, status=201, location=f"{BASES[post.kind]}/{post.id}")

    async def ready(self, request: ApiRequest, items: Sequence[ReadinessItem]) -> Answer:
        """What a text lacks, in the language of whoever asks."""
        return reading.one(request, ReadinessShown.of(items, await words_for(request)))

    def _all(self, posts: Sequence[Post]) -> tuple[PostShown, ...]:
        now = self.clock.now()
        return tuple(PostShown.of(post, now=now, site_url=self.facts.base_url) for post in posts)
