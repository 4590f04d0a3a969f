"""Imports of questions in a site's bucket: what is known of each as JSON, and its file beside it."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from core.competency_matrix.question_imports import QuestionImport, QuestionImportGone, QuestionImportId
from core.media.entities import MediaKey
from core.media.errors import MediaNotFound
from core.media.storage import Files

_ID_LENGTH = 32
_DIGITS = frozenset("0123456789abcdef")
_WRITTEN = TypeAdapter(QuestionImport)


@dataclass(frozen=True, slots=True)
class _Object:
    content: bytes
    content_type: str = "application/octet-stream"


class BucketQuestionImports:
    def __init__(self, files: Files) -> None:
        self._files = files

    async def add(self, one: QuestionImport, content: bytes) -> None:
        told, file, _ = one.objects
        try:
            await self._files.put(MediaKey(file), _Object(content))
            await self._files.put(MediaKey(told), _Object(_WRITTEN.dump_json(one), "application/json"))
        except BaseException:
            self._files.forget([MediaKey(told), MediaKey(file)])
            raise

    async def get(self, import_id: QuestionImportId) -> QuestionImport:
        if len(import_id) != _ID_LENGTH or not _DIGITS.issuperset(import_id):
            raise QuestionImportGone
        return _WRITTEN.validate_json(await self._read(f"matrix-import-{import_id}"))

    async def content(self, one: QuestionImport) -> bytes:
        return await self._read(one.objects[1])

    async def save(self, one: QuestionImport) -> None:
        await self._files.put(MediaKey(one.objects[0]), _Object(_WRITTEN.dump_json(one), "application/json"))

    async def stop(self, one: QuestionImport) -> None:
        await self._files.put(MediaKey(one.objects[2]), _Object(b"stop"))

    async def is_stopped(self, one: QuestionImport) -> bool:
        try:
            await self._read(one.objects[2])
        except QuestionImportGone:
            return False
        return True

    async def _read(self, name: str) -> bytes:
        try:
            found = await self._files.open(MediaKey(name))
        except MediaNotFound as error:
            raise QuestionImportGone from error
        return b"".join([chunk async for chunk in found.chunks])
