from dishka import Provider, Scope, provide, provide_all

from clients.question_imports import BucketQuestionImports
from core.competency_matrix.composing import QuestionComposer
from core.competency_matrix.consequences import QuestionConsequences
from core.competency_matrix.history import QuestionCopyStorage, QuestionRevisionStorage
from core.competency_matrix.question_imports import QuestionImports
from core.competency_matrix.resources import ResourceStorage
from core.competency_matrix.row_check import RowCheck
from core.competency_matrix.row_choice import RowChoice
from core.competency_matrix.row_import import RowImport
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.competency_matrix.suggestions import SuggestionStorage
from core.competency_matrix.use_cases.accept_suggestion import AcceptSuggestion
from core.competency_matrix.use_cases.add_resource import AddResource
from core.competency_matrix.use_cases.add_section import AddSection
from core.competency_matrix.use_cases.add_sheet import AddSheet
from core.competency_matrix.use_cases.add_subsection import AddSubsection
from core.competency_matrix.use_cases.announce_question import AnnounceQuestion
from core.competency_matrix.use_cases.cancel_question_import import CancelQuestionImport
from core.competency_matrix.use_cases.change_question_states import ChangeQuestionStates
from core.competency_matrix.use_cases.change_questions import ChangeQuestions
from core.competency_matrix.use_cases.check_double import CheckDouble
from core.competency_matrix.use_cases.check_question_rows import CheckQuestionRows
from core.competency_matrix.use_cases.check_resources import CheckResources
from core.competency_matrix.use_cases.compare_question_revisions import CompareQuestionRevisions
from core.competency_matrix.use_cases.complete_question_link import CompleteQuestionLink
from core.competency_matrix.use_cases.confirm_question_import import ConfirmQuestionImport
from core.competency_matrix.use_cases.count_work import CountWork
from core.competency_matrix.use_cases.delete_place import DeletePlace
from core.competency_matrix.use_cases.delete_resource import DeleteResource
from core.competency_matrix.use_cases.delete_sheet import DeleteSheet
from core.competency_matrix.use_cases.discard_question_copy import DiscardQuestionCopy
from core.competency_matrix.use_cases.draft_question import DraftQuestion
from core.competency_matrix.use_cases.draw_question_share import DrawQuestionShare
from core.competency_matrix.use_cases.edit_matrix import EditMatrix
from core.competency_matrix.use_cases.edit_question import EditQuestion
from core.competency_matrix.use_cases.edit_resource import EditResource
from core.competency_matrix.use_cases.edit_sheet import EditSheet
from core.competency_matrix.use_cases.empty_matrix_trash import EmptyMatrixTrash
from core.competency_matrix.use_cases.export_questions import ExportQuestions
from core.competency_matrix.use_cases.find_question_copy import FindQuestionCopy
from core.competency_matrix.use_cases.import_questions import ImportQuestions
from core.competency_matrix.use_cases.keep_question_copy import KeepQuestionCopy
from core.competency_matrix.use_cases.list_desk_questions import ListDeskQuestions
from core.competency_matrix.use_cases.list_question_addresses import ListQuestionAddresses
from core.competency_matrix.use_cases.list_question_feed import ListQuestionFeed
from core.competency_matrix.use_cases.list_question_imports import ListQuestionImports
from core.competency_matrix.use_cases.list_question_revisions import ListQuestionRevisions
from core.competency_matrix.use_cases.list_resources import ListResources
from core.competency_matrix.use_cases.list_sheets import ListSheets
from core.competency_matrix.use_cases.list_suggestions import ListSuggestions
from core.competency_matrix.use_cases.list_troubled_resources import ListTroubledResources
from core.competency_matrix.use_cases.list_unplanted_questions import ListUnplantedQuestions
from core.competency_matrix.use_cases.merge_places import MergePlaces
from core.competency_matrix.use_cases.merge_resources import MergeResources
from core.competency_matrix.use_cases.move_subsection import MoveSubsection
from core.competency_matrix.use_cases.name_evidence import NameEvidence
from core.competency_matrix.use_cases.open_question import OpenQuestion
from core.competency_matrix.use_cases.order_places import OrderPlaces
from core.competency_matrix.use_cases.order_questions import OrderQuestions
from core.competency_matrix.use_cases.order_sheets import OrderSheets
from core.competency_matrix.use_cases.pick_interview import PickInterview
from core.competency_matrix.use_cases.place_question import PlaceQuestion
from core.competency_matrix.use_cases.plant_question import PlantQuestion
from core.competency_matrix.use_cases.plant_sheet import PlantSheet
from core.competency_matrix.use_cases.preview_question import PreviewQuestion
from core.competency_matrix.use_cases.publish_question import PublishQuestion
from core.competency_matrix.use_cases.query_questions import QueryQuestions
from core.competency_matrix.use_cases.reject_suggestion import RejectSuggestion
from core.competency_matrix.use_cases.rename_place import RenamePlace
from core.competency_matrix.use_cases.render_questions import RenderQuestions
from core.competency_matrix.use_cases.request_resource_check import RequestResourceCheck
from core.competency_matrix.use_cases.restore_question import RestoreQuestion
from core.competency_matrix.use_cases.restore_question_revision import RestoreQuestionRevision
from core.competency_matrix.use_cases.run_question_import import RunQuestionImport
from core.competency_matrix.use_cases.schedule_question_rendering import ScheduleQuestionRendering
from core.competency_matrix.use_cases.search_questions import SearchQuestions
from core.competency_matrix.use_cases.show_coverage import ShowCoverage
from core.competency_matrix.use_cases.show_desk_question import ShowDeskQuestion
from core.competency_matrix.use_cases.show_desk_sheet import ShowDeskSheet
from core.competency_matrix.use_cases.show_matrix import ShowMatrix
from core.competency_matrix.use_cases.show_question import ShowQuestion
from core.competency_matrix.use_cases.show_question_import import ShowQuestionImport
from core.competency_matrix.use_cases.show_question_revision import ShowQuestionRevision
from core.competency_matrix.use_cases.show_resource import ShowResource
from core.competency_matrix.use_cases.show_sheet import ShowSheet
from core.competency_matrix.use_cases.show_sheet_data import ShowSheetData
from core.competency_matrix.use_cases.show_structure import ShowStructure
from core.competency_matrix.use_cases.show_suggestion import ShowSuggestion
from core.competency_matrix.use_cases.start_question_import import StartQuestionImport
from core.competency_matrix.use_cases.suggest_question import SuggestQuestion
from core.competency_matrix.use_cases.trash_question import TrashQuestion
from core.competency_matrix.use_cases.withdraw_question import WithdrawQuestion
from db.competency_matrix import (
    SqlQuestionCopyStorage,
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
    copies = provide(SqlQuestionCopyStorage, provides=QuestionCopyStorage)
    revisions = provide(SqlQuestionRevisionStorage, provides=QuestionRevisionStorage)
    resources = provide(SqlResourceStorage, provides=ResourceStorage)
    suggestions = provide(SqlSuggestionStorage, provides=SuggestionStorage)
    composer = provide(QuestionComposer)
    consequences = provide(QuestionConsequences)
    row_check = provide(RowCheck)
    row_choice = provide(RowChoice)
    row_import = provide(RowImport)
    imports = provide(BucketQuestionImports, provides=QuestionImports)
    use_cases = provide_all(
        AcceptSuggestion,
        AddResource,
        AddSection,
        AddSheet,
        AddSubsection,
        AnnounceQuestion,
        ChangeQuestionStates,
        ChangeQuestions,
        CheckDouble,
        CheckQuestionRows,
        CheckResources,
        CompareQuestionRevisions,
        CompleteQuestionLink,
        CancelQuestionImport,
        ConfirmQuestionImport,
        CountWork,
        DeletePlace,
        DeleteResource,
        DeleteSheet,
        DiscardQuestionCopy,
        DraftQuestion,
        DrawQuestionShare,
        EditMatrix,
        EditQuestion,
        EditResource,
        EditSheet,
        EmptyMatrixTrash,
        ExportQuestions,
        FindQuestionCopy,
        ImportQuestions,
        KeepQuestionCopy,
        ListDeskQuestions,
        ListQuestionAddresses,
        ListQuestionFeed,
        ListQuestionRevisions,
        ListQuestionImports,
        ListResources,
        ListSheets,
        ListSuggestions,
        ListTroubledResources,
        ListUnplantedQuestions,
        MergePlaces,
        MergeResources,
        MoveSubsection,
        NameEvidence,
        OpenQuestion,
        OrderPlaces,
        OrderQuestions,
        OrderSheets,
        PickInterview,
        PlaceQuestion,
        PlantQuestion,
        PlantSheet,
        PreviewQuestion,
        PublishQuestion,
        QueryQuestions,
        RejectSuggestion,
        RenamePlace,
        RenderQuestions,
        RequestResourceCheck,
        RestoreQuestion,
        RestoreQuestionRevision,
        RunQuestionImport,
        ScheduleQuestionRendering,
        SearchQuestions,
        ShowCoverage,
        ShowDeskQuestion,
        ShowDeskSheet,
        ShowMatrix,
        ShowQuestion,
        ShowQuestionImport,
        ShowQuestionRevision,
        ShowResource,
        ShowSheet,
        ShowSheetData,
        ShowStructure,
        ShowSuggestion,
        StartQuestionImport,
        SuggestQuestion,
        TrashQuestion,
        WithdrawQuestion,
    )
