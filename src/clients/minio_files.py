"""The files of one bucket."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from aiohttp import ClientResponse
from miniopy_async.api import Minio
from miniopy_async.error import S3Error
from miniopy_async.helpers import MIN_PART_SIZE

from clients import s3
from core.errors import Unavailable
from core.media.entities import MediaKey
from core.media.errors import MediaNotFound
from core.media.storage import Content, Storable
from core.tenancy.entities import BucketKey

if TYPE_CHECKING:
    from clients.object_store import ObjectStore

READ_AHEAD = 256 * 1024
CHUNK = 64 * 1024
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")


class MinioFiles:
    """Everything goes to the bucket that it was made for, whatever the key would open."""

    def __init__(self, store: ObjectStore, bucket: str, key: BucketKey, client: Callable[[], Minio]) -> None:
        self._store = store
        self._bucket = bucket
        self._key = key
        self._client = client

    async def put(self, key: MediaKey, file: Storable) -> None:
        """In one request: a multipart upload that is cut off would stay in the store, half and unseen."""
        self._store.leftovers.discard(self._bucket, key)
        has_begun = False
        try:
            async with self._asking(key):
                has_begun = True
                await self._send(key, file)
        except BaseException:
            if has_begun:
                self._store.leftovers.add(self._bucket, self._key, key)
            raise

    async def open(self, key: MediaKey, *, start: int = 0, length: int | None = None) -> Content:
        if length is not None and length <= 0:
            await self._stat(key)
            return Content(size=0, chunks=_Kept(b""))
        async with self._asking(key):
            try:
                answer = await self._client().get_object(self._bucket, key, offset=start, length=length or 0)
            except S3Error as error:
                if error.code == "InvalidRange":
                    return Content(size=0, chunks=_Kept(b""))
                raise
            size = answer.content_length
            if size is None or size <= READ_AHEAD:
                content = await _read(answer)
                return Content(size=len(content), chunks=_Kept(content))
        return Content(size=size, chunks=_Streamed(answer, self._store))

    async def delete(self, key: MediaKey) -> None:
        try:
            async with self._asking(key):
                await self._client().remove_object(self._bucket, key)
        except MediaNotFound:
            return

    def forget(self, keys: Sequence[MediaKey]) -> None:
        for key in keys:
            self._store.leftovers.add(self._bucket, self._key, key)

    async def _send(self, key: MediaKey, file: Storable) -> None:
        content, size = BytesIO(file.content), len(file.content)
        part_size = max(MIN_PART_SIZE, size)
        await self._client().put_object(
            self._bucket, key, content, size, content_type=file.content_type, part_size=part_size
        )

    async def _stat(self, key: MediaKey) -> None:
        async with self._asking(key):
            await self._client().stat_object(self._bucket, key)

    @asynccontextmanager
    async def _asking(self, key: MediaKey) -> AsyncIterator[None]:
        """A turn at the store. Raises MediaNotFound and Unavailable, nothing of the library's own."""
        if not _NAME.fullmatch(key):
            raise MediaNotFound
        async with self._store.turn():
            try:
                yield
            except S3Error as error:
                if s3.is_missing(error):
                    raise MediaNotFound from error
                raise


class _Kept:
    """Chunks that are in memory already."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __aiter__(self) -> _Kept:
        return self

    async def __anext__(self) -> bytes:
        content, self._content = self._content, b""
        if not content:
            raise StopAsyncIteration
        return content

    async def aclose(self) -> None:
        self._content = b""


class _Streamed:
    """Chunks as they come. Not a generator: one that never began could not let go of its connection."""

    def __init__(self, answer: ClientResponse, store: ObjectStore) -> None:
        self._answer = answer
        self._store = store

    def __aiter__(self) -> _Streamed:
        return self

    async def __anext__(self) -> bytes:
        try:
            chunk = await self._answer.content.read(CHUNK)
        except s3.TROUBLES as trouble:
            self._answer.close()
            self._store.note(trouble)
            raise Unavailable from trouble
        except BaseException:
            self._answer.close()
            raise
        if not chunk:
            self._answer.release()
            raise StopAsyncIteration
        return chunk

    async def aclose(self) -> None:
        self._answer.close()


async def _read(answer: ClientResponse) -> bytes:
    try:
        return await answer.read()
    finally:
        answer.release()
