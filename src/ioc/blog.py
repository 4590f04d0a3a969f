from dishka import Provider, Scope, alias, provide, provide_all

from clients.archive_deposit import BucketDeposit
from core.blog.addresses import PreviewLinkStorage, RedirectStorage
from core.blog.compositor import Compositor
from core.blog.consequences import Consequences
from core.blog.history import RevisionStorage, WorkingCopyStorage
from core.blog.import_runs import ArchiveDeposit, ImportPlanner, ImportStorage, ItemImporter
from core.blog.storage import PostStorage
from core.blog.typesetter import Typesetter
from core.blog.use_cases.announce_posts import AnnouncePosts
from core.blog.use_cases.cancel_import import CancelImport
from core.blog.use_cases.check_content import CheckContent
from core.blog.use_cases.compare_revisions import CompareRevisions
from core.blog.use_cases.complete_link import CompleteLink
from core.blog.use_cases.confirm_import import ConfirmImport
from core.blog.use_cases.convert_paste import ConvertPaste
from core.blog.use_cases.count_desk_posts import CountDeskPosts
from core.blog.use_cases.delete_tags import DeleteTags
from core.blog.use_cases.discard_working_copy import DiscardWorkingCopy
from core.blog.use_cases.dissolve_series import DissolveSeries
from core.blog.use_cases.draft_post import DraftPost
from core.blog.use_cases.draw_share_image import DrawShareImage
from core.blog.use_cases.edit_post import EditPost
from core.blog.use_cases.empty_trash import EmptyTrash
from core.blog.use_cases.export_content import ExportContent
from core.blog.use_cases.find_redirect import FindRedirect
from core.blog.use_cases.import_item import ImportItem
from core.blog.use_cases.list_addresses import ListAddresses
from core.blog.use_cases.list_desk_posts import ListDeskPosts
from core.blog.use_cases.list_desk_shelves import ListDeskShelves
from core.blog.use_cases.list_feed import ListFeed
from core.blog.use_cases.list_imports import ListImports
from core.blog.use_cases.list_posts import ListPosts
from core.blog.use_cases.list_previews import ListPreviews
from core.blog.use_cases.list_revisions import ListRevisions
from core.blog.use_cases.list_series import ListSeries
from core.blog.use_cases.list_unplanted import ListUnplanted
from core.blog.use_cases.make_preview import MakePreview
from core.blog.use_cases.merge_tags import MergeTags
from core.blog.use_cases.merge_texts import MergeTexts
from core.blog.use_cases.open_desk import OpenDesk
from core.blog.use_cases.open_preview import OpenPreview
from core.blog.use_cases.plan_import import PlanImport
from core.blog.use_cases.plant_post import PlantPost
from core.blog.use_cases.preview_text import PreviewText
from core.blog.use_cases.publish_post import PublishPost
from core.blog.use_cases.query_posts import QueryPosts
from core.blog.use_cases.read_post import ReadPost
from core.blog.use_cases.record_import import RecordImport
from core.blog.use_cases.rename_series import RenameSeries
from core.blog.use_cases.render_again import RenderAgain
from core.blog.use_cases.restore_post import RestorePost
from core.blog.use_cases.restore_revision import RestoreRevision
from core.blog.use_cases.revoke_preview import RevokePreview
from core.blog.use_cases.run_import import RunImport
from core.blog.use_cases.schedule_rendering import ScheduleRendering
from core.blog.use_cases.search_posts import SearchPosts
from core.blog.use_cases.show_editing import ShowEditing
from core.blog.use_cases.show_import import ShowImport
from core.blog.use_cases.show_post import ShowPost
from core.blog.use_cases.show_readiness import ShowReadiness
from core.blog.use_cases.show_revision import ShowRevision
from core.blog.use_cases.show_shelves import ShowShelves
from core.blog.use_cases.start_import import StartImport
from core.blog.use_cases.suggest_details import SuggestDetails
from core.blog.use_cases.trash_post import TrashPost
from core.blog.use_cases.withdraw_post import WithdrawPost
from core.markdown import SurroundingsStorage
from db.blog import (
    SqlImportStorage,
    SqlPostStorage,
    SqlPreviewLinkStorage,
    SqlRedirectStorage,
    SqlRevisionStorage,
    SqlWorkingCopyStorage,
)
from db.surroundings import SqlSurroundings


class BlogProvider(Provider):
    scope = Scope.REQUEST

    posts = provide(SqlPostStorage, provides=PostStorage)
    revisions = provide(SqlRevisionStorage, provides=RevisionStorage)
    copies = provide(SqlWorkingCopyStorage, provides=WorkingCopyStorage)
    redirects = provide(SqlRedirectStorage, provides=RedirectStorage)
    preview_links = provide(SqlPreviewLinkStorage, provides=PreviewLinkStorage)
    imports = provide(SqlImportStorage, provides=ImportStorage)
    deposit = provide(BucketDeposit, provides=ArchiveDeposit)
    planner = alias(source=PlanImport, provides=ImportPlanner)
    importer = alias(source=ImportItem, provides=ItemImporter)
    surroundings = provide(SqlSurroundings, provides=SurroundingsStorage)
    typesetter = provide(Typesetter)
    compositor = provide(Compositor)
    consequences = provide(Consequences)
    use_cases = provide_all(
        AnnouncePosts,
        CancelImport,
        CheckContent,
        CompareRevisions,
        CompleteLink,
        ConfirmImport,
        ConvertPaste,
        CountDeskPosts,
        DeleteTags,
        DiscardWorkingCopy,
        DissolveSeries,
        DraftPost,
        DrawShareImage,
        EditPost,
        EmptyTrash,
        ExportContent,
        FindRedirect,
        ImportItem,
        ListAddresses,
        ListDeskPosts,
        ListDeskShelves,
        ListFeed,
        ListImports,
        ListPosts,
        ListPreviews,
        ListRevisions,
        ListSeries,
        ListUnplanted,
        MakePreview,
        MergeTags,
        MergeTexts,
        OpenDesk,
        OpenPreview,
        PlanImport,
        RecordImport,
        PlantPost,
        PreviewText,
        PublishPost,
        QueryPosts,
        ReadPost,
        RenameSeries,
        RenderAgain,
        RestorePost,
        RestoreRevision,
        RevokePreview,
        RunImport,
        ScheduleRendering,
        SearchPosts,
        ShowEditing,
        ShowImport,
        ShowPost,
        ShowReadiness,
        ShowRevision,
        ShowShelves,
        StartImport,
        SuggestDetails,
        TrashPost,
        WithdrawPost,
    )
