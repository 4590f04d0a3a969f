from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.errors import StaleVersion
from core.media.entities import MediaFile, MediaKey
from core.media.errors import MediaNotFound
from core.media.storage import MediaTotals
from core.pagination import Slice
from tests.core.fakes.blog import MemoryPosts
from tests.core.fakes.cursors import after
from tests.core.fakes.site import MemorySite


class MemoryMedia:
    """*posts* and *site* are where files are used."""

    def __init__(self, *media: MediaFile, posts: MemoryPosts | None = None, site: MemorySite | None = None) -> None:
        self.kept = {file.key: file for file in media}
        self.posts = posts or MemoryPosts()
        self.site = site

    async def get(self, key: MediaKey) -> MediaFile:
        if key not in self.kept:
            raise MediaNotFound
        return self.kept[key]

    async def find(self, key: MediaKey) -> MediaFile | None:
        return self.kept.get(key)

    async def find_many(self, keys: Sequence[MediaKey]) -> Sequence[MediaFile]:
        return [file for file in self.kept.values() if file.key in keys]

    async def list_newest(self, *, limit: int, cursor: str | None) -> Slice[MediaFile]:
        return after(self._newest(), cursor, limit=limit, key=_place)

    async def find_by_filename(self, filename: str) -> MediaFile | None:
        return next((file for file in self._newest() if file.filename == filename), None)

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
        return MediaTotals(files=len(self.kept), size=sum(file.size for file in self.kept.values()))

    async def is_used(self, key: MediaKey) -> bool:
        in_posts = any(key == post.cover or key in post.body for post in self.posts.kept.values())
        in_site = self.site is not None and (key == self.site.kept.picture or key in self.site.kept.about)
        return in_posts or in_site

    def _newest(self) -> Sequence[MediaFile]:
        return sorted(self.kept.values(), key=_place, reverse=True)


def _place(file: MediaFile) -> tuple[datetime, str]:
    return file.created_at, file.key
