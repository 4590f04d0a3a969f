"""The contracts of ApiTokenStorage and ApiTokenCodes."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from core.access import Action
from core.identity import ApiTokenId, Role, UserId
from core.tenancy.entities import Tenant
from core.transaction import Transaction
from core.users.api_tokens import REMEMBERED, ApiToken, ApiTokenCodes, ApiTokenStorage
from core.users.entities import User
from core.users.errors import TokenNotFound
from core.users.storage import UserStorage
from db.api_tokens import SqlApiTokenStorage
from db.tenant_session import TenantSessions
from db.transaction import SqlTransaction
from db.users import SqlUserStorage
from services.api_token_codes import KeyedApiTokenCodes, checksum
from services.key_ring import KeyRing
from tests.core.fakes.api_tokens import FakeApiTokenCodes, MemoryApiTokens
from tests.core.fakes.transaction import MemoryTransaction
from tests.core.fakes.users import MemoryUsers

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
ANNA = User(
    id=UserId("u1"), email="anna@anna.example", name="Anna", role=Role.OWNER, password_hash=None, created_at=NOW
)
EVE = replace(ANNA, id=UserId("u2"), email="eve@anna.example", name="Eve", role=Role.AUTHOR)
TOKEN = ApiToken(
    id=ApiTokenId("t1"),
    user_id=ANNA.id,
    name="Nightly",
    digest="d1",
    hint="abcd",
    scopes=frozenset({Action.DRAFT_POST, Action.EDIT_POST}),
    is_draft_only=True,
    created_at=NOW,
    expires_at=NOW + timedelta(days=30),
)
RING, NEWER = KeyRing((b"r" * 32,)), KeyRing((b"n" * 32, b"r" * 32))


@dataclass(frozen=True, kw_only=True)
class Kept:
    users: UserStorage
    tokens: ApiTokenStorage
    transaction: Transaction


@pytest.fixture(params=["memory", "postgres"])
async def kept(request: pytest.FixtureRequest, anna: Tenant, sessions: TenantSessions) -> AsyncIterator[Kept]:
    if request.param == "memory":
        users = MemoryUsers()
        yield await _with_people(Kept(users=users, tokens=MemoryApiTokens(users), transaction=MemoryTransaction()))
        return
    async with sessions.open(anna) as session:
        yield await _with_people(
            Kept(users=SqlUserStorage(session), tokens=SqlApiTokenStorage(session), transaction=SqlTransaction(session))
        )


async def _with_people(kept: Kept) -> Kept:
    for user in (ANNA, EVE):
        await kept.users.add(user)
    await kept.transaction.commit()
    return kept


async def test_a_token_comes_back_with_its_maker_by_any_of_its_digests(kept: Kept) -> None:
    await kept.tokens.add(TOKEN)
    await kept.transaction.commit()

    assert await kept.tokens.find_with_user(("newer", "d1")) == (TOKEN, ANNA)
    assert await kept.tokens.lock(TOKEN.id) == TOKEN
    assert await kept.tokens.find_with_user(("newer",)) is None


async def test_an_unknown_token_is_not_found(kept: Kept) -> None:
    with pytest.raises(TokenNotFound):
        await kept.tokens.lock(ApiTokenId("none"))


async def test_the_newest_comes_first_with_its_makers_name(kept: Kept) -> None:
    newer = replace(TOKEN, id=ApiTokenId("t2"), digest="d2", user_id=EVE.id, created_at=NOW + timedelta(days=1))
    for token in (TOKEN, newer):
        await kept.tokens.add(token)

    listed = await kept.tokens.list_page(1, 10, of=None)
    second = await kept.tokens.list_page(2, 1, of=None)

    assert [(each.token, each.user_name, each.user_email) for each in listed.items] == [
        (newer, "Eve", "eve@anna.example"),
        (TOKEN, "Anna", "anna@anna.example"),
    ]
    assert (second.items, second.total, second.last) == (listed.items[1:], 2, 2)
    assert [each.token for each in (await kept.tokens.list_page(1, 10, of=ANNA.id)).items] == [TOKEN]
    assert await kept.tokens.get(newer.id) == listed.items[0]
    assert await kept.tokens.count_live(ANNA.id, NOW) == 1
    assert await kept.tokens.count_live(ANNA.id, TOKEN.expires_at) == 0


async def test_noting_a_use_changes_nothing_else(kept: Kept) -> None:
    await kept.tokens.add(TOKEN)
    await kept.tokens.revoke(TOKEN.id, NOW)

    await kept.tokens.note_use(replace(TOKEN, used_at=NOW, digest="d9", name="Another"))

    assert await kept.tokens.lock(TOKEN.id) == replace(TOKEN, used_at=NOW, digest="d9", revoked_at=NOW)


async def test_a_family_is_revoked_once(kept: Kept) -> None:
    child = replace(TOKEN, id=ApiTokenId("t2"), digest="d2", ancestors=(TOKEN.id,))
    grandchild = replace(TOKEN, id=ApiTokenId("t3"), digest="d3", ancestors=(TOKEN.id, child.id))
    other = replace(TOKEN, id=ApiTokenId("t4"), digest="d4")
    for token in (TOKEN, child, grandchild, other):
        await kept.tokens.add(token)

    first = await kept.tokens.revoke(child.id, NOW)
    second = await kept.tokens.revoke(TOKEN.id, NOW + timedelta(hours=1))

    assert [token.id for token in first] == [child.id, grandchild.id]
    assert [token.id for token in second] == [TOKEN.id]
    assert [each.token for each in (await kept.tokens.list_page(1, 10, of=None)).items] == [other]
    with pytest.raises(TokenNotFound):
        await kept.tokens.get(child.id)
    assert await kept.tokens.count_live(ANNA.id, NOW) == 1
    assert (await kept.tokens.lock(child.id)).revoked_at == NOW


async def test_what_has_long_been_over_is_forgotten_when_its_maker_makes_another(kept: Kept) -> None:
    long_ago = NOW - REMEMBERED - timedelta(days=1)
    old = replace(TOKEN, id=ApiTokenId("old"), digest="old", expires_at=long_ago)
    revoked = replace(TOKEN, id=ApiTokenId("revoked"), digest="revoked", revoked_at=long_ago)
    hers = replace(old, id=ApiTokenId("hers"), digest="hers", user_id=EVE.id)
    early = NOW - timedelta(days=200)
    for token in (old, revoked, hers):
        await kept.tokens.add(replace(token, created_at=early))

    await kept.tokens.add(TOKEN)

    for gone in (old, revoked):
        with pytest.raises(TokenNotFound):
            await kept.tokens.lock(gone.id)
    assert (await kept.tokens.lock(hers.id)).id == hers.id


Build = Callable[[str, int], ApiTokenCodes]


def fake(slug: str, keys: int) -> ApiTokenCodes:
    return FakeApiTokenCodes(slug, ("new", "key")[-keys:])


def real(slug: str, keys: int) -> ApiTokenCodes:
    return KeyedApiTokenCodes(RING if keys == 1 else NEWER, slug)


@pytest.mark.parametrize("site", [fake, real])
def test_a_token_has_one_digest_for_each_key_at_one_site(site: Build) -> None:
    codes = site("anna", 1)
    token = codes.make()
    [digest] = codes.digests(token)

    assert token.startswith("trc_")
    assert token not in digest
    assert token != codes.make()
    newest, older = site("anna", 2).digests(token)
    assert newest != older == digest
    assert digest not in site("boris", 1).digests(token)
    assert codes.digests(f"{token[:-1]}!") == codes.digests("") == codes.digests("v4.local.x") == ()


def test_a_slip_of_the_pen_is_no_token() -> None:
    codes = KeyedApiTokenCodes(RING, "anna")
    token = codes.make()

    assert len(token) == 40
    for place in (4, 20, 39):
        other = "a" if token[place] != "a" else "b"
        assert codes.digests(token[:place] + other + token[place + 1 :]) == ()
    for odd in (token + "\n", token.upper(), f" {token}", token.replace("trc", "ghp"), "trc_" + "é" * 36, "trc_\x00"):
        assert codes.digests(odd) == ()


def test_the_checksum_is_the_one_that_scanners_know() -> None:
    """From the known CRC-32 of "123456789", 0xCBF43926, in base62 with the digits 0-9, A-Z, a-z."""
    assert checksum("123456789") == "3jZRME"
