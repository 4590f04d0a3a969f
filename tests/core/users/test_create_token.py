from dataclasses import replace
from datetime import timedelta

import pytest

from core.access import Action
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Actor, Role
from core.users.api_tokens import TOKEN_LIFE, TOKENS_OF_ONE, TokenWanted
from core.users.errors import TooManyTokens
from core.users.use_cases.create_token import CreateToken
from tests.core.fakes.access import FakeAccess
from tests.core.makers import NOW
from tests.core.tokens_house import DRAFTS, IN_A_MONTH, TokensHouse, wanted


@pytest.fixture
def house() -> TokensHouse:
    return TokensHouse()


async def test_a_member_makes_a_token_and_sees_it_once(house: TokensHouse) -> None:
    author = house.has_member(Role.AUTHOR)
    house.admits(Role.AUTHOR)

    created = await house.make(CreateToken)(wanted())

    token = created.token
    assert house.kept(house.api_tokens) == {token.id: token}
    assert (token.user_id, token.name, token.scopes) == (author, "Nightly drafts", DRAFTS)
    assert (token.created_at, token.expires_at, token.ancestors) == (NOW, IN_A_MONTH, ())
    assert token.digest == house.codes.digests(created.secret)[0]
    assert created.secret.endswith(token.hint)
    assert created.secret not in str(token)
    [recorded] = house.audit.kept
    assert (recorded.action, recorded.subject, recorded.label) == (Action.CREATE_TOKENS, token.id, token.name)
    assert recorded.after["scopes"] == "post.draft, post.edit"
    assert created.secret not in str(recorded)


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("name", replace(wanted(), name="  ")),
        ("name", replace(wanted(), name="x" * 101)),
        ("scopes", replace(wanted(), scopes=frozenset())),
        ("scopes", wanted(Action.EDIT_SITE)),
        ("scopes", replace(wanted(Action.PUBLISH_POST), is_draft_only=True)),
        ("expires_at", replace(wanted(), expires_at=NOW)),
        ("expires_at", replace(wanted(), expires_at=NOW + TOKEN_LIFE + timedelta(seconds=1))),
    ],
)
async def test_what_cannot_be_made_is_told_by_its_field(house: TokensHouse, field: str, asked: TokenWanted) -> None:
    house.has_member(Role.AUTHOR)
    house.admits(Role.AUTHOR)

    with house.refuses(Invalid) as refused:
        await house.make(CreateToken)(asked)

    assert isinstance(refused.value, Invalid)
    assert [problem.field for problem in refused.value.problems] == [field]


async def test_drafts_only_is_made_of_what_drafting_takes(house: TokensHouse) -> None:
    house.has_member(Role.AUTHOR)
    house.admits(Role.AUTHOR)

    created = await house.make(CreateToken)(replace(wanted(), is_draft_only=True))

    assert created.token.is_draft_only


async def test_a_token_passes_on_no_more_than_it_has_and_no_longer(house: TokensHouse) -> None:
    parent = house.has_token(house.has_member(Role.OWNER), DRAFTS | {Action.CREATE_TOKENS})
    house.admits_token(Role.OWNER, parent)

    created = await house.make(CreateToken)(wanted(Action.DRAFT_POST))

    assert created.token.ancestors == (parent.id,)
    assert created.token.scopes == {Action.DRAFT_POST}
    house.transaction.settle()
    more = TokenWanted(
        name="More",
        scopes=frozenset({Action.PUBLISH_POST}),
        expires_at=IN_A_MONTH + timedelta(seconds=1),
    )
    with house.refuses(Invalid) as refused:
        await house.make(CreateToken)(more)
    assert isinstance(refused.value, Invalid)
    assert [problem.field for problem in refused.value.problems] == ["scopes", "expires_at"]


async def test_a_token_without_that_scope_may_not_make_another(house: TokensHouse) -> None:
    house.admits_token(Role.OWNER, house.has_token(house.has_member(Role.OWNER)))

    with house.refuses(Forbidden):
        await house.make(CreateToken)(wanted())


async def test_fifty_are_enough(house: TokensHouse) -> None:
    author = house.has_member(Role.AUTHOR)
    for _ in range(TOKENS_OF_ONE):
        house.has_token(author)
    house.admits(Role.AUTHOR)

    with house.refuses(TooManyTokens):
        await house.make(CreateToken)(wanted())

    house.clock.pass_(days=30)
    again = replace(wanted(), expires_at=house.clock.now() + timedelta(days=1))
    assert (await house.make(CreateToken)(again)).token.id in house.kept(house.api_tokens)


async def test_the_operator_makes_one_for_a_member(house: TokensHouse) -> None:
    author = house.has_member(Role.AUTHOR)
    house.access = FakeAccess(Actor(role=Role.OWNER, name="operator"))

    created = await house.make(CreateToken)(wanted(), of=" Author@Example.org ")

    assert created.token.user_id == author
    house.transaction.settle()
    with house.refuses(Invalid):
        await house.make(CreateToken)(wanted(Action.EDIT_SITE), of="author@example.org")
    with house.refuses(Invalid) as refused:
        await house.make(CreateToken)(wanted(), of="nobody@example.org")
    assert isinstance(refused.value, Invalid)
    assert [problem.field for problem in refused.value.problems] == ["email"]


async def test_a_visitor_is_refused(house: TokensHouse) -> None:
    with house.refuses(Unauthenticated):
        await house.make(CreateToken)(wanted())
