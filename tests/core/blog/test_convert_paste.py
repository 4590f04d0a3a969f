from core.blog.use_cases.convert_paste import PASTE_LENGTH, ConvertPaste
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from tests.core.fakes.markdown import FakeWriter
from tests.core.house import House


def convert(house: House) -> ConvertPaste:
    return ConvertPaste(access=house.access, writer=FakeWriter())


async def test_contributor_gets_markdown_and_nothing_is_stored(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    with house.changes_nothing():
        assert await convert(house)("<p>Words</p>") == "Words"


async def test_what_is_far_too_long_is_refused(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    assert await convert(house)("x" * PASTE_LENGTH)
    with house.refuses(Invalid):
        await convert(house)("x" * (PASTE_LENGTH + 1))


async def test_a_refused_viewer_converts_nothing(house: House) -> None:
    house.admits(Role.VIEWER)

    with house.refuses(Forbidden):
        await convert(house)("<p>Words</p>")


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await convert(house)("<p>Words</p>")
