from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.blog.entities import Post
from core.competency_matrix.entities import Question
from core.errors import StaleVersion
from core.media.entities import MediaFile, MediaKey
from core.media.errors import MediaNotFound
from core.media.places import MediaPlace, PlaceKind
from core.media.storage import MediaTotals
from core.pagination import Slice
from core.users.profiles import Profile
from tests.core.fakes.blog import MemoryPosts
from tests.core.fakes.cursors import after
from tests.core.fakes.history import MemoryCopies
from tests.core.fakes.matrix import MemoryQuestions
from tests.core.fakes.matrix_copies import MemoryQuestionCopies
from tests.core.fakes.site import MemorySite
from tests.core.fakes.users import MemoryUsers


class MemoryMedia:
    """*posts*, *questions*, what is kept aside of them, what *users* tell, and *site* are where files are used."""

    def __init__(
        self,
        *media: MediaFile,
        posts: MemoryPosts | None = None,
        site: MemorySite | None = None,
        copies: MemoryCopies | None = None,
        questions: MemoryQuestions | None = None,
        question_copies: MemoryQuestionCopies | None = None,
        users: MemoryUsers | None = None,
    ) -> None:
        self.kept = {file.key: file for file in media}
        self.posts = posts or MemoryPosts()
        self.site = site
        self.copies = copies or MemoryCopies()
        self.questions = questions or MemoryQuestions()
        self.question_copies = question_copies or MemoryQuestionCopies()
        self.users = users or MemoryUsers()

    async def get(self, key: MediaKey) -> MediaFile:
        if key not in self.kept:
            raise MediaNotFound
        return self.kept[key]

    async def find(self, key: MediaKey) -> MediaFile | None:
        return self.kept.get(key)

    async def find_many(self, keys: Sequence[MediaKey]) -> Sequence[MediaFile]:
        return [file for file in self.kept.values() if file.key in keys]

    async def list_newest(
        self, *, limit: int, cursor: str | None, query: str = "", only_unused: bool = False
    ) -> Slice[MediaFile]:
        asked = query.replace("\x00", "").casefold()
        found = [
            file
            for file in self._newest()
            if (asked in file.filename.casefold() or asked in file.alt.casefold())
            and not (only_unused and self._places(file))
        ]
        return after(found, cursor, limit=limit, key=_place)

    async def list_all(self) -> Sequence[MediaFile]:
        return self._newest()

    async def find_by_filename(self, filename: str) -> MediaFile | None:
        return next((file for file in self._newest() if file.filename == filename), None)

    async def find_by_source(self, digest: str) -> MediaFile | None:
        return next((file for file in self._newest() if digest in (file.source_digest, file.digest)), None)

    async def add(self, media: MediaFile) -> None:
        self.kept[media.key] = media

    async def save(self, media: MediaFile) -> MediaFile:
        standing = await self.get(media.key)
        if standing.version != media.version:
            raise StaleVersion(current=standing.version)
        self.kept[media.key] = replace(media, version=media.version + 1)
        return self.kept[media.key]

    async def delete(self, key: MediaKey) -> None:
        self.kept.pop(key, None)

    async def totals(self) -> MediaTotals:
        return MediaTotals(files=len(self.kept), size=sum(file.stored_size for file in self.kept.values()))

    async def hold(self) -> MediaTotals:
        return await self.totals()

    async def places(self, media: MediaFile) -> Sequence[MediaPlace]:
        return self._places(media)

    def _places(self, media: MediaFile) -> Sequence[MediaPlace]:
        stem = media.key.partition(".")[0]
        posts = sorted(self.posts.kept.values(), key=lambda post: (post.title, post.id))
        worked_on = {copy.post_id for copy in self.copies.kept.values() if stem in f"{copy.text.body}{copy.text.cover}"}
        found = [
            _shown_by(post) for post in posts if media.key == post.cover or stem in post.body or post.id in worked_on
        ]
        asked = sorted(self.questions.kept.values(), key=lambda question: (question.title, question.id))
        typed = {copy.question_id for copy in self.question_copies.kept.values() if stem in f"{copy.typed}"}
        found += [
            _answered_by(one) for one in asked if one.id in typed or any(stem in mention for mention in one.mentions)
        ]
        found += self._profiles(media.key, stem)
        if self.site is not None and (media.key == self.site.kept.picture or stem in self.site.kept.about):
            found.append(MediaPlace(kind=PlaceKind.SITE))
        return found

    def _profiles(self, key: MediaKey, stem: str) -> Sequence[MediaPlace]:
        people = sorted(self.users.kept.values(), key=lambda user: (user.name, user.id))
        told = [(user, *self.users.beside.kept.get(user.id, (Profile(), ()))) for user in people]
        return [
            MediaPlace(kind=PlaceKind.PROFILE, id=user.id, title=user.name, owner_id=user.id)
            for user, profile, _ in told
            if profile.picture == key or stem in profile.bio
        ]

    def _newest(self) -> Sequence[MediaFile]:
        return sorted(self.kept.values(), key=_place, reverse=True)


def _place(file: MediaFile) -> tuple[datetime, str]:
    return file.created_at, file.key


def _shown_by(post: Post) -> MediaPlace:
    return MediaPlace(
        kind=PlaceKind(post.kind),
        id=post.id,
        title=post.title,
        owner_id=post.author_id,
        published_at=post.published_at if post.is_public else None,
        is_trashed=post.trashed_at is not None,
    )


def _answered_by(question: Question) -> MediaPlace:
    return MediaPlace(
        kind=PlaceKind.QUESTION,
        id=question.id,
        title=question.title,
        owner_id=question.author_id,
        published_at=question.published_at if question.is_public else None,
        is_trashed=question.trashed_at is not None,
    )
