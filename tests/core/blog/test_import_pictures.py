"""Pictures that no text of an archive shows, and texts that are longer with their pictures."""

import pytest

from core.blog.archives import FoundPicture, PictureReference
from core.blog.imports import Outcome, ReportLine
from core.blog.texts import BODY_LENGTH
from core.errors import Forbidden
from core.identity import Role
from core.media.storage import MediaLimits
from tests.core.blog.test_import_item import bring
from tests.core.fakes.archives import MemoryArchive, found_item
from tests.core.house import House

CAT = FoundPicture(source="media/cat.webp", picture=PictureReference(name="media/cat.webp", alt="A cat"))
ARCHIVE = MemoryArchive(CAT, pictures={"media/cat.webp": b"picture of a cat"})


@pytest.fixture
def owners(house: House) -> House:
    house.admits(Role.OWNER)
    return house


def line(outcome: Outcome, *missing: str) -> ReportLine:
    return ReportLine(source="media/cat.webp", outcome=outcome, title="cat.webp", missing=missing)


async def test_a_picture_comes_by_itself_and_only_once(owners: House) -> None:
    assert await bring(owners, CAT, ARCHIVE) == line(Outcome.ADDED)
    assert await bring(owners, CAT, ARCHIVE) == line(Outcome.PRESENT)

    (media,) = owners.kept(owners.media).values()
    assert (media.filename, media.alt) == ("cat.webp", "A cat")


async def test_looking_first_changes_nothing(owners: House) -> None:
    with owners.changes_nothing():
        assert await bring(owners, CAT, ARCHIVE, dry_run=True) == line(Outcome.ADDED)


async def test_what_is_no_picture_or_not_there_or_has_no_room_is_told(owners: House) -> None:
    broken = MemoryArchive(CAT, pictures={"media/cat.webp": b"#!/bin/sh"})
    with owners.changes_nothing():
        refused = await bring(owners, CAT, broken)
        assert await bring(owners, CAT, MemoryArchive(CAT)) == line(Outcome.REFUSED, "media/cat.webp")
    owners.limits = MediaLimits(site_bytes=0)
    full = await bring(owners, CAT, ARCHIVE)

    assert [str(note) for note in refused.notes] == ["This is no picture."]
    assert (full.outcome, len(full.notes)) == (Outcome.REFUSED, 1)


async def test_who_may_not_import_is_refused_a_picture(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(Forbidden):
        await bring(house, CAT, ARCHIVE)


@pytest.mark.parametrize(("words", "outcome"), [(BODY_LENGTH - 60, Outcome.ADDED), (BODY_LENGTH - 40, Outcome.REFUSED)])
async def test_a_text_is_as_long_as_it_will_be(owners: House, words: int, outcome: Outcome) -> None:
    """The mark of a picture may be longer than its address will be, or shorter."""
    name = f"{'x' * 100}.webp"
    item = found_item(body="x" * words, pictures=[name])

    assert (await bring(owners, item, MemoryArchive(pictures={name: b"picture"}))).outcome is outcome
