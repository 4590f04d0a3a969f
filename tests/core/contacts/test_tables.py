import csv
from collections.abc import AsyncIterator, Sequence
from io import StringIO

import pytest

from core.contacts.entities import Extra, Message, Reply
from core.contacts.tables import COLUMNS, guarded, written
from tests.core.contacts_house import message
from tests.core.makers import NOW


async def parts(*messages: Message) -> AsyncIterator[Sequence[Message]]:
    for one in messages:
        yield [one]


async def test_messages_become_rows_that_a_spreadsheet_reads() -> None:
    full = message(
        text='Two "lines"\nand, a comma',
        extra=(Extra(label="Firm", value="Acme"),),
        replies=(Reply(at=NOW, by_name="Owner", text="Gladly"),),
    )

    told = b"".join([chunk async for chunk in written(parts(full, message("two", name="=1+1")))]).decode()

    head, first, second = csv.reader(StringIO(told.removeprefix("\ufeff")))
    assert told.startswith("\ufeff")
    assert tuple(head) == COLUMNS
    row = dict(zip(head, first, strict=True))
    assert (row["message"], row["extra"], row["state"]) == (full.text, "Firm: Acme", "unread")
    assert row["replies"] == "2026-05-04T12:00:00+00:00 Owner:\nGladly"
    assert second[2] == "'=1+1"


@pytest.mark.parametrize("words", ["=1", "+1", "-1", "@a", " =1", "\t=1", "'=1", "\r1"])
def test_what_could_be_a_formula_is_none(words: str) -> None:
    assert guarded(words) == f"'{words}"


@pytest.mark.parametrize("words", ["", "a=1", "1-2", "'tis", "Ё"])
def test_what_is_none_stays(words: str) -> None:
    assert guarded(words) == words
