"""Whose sign-in needs a second factor."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod

from core.access import Action
from core.users.use_cases.edit_security import EditSecurity
from core.users.use_cases.show_security import ShowSecurity
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, shown
from entrypoints.api.bodies import json_body
from entrypoints.api.etags import required_version, version_tag
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.v1.users.factor_models import SecurityModel, SecurityShown

SECURITY = "/site/security"

READ = Operation(
    summary="Read whose sign-in needs a second factor", tag="site", use_case=ShowSecurity, shows=SecurityShown
)
REPLACE = Operation(
    summary="Decide whose sign-in needs a second factor",
    tag="site",
    use_case=EditSecurity,
    body=SecurityModel,
    shows=SecurityShown,
    refusals=(422,),
    precondition=Precondition.REQUIRED,
    note="Who has such a role and no second factor is refused with `factor_needed` until she has set one up.",
)


@reads(SECURITY, READ)
@inject
async def read_security(request: ApiRequest, show: FromDishka[ShowSecurity]) -> Answer:
    rules = await show()
    return reading.one(request, SecurityShown.of(rules), tag=version_tag(rules.version))


@writes(HttpMethod.PUT, SECURITY, REPLACE)
@inject
async def replace_security(
    request: ApiRequest, admission: FromDishka[Admission], edit: FromDishka[EditSecurity]
) -> Answer:
    await admission.admit(Action.REQUIRE_FACTORS)
    expected = required_version(request)
    wanted, _ = await json_body(request, SecurityModel)
    rules = await edit(wanted.factor_roles, expected=expected)
    return shown(SecurityShown.of(rules), tag=version_tag(rules.version))


HANDLERS = (read_security, replace_security)
