"""What programs act with: made once, shown once."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.errors import Invalid, Problem
from core.identity import ApiTokenId
from core.text import N_
from core.users.use_cases.create_token import CreateToken
from core.users.use_cases.list_tokens import ListTokens
from core.users.use_cases.revoke_token import RevokeToken
from core.users.use_cases.show_token import ShowToken
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone, shown
from entrypoints.api.bodies import json_body
from entrypoints.api.models import Paging
from entrypoints.api.numbered import part_of
from entrypoints.api.operations import Operation, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.users.token_models import ApiTokenShown, ApiTokensShown, ApiTokenWanted, NewApiTokenShown

BASE = "/api/v1/tokens"
_ACTIONS = {action.value: action for action in Action}

LIST = Operation(
    summary="List API tokens",
    tag="tokens",
    use_case=ListTokens,
    query=Paging,
    shows=ApiTokensShown,
)
CREATE = Operation(
    summary="Make an API token",
    tag="tokens",
    use_case=CreateToken,
    body=ApiTokenWanted,
    shows=NewApiTokenShown,
    status=201,
    refusals=(409, 422),
    has_etag=False,
    note="An answer that is asked for again with the same Idempotency-Key shows the token again, for 24 hours.",
)
READ = Operation(
    summary="Read about an API token", tag="tokens", use_case=ShowToken, shows=ApiTokenShown, refusals=(404,)
)
REVOKE = Operation(
    summary="Revoke an API token", tag="tokens", use_case=RevokeToken, status=204, refusals=(404,), has_etag=False
)


@reads("/tokens", LIST)
@inject
async def list_tokens(request: ApiRequest, list_: FromDishka[ListTokens]) -> Answer:
    part = await part_of(query_of(request, Paging), list_)
    items = tuple(ApiTokenShown.of(owned) for owned in part.items)
    return reading.many(request, ApiTokensShown(items=items, next_cursor=part.next_cursor), part.next_cursor)


@writes(HttpMethod.POST, "/tokens", CREATE)
@inject
async def create_token(
    request: ApiRequest,
    admission: FromDishka[Admission],
    create: FromDishka[CreateToken],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.CREATE_TOKENS)
    body, raw = await json_body(request, ApiTokenWanted)
    wanted = body.wanted(scopes_of(body.scopes))

    async def write() -> Answer:
        created = await create(wanted)
        place = f"{BASE}/{created.token.id}"
        return shown(NewApiTokenShown.made(created), status=201, location=place)

    return await repeats.once_sealed(request, raw, write)


@reads("/tokens/{token_id:str}", READ)
@inject
async def read_token(request: ApiRequest, token_id: FromPath[str], show: FromDishka[ShowToken]) -> Answer:
    return reading.one(request, ApiTokenShown.of(await show(ApiTokenId(token_id))))


@writes(HttpMethod.DELETE, "/tokens/{token_id:str}", REVOKE)
@inject
async def revoke_token(token_id: FromPath[str], revoke: FromDishka[RevokeToken]) -> Answer:
    await revoke(ApiTokenId(token_id))
    return gone()


def scopes_of(words: list[str]) -> frozenset[Action]:
    """Raises Invalid naming those that are none."""
    unknown = [
        Problem.of(f"scopes.{place}", N_("There is no such action. /api/v1/whoami names those that you may do."))
        for place, word in enumerate(words)
        if word not in _ACTIONS
    ]
    if unknown:
        raise Invalid(*unknown)
    return frozenset(_ACTIONS[word] for word in words)


HANDLERS = (list_tokens, create_token, read_token, revoke_token)
