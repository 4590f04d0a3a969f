from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from core.contacts.addresses import is_about, words_of
from core.contacts.entities import Keeping, Member, Message, MessageId, MessageState
from core.contacts.errors import MessageNotFound
from core.contacts.form import ContactForm
from core.contacts.storage import INBOX_STATES, Folder, MessageQuery
from core.errors import StaleVersion
from core.pagination import NumberedPage, Slice
from tests.core.fakes.cursors import after


class MemoryMessages:
    def __init__(self) -> None:
        self.kept: dict[MessageId, Message] = {}

    async def add(self, message: Message) -> None:
        self.kept[message.id] = message

    async def get(self, message_id: MessageId | str) -> Message:
        found = self.kept.get(MessageId(message_id))
        if found is None:
            raise MessageNotFound
        return found

    async def save(self, message: Message) -> Message:
        standing = await self.get(message.id)
        if standing.version != message.version:
            raise StaleVersion(current=standing.version)
        self.kept[message.id] = replace(message, version=message.version + 1)
        return self.kept[message.id]

    async def list_numbered(self, query: MessageQuery, *, number: int, size: int) -> NumberedPage[Message]:
        found = self._list(query)
        start = (number - 1) * size
        return NumberedPage(items=found[start : start + size], number=number, size=size, total=len(found))

    async def list_slice(self, query: MessageQuery, *, cursor: str | None, limit: int) -> Slice[Message]:
        return after(self._list(query), cursor, limit=limit, key=_place)

    async def count(self) -> Mapping[Folder, int]:
        return {folder: len(self._list(MessageQuery(folder=folder))) for folder in Folder}

    async def count_alike(self, fingerprint: str, *, since: datetime) -> int:
        return len([one for one in self.kept.values() if one.fingerprint == fingerprint and one.received_at >= since])

    async def set_state(self, message_ids: Sequence[str], state: MessageState) -> int:
        return self._change(message_ids, lambda one: one.trashed_at is None, lambda one: replace(one, state=state))

    async def set_trashed(self, message_ids: Sequence[str], at: datetime | None) -> int:
        is_elsewhere = at is None
        return self._change(
            message_ids,
            lambda one: (one.trashed_at is not None) is is_elsewhere,
            lambda one: replace(one, trashed_at=at),
        )

    async def list_about(self, address: str) -> Sequence[Message]:
        return sorted((one for one in self.kept.values() if is_about(one, address)), key=_place)

    async def erase(self, message_ids: Sequence[str]) -> int:
        gone = self.kept.keys() & set(message_ids)
        self.kept = {key: one for key, one in self.kept.items() if key not in gone}
        return len(gone)

    async def expire(self, keeping: Keeping, *, now: datetime) -> int:
        before = len(self.kept)
        self.kept = {
            key: replace(one, client="") if one.received_at + keeping.client <= now else one
            for key, one in self.kept.items()
            if keeping.ends_at(one) > now
        }
        return before - len(self.kept)

    async def next_end(self, keeping: Keeping) -> datetime | None:
        ends = [keeping.ends_at(one) for one in self.kept.values()]
        ends += [one.received_at + keeping.client for one in self.kept.values() if one.client]
        return min(ends, default=None)

    def _list(self, query: MessageQuery) -> list[Message]:
        found = [one for one in self.kept.values() if _lies_in(one, query.folder)]
        found = [one for one in found if query.text.replace("\x00", "").casefold() in words_of(one)]
        found = [one for one in found if query.assignee_id in (None, one.assignee_id)]
        return sorted(found, key=_place, reverse=True)

    def _change(
        self, ids: Sequence[str], is_meant: Callable[[Message], bool], change: Callable[[Message], Message]
    ) -> int:
        meant = [one for one in self.kept.values() if one.id in ids and is_meant(one)]
        self.kept |= {one.id: replace(change(one), version=one.version + 1) for one in meant}
        return len(meant)


class MemoryForms:
    def __init__(self) -> None:
        self.kept = ContactForm()

    async def form(self) -> ContactForm:
        return self.kept

    async def save_form(self, form: ContactForm) -> ContactForm:
        if form.version != self.kept.version:
            raise StaleVersion(current=self.kept.version)
        self.kept = replace(form, version=form.version + 1)
        return self.kept


class FakeMembers:
    def __init__(self, *members: Member) -> None:
        self.members = list(members)

    async def list_members(self) -> Sequence[Member]:
        return sorted(self.members, key=lambda member: (member.name, member.id))


class FakeStamps:
    """The moment in plain words; `foreign` is another site's."""

    def make(self, at: datetime) -> str:
        return f"stamp:{at.timestamp():.0f}"

    def issued_at(self, stamp: str) -> datetime | None:
        _, mark, moment = stamp.partition("stamp:")
        return datetime.fromtimestamp(int(moment), UTC) if mark else None


class FakeMarks:
    def mark(self, client: str, at: datetime) -> str:
        return f"{client} in {at:%Y-%m}"


def _lies_in(message: Message, folder: Folder) -> bool:
    if folder is Folder.TRASH or message.trashed_at is not None:
        return folder is Folder.TRASH and message.trashed_at is not None
    states = INBOX_STATES if folder is Folder.INBOX else (MessageState(folder.value),)
    return message.state in states


def _place(message: Message) -> tuple[datetime, str]:
    return message.received_at, message.id
