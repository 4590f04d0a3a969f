"""What oneself signs in with beside the password."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.identity import UserId
from core.site.entities import SiteSettings
from core.users.factors import FactorId
from core.users.use_cases.add_app import AddApp
from core.users.use_cases.begin_app import BeginApp
from core.users.use_cases.remove_factor import RemoveFactor
from core.users.use_cases.renew_recovery_codes import RenewRecoveryCodes
from core.users.use_cases.reset_factors import ResetFactors
from core.users.use_cases.show_factors import ShowFactors
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone, shown
from entrypoints.api.bodies import json_body, no_body, optional_json_body
from entrypoints.api.operations import Operation, reads, writes
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.users.factor_models import (
    AppSetupShown,
    AppWanted,
    FactorAdded,
    FactorsShown,
    ReassuranceWanted,
    RecoveryCodesShown,
)

ALL = "/factors"
ONE = f"{ALL}/{{factor_id:str}}"
TAG = "factors"

LIST = Operation(summary="List one's own second factors", tag=TAG, use_case=ShowFactors, shows=FactorsShown)
BEGIN = Operation(
    summary="Get a key for an app",
    tag=TAG,
    use_case=BeginApp,
    shows=AppSetupShown,
    refusals=(409,),
    has_etag=False,
)
ADD = Operation(
    summary="Add an app",
    tag=TAG,
    use_case=AddApp,
    body=AppWanted,
    shows=FactorAdded,
    status=201,
    refusals=(409, 422, 429),
    has_etag=False,
    note="Passkeys are made by browsers alone, at the desk: `/admin/profile/factors`.",
)
RENEW = Operation(
    summary="Make new recovery codes",
    tag=TAG,
    use_case=RenewRecoveryCodes,
    body=ReassuranceWanted,
    shows=RecoveryCodesShown,
    status=201,
    refusals=(409, 422, 429),
    has_etag=False,
)
REMOVE = Operation(
    summary="Remove a second factor",
    tag=TAG,
    use_case=RemoveFactor,
    body=ReassuranceWanted,
    is_body_optional=True,
    status=204,
    refusals=(404, 409, 422, 429),
    has_etag=False,
)
RESET = Operation(
    summary="Take all second factors from a person",
    tag="users",
    use_case=ResetFactors,
    status=204,
    refusals=(404, 409),
    has_etag=False,
)


@reads(ALL, LIST)
@inject
async def list_factors(request: ApiRequest, show: FromDishka[ShowFactors]) -> Answer:
    return reading.many(request, FactorsShown.of(await show()), None)


@writes(HttpMethod.POST, f"{ALL}/setup", BEGIN)
@inject
async def begin_app(
    request: ApiRequest, admission: FromDishka[Admission], begin: FromDishka[BeginApp], site: FromDishka[SiteSettings]
) -> Answer:
    await admission.admit(Action.MANAGE_FACTORS)
    await no_body(request)
    return shown(AppSetupShown.of(await begin(site=site.title)))


@writes(HttpMethod.POST, ALL, ADD)
@inject
async def add_app(
    request: ApiRequest, admission: FromDishka[Admission], add: FromDishka[AddApp], repeats: FromDishka[Repeats]
) -> Answer:
    await admission.admit(Action.MANAGE_FACTORS)
    wanted, raw = await json_body(request, AppWanted)

    async def write() -> Answer:
        new = await add(setup=wanted.setup, code=wanted.code, password=wanted.current_password)
        return shown(FactorAdded.added(new), status=201, location=f"/api/v1{ALL}/{new.factor.id}")

    return await repeats.once_sealed(request, raw, write)


@writes(HttpMethod.POST, f"{ALL}/recovery-codes", RENEW)
@inject
async def renew_recovery_codes(
    request: ApiRequest,
    admission: FromDishka[Admission],
    renew: FromDishka[RenewRecoveryCodes],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.MANAGE_FACTORS)
    wanted, raw = await json_body(request, ReassuranceWanted)

    async def write() -> Answer:
        codes = await renew(password=wanted.current_password)
        return shown(RecoveryCodesShown(recovery_codes=codes), status=201)

    return await repeats.once_sealed(request, raw, write)


@writes(HttpMethod.DELETE, ONE, REMOVE)
@inject
async def remove_factor(
    request: ApiRequest, factor_id: FromPath[str], admission: FromDishka[Admission], remove: FromDishka[RemoveFactor]
) -> Answer:
    await admission.admit(Action.MANAGE_FACTORS)
    wanted = await optional_json_body(request, ReassuranceWanted)
    await remove(FactorId(factor_id), password=wanted.current_password)
    return gone()


@writes(HttpMethod.DELETE, "/users/{user_id:str}/factors", RESET)
@inject
async def reset_factors(user_id: FromPath[str], reset: FromDishka[ResetFactors]) -> Answer:
    await reset(UserId(user_id))
    return gone()


HANDLERS = (list_factors, begin_app, add_app, renew_recovery_codes, remove_factor, reset_factors)
