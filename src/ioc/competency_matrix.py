from dishka import Provider, Scope, provide

from core.competency_matrix.history import QuestionRevisionStorage
from core.competency_matrix.resources import ResourceStorage
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.competency_matrix.suggestions import SuggestionStorage
from db.competency_matrix import (
    SqlQuestionRevisionStorage,
    SqlQuestionStorage,
    SqlResourceStorage,
    SqlSheetStorage,
    SqlSuggestionStorage,
)


class MatrixProvider(Provider):
    scope = Scope.REQUEST

    sheets = provide(SqlSheetStorage, provides=SheetStorage)
    questions = provide(SqlQuestionStorage, provides=QuestionStorage)
    revisions = provide(SqlQuestionRevisionStorage, provides=QuestionRevisionStorage)
    resources = provide(SqlResourceStorage, provides=ResourceStorage)
    suggestions = provide(SqlSuggestionStorage, provides=SuggestionStorage)
