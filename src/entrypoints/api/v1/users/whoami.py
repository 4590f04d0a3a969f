from dishka.integrations.litestar import FromDishka, inject

from core.users.use_cases.show_whoami import ShowWhoami
from entrypoints.api import reading
from entrypoints.api.answers import Answer, ApiRequest
from entrypoints.api.operations import Operation, reads
from entrypoints.api.v1.users.models import WhoamiShown
from entrypoints.http.context import facts_of

READ = Operation(
    summary="Who am I, and what may I do", tag="whoami", use_case=ShowWhoami, shows=WhoamiShown, is_public=True
)


@reads("/whoami", READ)
@inject
async def who_am_i(request: ApiRequest, show: FromDishka[ShowWhoami]) -> Answer:
    return reading.one(request, WhoamiShown.of(await show(), facts_of(request.scope).spent))


HANDLERS = (who_am_i,)
