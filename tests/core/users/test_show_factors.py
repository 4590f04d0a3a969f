from core.access import Action
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.security import SecurityRules
from core.users.use_cases.show_factors import ShowFactors
from tests.core.fakes.factors import app_of, drawer_of, passkey_named
from tests.core.makers import NOW, member
from tests.core.people_house import PeopleHouse


async def test_a_member_sees_what_is_hers(house: PeopleHouse) -> None:
    user, other = house.has_user(member()), house.has_user(member(Role.EDITOR))
    app, passkey = house.has_factor(app_of(user.id, NOW)), house.has_factor(passkey_named("phone", user.id, NOW))
    house.has_factor(drawer_of(user.id, NOW, "spare-1", "spare-2"))
    house.has_factor(passkey_named("hers", other.id, NOW))
    house.security.kept = SecurityRules(factor_roles=frozenset({Role.AUTHOR}))
    house.admits(Role.AUTHOR)

    own = await house.make(ShowFactors)()

    assert (own.app, own.passkeys, own.codes_left) == (app, (passkey,), 2)
    assert (own.has_any, own.has_password, own.is_required) == (True, True, True)


async def test_who_has_none_sees_that(house: PeopleHouse) -> None:
    house.has_user(member(password_hash=None))
    house.admits(Role.AUTHOR)

    own = await house.make(ShowFactors)()

    assert (own.app, own.passkeys, own.codes_left) == (None, (), 0)
    assert (own.has_any, own.has_password, own.is_required) == (False, False, False)


async def test_who_may_not_is_refused(house: PeopleHouse) -> None:
    house.has_user(member())
    house.admits(Role.AUTHOR)
    house.forbids(Action.MANAGE_FACTORS)
    with house.refuses(Forbidden):
        await house.make(ShowFactors)()


async def test_a_refused_visitor_has_none(house: PeopleHouse) -> None:
    house.admits(Role.VISITOR)
    with house.refuses(Unauthenticated):
        await house.make(ShowFactors)()
