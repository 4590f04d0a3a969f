"""What only the REST API needs."""

from dishka import Provider, Scope, provide

from config.settings import Settings
from entrypoints.api.admission import Admission
from entrypoints.api.documentation import Documentation
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

    @provide(scope=Scope.APP)
    def slots(self, settings: Settings) -> HeldSlots:
        return HeldSlots(max(1, settings.database.pool_size - KEPT_FOR_READERS))
