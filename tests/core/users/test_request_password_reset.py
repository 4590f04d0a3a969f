import pytest

from core.access import Action
from core.errors import Forbidden, TooMany
from core.identity import Role
from core.tasks import TaskKind
from core.users.limits import RESET_PER_ACCOUNT
from core.users.use_cases.request_password_reset import SOON, RequestPasswordReset
from tests.core.house import CLIENT
from tests.core.makers import member
from tests.core.people_house import PeopleHouse


async def test_the_same_happens_whether_anybody_has_the_address_or_not(house: PeopleHouse) -> None:
    user = house.has_user(member())

    for email in (f" {user.email.upper()}", "nobody@example.org"):
        await house.make(RequestPasswordReset)(email, client=CLIENT)

    tasks = list(house.kept(house.tasks).values())
    assert [task.kind for task in tasks] == [TaskKind.SEND_RESET_LINK] * 2
    assert [house.box.open(task.payload["email"]) for task in tasks] == [user.email, "nobody@example.org"]
    assert len({task.subject for task in tasks}) == 2
    assert all(house.clock.now() <= task.due_at <= house.clock.now() + SOON for task in tasks)
    assert house.kept(house.outbox) == []


@pytest.mark.parametrize("email", ["author@example.org", "nobody@example.org"])
async def test_asking_too_often_is_refused_for_all_alike(house: PeopleHouse, email: str) -> None:
    house.has_user(member())
    for _ in range(RESET_PER_ACCOUNT.times):
        await house.make(RequestPasswordReset)(email, client=CLIENT)

    with house.refuses(TooMany):
        await house.make(RequestPasswordReset)(email, client=CLIENT)


async def test_where_a_role_may_not_ask_it_is_refused(house: PeopleHouse) -> None:
    house.admits(Role.AUTHOR)
    house.forbids(Action.REQUEST_PASSWORD_RESET)

    with house.refuses(Forbidden):
        await house.make(RequestPasswordReset)("author@example.org", client=CLIENT)
