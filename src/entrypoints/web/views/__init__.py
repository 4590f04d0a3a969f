"""What templates are given, and nothing else: `site: SiteView` and `page: <one of these>`.

A handler builds the page's dataclass, the template only shows it. Sentences in fields (errors, notices)
arrive translated; everything else that a person reads is in the template, through the catalogue.
HTML in a field is `Markup`, is the output of our own sanitiser, and is only shown inside an element with
`hx-disable` and `data-disable-scripting`.
"""

from entrypoints.web.views.desk import (
    AdminPost,
    DeskCounts,
    DeskHomePage,
    MediaEditPage,
    MediaItem,
    MediaListPage,
    PostAdminListPage,
    PostConflictPage,
    PostEditPage,
    PostPreviewPage,
    PostStatus,
    PreviewFragment,
    SavedFragment,
    TrashedPost,
    TrashPage,
)
from entrypoints.web.views.errors import ErrorPage, PlainErrorPage, RetryPage
from entrypoints.web.views.forms import Choice, Form, LinkRow
from entrypoints.web.views.reading import (
    Heading,
    HomePage,
    Neighbour,
    Pagination,
    PictureView,
    PostListItem,
    PostListPage,
    PostPage,
    Tag,
)
from entrypoints.web.views.settings import SettingsPage, Swatch
from entrypoints.web.views.signing_in import InvitationPage, LoginPage
from entrypoints.web.views.site import DeskRights, MenuItem, Notice, SignedIn, SiteView

__all__ = [
    "AdminPost",
    "Choice",
    "DeskCounts",
    "DeskHomePage",
    "DeskRights",
    "ErrorPage",
    "Form",
    "Heading",
    "HomePage",
    "InvitationPage",
    "LinkRow",
    "LoginPage",
    "MediaEditPage",
    "MediaItem",
    "MediaListPage",
    "MenuItem",
    "Neighbour",
    "Notice",
    "Pagination",
    "PictureView",
    "PlainErrorPage",
    "PostAdminListPage",
    "PostConflictPage",
    "PostEditPage",
    "PostListItem",
    "PostListPage",
    "PostPage",
    "PostPreviewPage",
    "PostStatus",
    "PreviewFragment",
    "RetryPage",
    "SavedFragment",
    "SettingsPage",
    "SignedIn",
    "SiteView",
    "Swatch",
    "Tag",
    "TrashPage",
    "TrashedPost",
]
