"""The blog's tables: posts and pages, their history, their addresses, what is searched in them."""

from db.blog.addresses import SqlPreviewLinkStorage, SqlRedirectStorage
from db.blog.history import SqlRevisionStorage, SqlWorkingCopyStorage
from db.blog.imports import SqlImportStorage
from db.blog.posts import SqlPostStorage
from db.blog.rows import (
    ImportRow,
    PostRow,
    PreviewLinkRow,
    RedirectRow,
    RevisionRow,
    SearchWordRow,
    WorkingCopyRow,
)

__all__ = [
    "ImportRow",
    "PostRow",
    "PreviewLinkRow",
    "RedirectRow",
    "RevisionRow",
    "SearchWordRow",
    "SqlImportStorage",
    "SqlPostStorage",
    "SqlPreviewLinkStorage",
    "SqlRedirectStorage",
    "SqlRevisionStorage",
    "SqlWorkingCopyStorage",
    "WorkingCopyRow",
]
