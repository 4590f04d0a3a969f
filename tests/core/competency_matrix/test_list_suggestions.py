from datetime import timedelta

import pytest

from core.competency_matrix.errors import SuggestionNotFound
from core.competency_matrix.suggestions import SuggestionState
from core.competency_matrix.use_cases.list_suggestions import ListSuggestions
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import suggestion


@pytest.fixture
def furnished(house: House) -> House:
    for age, name in enumerate(("newest", "rejected", "oldest")):
        made = suggestion(name, at=NOW - timedelta(hours=age))
        house.has_suggestion(made.reject(by_name="Owner", at=NOW) if name == "rejected" else made)
    house.admits(Role.MODERATOR)
    return house


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (SuggestionState.NEW, ["newest", "oldest"]),
        (SuggestionState.REJECTED, ["rejected"]),
        (SuggestionState.ACCEPTED, []),
        (None, ["newest", "rejected", "oldest"]),
    ],
)
async def test_who_decides_sees_what_came_newest_first(
    furnished: House, state: SuggestionState | None, found: list[str]
) -> None:
    page = await furnished.make(ListSuggestions)(state)

    assert ([one.id for one in page.items], page.total) == (found, len(found))


async def test_the_queue_holds_what_waits(furnished: House) -> None:
    page = await furnished.make(ListSuggestions)(number=0, size=1)

    assert ([one.id for one in page.items], page.number, page.last) == (["newest"], 1, 2)


async def test_beyond_the_last_page_is_nothing(furnished: House) -> None:
    with furnished.refuses(SuggestionNotFound):
        await furnished.make(ListSuggestions)(number=2)


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_decide_is_refused(furnished: House, role: Role, error: type[TerraceError]) -> None:
    furnished.admits(role)

    with furnished.refuses(error):
        await furnished.make(ListSuggestions)()
