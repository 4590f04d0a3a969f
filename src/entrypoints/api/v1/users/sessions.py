from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Access
from core.clock import Clock
from core.identity import SessionId
from core.limits import Client
from core.users.entities import SessionKind
from core.users.errors import SessionEnded
from core.users.second_step import SecondStepAsked
from core.users.token_pairs import TokenPair
from core.users.use_cases.end_other_sessions import EndOtherSessions
from core.users.use_cases.end_session import EndSession
from core.users.use_cases.list_sessions import ListSessions
from core.users.use_cases.read_session import ReadSession
from core.users.use_cases.refresh_session import RefreshSession
from core.users.use_cases.sign_in import SignIn
from entrypoints.api import reading
from entrypoints.api.answers import Answer, ApiRequest, gone, shown
from entrypoints.api.bodies import json_body
from entrypoints.api.operations import Operation, reads, writes
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.users.models import Credentials, RefreshWanted, SessionShown, SessionsShown, TokensShown

BASE = "/api/v1/sessions"

SIGN_IN = Operation(
    summary="Sign in",
    tag="sessions",
    use_case=SignIn,
    body=Credentials,
    shows=TokensShown,
    status=201,
    refusals=(422, 429),
    has_etag=False,
    is_public=True,
    note=(
        "With a second factor the first answer to the right password is 401 with the code `otp_needed`: send the same "
        "once more with `otp`, a code of the app or a recovery code. Each is good once. Passkeys need a browser."
    ),
)
REFRESH = Operation(
    summary="Refresh a session",
    tag="sessions",
    use_case=RefreshSession,
    body=RefreshWanted,
    shows=TokensShown,
    refusals=(422, 429),
    has_etag=False,
    is_public=True,
    note=(
        "Send no Authorization with it: an access token that has ended would be refused. The same refresh token "
        "within 20 seconds gives the same successor, for answers that were lost; later it ends the session."
    ),
)
LIST = Operation(summary="List one's own sessions", tag="sessions", use_case=ListSessions, shows=SessionsShown)
END_OTHERS = Operation(
    summary="End all of one's other sessions",
    tag="sessions",
    use_case=EndOtherSessions,
    status=204,
    has_etag=False,
    note="With an API token, which is no session, all of them.",
)
READ = Operation(
    summary="Read about a session",
    tag="sessions",
    use_case=ReadSession,
    shows=SessionShown,
    refusals=(404,),
)
END = Operation(
    summary="End a session",
    tag="sessions",
    use_case=EndSession,
    status=204,
    refusals=(404,),
    has_etag=False,
)


@writes(HttpMethod.POST, "/sessions", SIGN_IN)
@inject
async def sign_in(
    request: ApiRequest,
    prove: FromDishka[SignIn],
    client: FromDishka[Client],
    clock: FromDishka[Clock],
    repeats: FromDishka[Repeats],
) -> Answer:
    wanted, raw = await json_body(request, Credentials)

    async def write() -> Answer:
        signed_in = await prove(wanted.email, wanted.password, client=client, kind=SessionKind.API, otp=wanted.otp)
        if isinstance(signed_in, SecondStepAsked):
            raise TypeError("a program is asked for a code by an error")
        return _tokens(signed_in.pair, clock, status=201, location=f"{BASE}/{signed_in.session.id}")

    return await repeats.once_sealed(request, raw, write)


@writes(HttpMethod.POST, "/sessions/refresh", REFRESH)
@inject
async def refresh_session(
    request: ApiRequest,
    refresh: FromDishka[RefreshSession],
    client: FromDishka[Client],
    clock: FromDishka[Clock],
    repeats: FromDishka[Repeats],
) -> Answer:
    wanted, raw = await json_body(request, RefreshWanted)

    async def write() -> Answer:
        return _tokens(await refresh(wanted.refresh_token, client=client), clock)

    # A token that was used up before ends the session, and that must stand although the answer is a refusal.
    return await repeats.once_sealed(request, raw, write, final=SessionEnded)


@reads("/sessions", LIST)
@inject
async def list_sessions(request: ApiRequest, access: FromDishka[Access], list_: FromDishka[ListSessions]) -> Answer:
    current = access.actor.session_id
    items = tuple(SessionShown.of(session, current=current) for session in await list_())
    return reading.many(request, SessionsShown(items=items), None)


@writes(HttpMethod.DELETE, "/sessions", END_OTHERS)
@inject
async def end_other_sessions(end: FromDishka[EndOtherSessions]) -> Answer:
    await end()
    return gone()


@reads("/sessions/{session_id:str}", READ)
@inject
async def read_session(
    request: ApiRequest, session_id: FromPath[str], access: FromDishka[Access], read: FromDishka[ReadSession]
) -> Answer:
    session = await read(SessionId(session_id))
    return reading.one(request, SessionShown.of(session, current=access.actor.session_id))


@writes(HttpMethod.DELETE, "/sessions/{session_id:str}", END)
@inject
async def end_session(session_id: FromPath[str], end: FromDishka[EndSession]) -> Answer:
    await end(SessionId(session_id))
    return gone()


def _tokens(pair: TokenPair | None, clock: Clock, *, status: int = 200, location: str | None = None) -> Answer:
    if pair is None:
        raise TypeError("an API session comes with a pair of tokens")
    return shown(TokensShown.of(pair, now=clock.now()), status=status, location=location)


HANDLERS = (sign_in, refresh_session, list_sessions, end_other_sessions, read_session, end_session)
