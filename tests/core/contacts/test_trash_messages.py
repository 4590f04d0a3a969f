import pytest

from core.access import Action
from core.contacts.errors import MessageNotFound
from core.contacts.use_cases.trash_messages import TrashMessages
from core.errors import Forbidden, Invalid, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from core.tasks import TaskKind
from core.trash import KEPT_IN_TRASH
from tests.core.contacts_house import ContactsHouse, message
from tests.core.makers import NOW


async def test_several_are_thrown_away_for_thirty_days(house: ContactsHouse) -> None:
    house.has_message(message("one"))
    house.has_message(message("two"))
    house.admits(Role.MODERATOR)

    assert await house.make(TrashMessages)(["one", "two", "none"]) == 2

    assert {one.trashed_at for one in house.kept(house.messages).values()} == {NOW}
    [task] = house.kept(house.tasks).values()
    assert (task.kind, task.due_at) == (TaskKind.EXPIRE_MESSAGES, NOW + KEPT_IN_TRASH)
    [recorded] = house.kept(house.audit)
    assert (recorded.action, recorded.subject, recorded.after) == (Action.DELETE_MESSAGE, "", {"messages": "2"})


async def test_one_is_named_in_the_log(house: ContactsHouse) -> None:
    house.has_message(message())
    house.admits(Role.OWNER)

    await house.make(TrashMessages)(["one"])

    assert [recorded.subject for recorded in house.kept(house.audit)] == ["one"]


async def test_throwing_away_what_is_not_there_changes_nothing(house: ContactsHouse) -> None:
    house.admits(Role.OWNER)

    with house.changes_nothing():
        assert await house.make(TrashMessages)(["none"]) == 0


async def test_who_saw_the_version_that_stands_throws_it_away(house: ContactsHouse) -> None:
    house.has_message(message())
    house.admits(Role.OWNER)

    assert await house.make(TrashMessages)(["one"], expected=1) == 1


async def test_who_saw_an_older_version_is_told(house: ContactsHouse) -> None:
    house.has_message(message())
    house.admits(Role.OWNER)

    with house.refuses(StaleVersion):
        await house.make(TrashMessages)(["one"], expected=2)
    with house.refuses(MessageNotFound):
        await house.make(TrashMessages)(["none"], expected=2)


@pytest.mark.parametrize("chosen", [[], ["one"] * 101])
async def test_none_or_too_many_are_refused(house: ContactsHouse, chosen: list[str]) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await house.make(TrashMessages)(chosen)


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_is_refused(house: ContactsHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_message(message())
    house.admits(role)

    with house.refuses(error):
        await house.make(TrashMessages)(["one"])
