from core.access import Action
from core.errors import Forbidden
from core.identity import Role, UserId
from core.users.profiles import Profile
from core.users.use_cases.show_author import ShowAuthor
from tests.core.makers import NOW, member
from tests.core.people_house import PeopleHouse


async def test_anybody_sees_what_an_author_tells_of_herself(house: PeopleHouse) -> None:
    user = house.has_profile(member(), Profile(bio="I write."))

    found = await house.make(ShowAuthor)(user.id)

    assert found is not None
    assert (found.name, found.profile.bio) == (user.name, "I write.")


async def test_who_is_gone_or_shut_out_tells_nothing(house: PeopleHouse) -> None:
    user = house.has_profile(member(disabled_at=NOW), Profile(bio="I wrote."))

    assert await house.make(ShowAuthor)(user.id) is None
    assert await house.make(ShowAuthor)(UserId("nobody")) is None


async def test_who_may_not_read_posts_is_refused(house: PeopleHouse) -> None:
    house.admits(Role.VIEWER)
    house.forbids(Action.READ_POST)

    with house.refuses(Forbidden):
        await house.make(ShowAuthor)(UserId("author"))
