from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import StaleVersion
from core.identity import Role, UserId
from core.security import SecurityRules
from core.users.entities import User
from core.users.factor_errors import PasskeyNotMade
from tests.contracts.conftest import Storages
from tests.contracts.test_people_storages import ANNA, NOW
from tests.core.fakes.factors import app_of, drawer_of, passkey_named

APP, DRAWER = app_of(ANNA.id, NOW), drawer_of(ANNA.id, NOW + timedelta(seconds=1), "spare-1")
PHONE = passkey_named("phone", ANNA.id, NOW + timedelta(seconds=2), counter=2**32)


@pytest.fixture
async def member(storages: Storages) -> User:
    await storages.users.add(ANNA)
    await storages.transaction.commit()
    return ANNA


async def test_factors_come_back_as_they_were_the_oldest_first(storages: Storages, member: User) -> None:
    for factor in (PHONE, DRAWER, APP):
        await storages.factors.add(factor)
    await storages.transaction.commit()

    assert list(await storages.factors.list_of(member.id)) == [APP, DRAWER, PHONE]
    assert list(await storages.factors.lock_of(member.id)) == [APP, DRAWER, PHONE]
    assert await storages.factors.lock_by_credential("phone") == PHONE
    assert await storages.factors.lock_by_credential("unknown") is None
    assert await storages.factors.list_of(UserId("nobody")) == []


async def test_recovery_codes_alone_are_no_second_factor(storages: Storages, member: User) -> None:
    await storages.factors.add(DRAWER)
    assert not await storages.factors.is_held_by(member.id)
    assert await storages.factors.list_holders() == frozenset()

    await storages.factors.add(APP)
    assert await storages.factors.is_held_by(member.id)
    assert await storages.factors.list_holders() == {member.id}


async def test_a_factor_is_saved_and_deleted(storages: Storages, member: User) -> None:
    for factor in (APP, DRAWER, PHONE):
        await storages.factors.add(factor)
    used = replace(APP, counter=7, used_at=NOW)
    await storages.factors.save(used)
    await storages.factors.delete(PHONE.id)
    await storages.transaction.commit()

    assert list(await storages.factors.list_of(member.id)) == [used, DRAWER]
    await storages.factors.delete_of(member.id)
    assert await storages.factors.list_of(member.id) == []


async def test_a_credential_is_somebodys(storages: Storages, member: User) -> None:
    await storages.factors.add(PHONE)
    with pytest.raises(PasskeyNotMade):
        await storages.factors.add(replace(PHONE, id=APP.id))


async def test_rules_are_none_until_somebody_decides(storages: Storages) -> None:
    assert await storages.security.get() == SecurityRules()

    saved = await storages.security.save(SecurityRules(factor_roles=frozenset({Role.OWNER, "editors"})))
    await storages.transaction.commit()

    assert saved == SecurityRules(factor_roles=frozenset({Role.OWNER, "editors"}), version=2)
    assert await storages.security.get() == saved
    with pytest.raises(StaleVersion):
        await storages.security.save(SecurityRules())
