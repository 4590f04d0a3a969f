"""What only the REST API needs."""

from dishka import Provider, Scope, provide

from config.settings import Settings
from core.quotas import Quota, Quotas
from db.quotas import QuotaCounts, SqlQuotas
from entrypoints.api.admission import Admission
from entrypoints.api.documentation import Documentation
from entrypoints.api.quotas import ApiQuotas, Meter
from entrypoints.api.repeats import HeldSlots, Repeats
from entrypoints.api.v1.blog.answers import PostAnswers
from entrypoints.api.v1.matrix.answers import MatrixAnswers

KEPT_FOR_READERS = 2


class ApiProvider(Provider):
    scope = Scope.REQUEST

    admission = provide(Admission)
    repeats = provide(Repeats)
    post_answers = provide(PostAnswers)
    matrix_answers = provide(MatrixAnswers)
    documentation = provide(Documentation, scope=Scope.APP)
    meter = provide(Meter)
    quotas = provide(SqlQuotas, provides=Quotas)
    quota_counts = provide(QuotaCounts, scope=Scope.APP)

    @provide(scope=Scope.APP)
    def quotas_of_api(self, settings: Settings) -> ApiQuotas:
        api = settings.api
        return ApiQuotas(
            client=Quota(name="client", times=api.client_per_minute),
            visitors=Quota(name="visitors", times=api.visitors_per_minute),
            token=Quota(name="token", times=api.token_per_minute),
            members=Quota(name="members", times=api.members_per_minute),
        )

    @provide(scope=Scope.APP)
    def slots(self, settings: Settings) -> HeldSlots:
        return HeldSlots(max(1, settings.database.pool_size - KEPT_FOR_READERS))
