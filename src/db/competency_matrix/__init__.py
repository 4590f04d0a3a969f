"""The competency matrix's tables: sheets, questions and their history, the library, what visitors propose."""

from db.competency_matrix.copies import SqlQuestionCopyStorage
from db.competency_matrix.history import SqlQuestionRevisionStorage
from db.competency_matrix.questions import SqlQuestionStorage
from db.competency_matrix.resources import SqlResourceStorage
from db.competency_matrix.rows import (
    MatrixSettingsRow,
    QuestionRevisionRow,
    QuestionRow,
    ResourceRow,
    SheetRow,
    SuggestionRow,
)
from db.competency_matrix.sheets import SqlSheetStorage
from db.competency_matrix.suggestions import SqlSuggestionStorage

__all__ = [
    "MatrixSettingsRow",
    "QuestionRevisionRow",
    "QuestionRow",
    "ResourceRow",
    "SheetRow",
    "SqlQuestionCopyStorage",
    "SqlQuestionRevisionStorage",
    "SqlQuestionStorage",
    "SqlResourceStorage",
    "SqlSheetStorage",
    "SqlSuggestionStorage",
    "SuggestionRow",
]
