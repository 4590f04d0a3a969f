"""All pages: what visitors read, the door for those who write, the desk."""

from litestar import Router

from entrypoints.web.admin import blog as desk_blog
from entrypoints.web.admin import check, desk, export, imports, post_lists, previews, revisions, tags, writing
from entrypoints.web.admin import media as desk_media
from entrypoints.web.admin import media_file as desk_media_file
from entrypoints.web.admin import site as desk_site
from entrypoints.web.admin import tokens as desk_tokens
from entrypoints.web.admin.door import enter
from entrypoints.web.admin.matrix import index as matrix_index
from entrypoints.web.admin.matrix import questions as matrix_questions
from entrypoints.web.admin.matrix import questions_history as matrix_history
from entrypoints.web.admin.matrix import questions_list as matrix_lists
from entrypoints.web.admin.matrix import files as matrix_files
from entrypoints.web.admin.matrix import questions_writing as matrix_writing
from entrypoints.web.admin.matrix import resource as matrix_resource
from entrypoints.web.admin.matrix import resources as matrix_resources
from entrypoints.web.admin.matrix import settings as matrix_settings
from entrypoints.web.admin.matrix import sheets as matrix_sheets
from entrypoints.web.admin.matrix import structure as matrix_structure
from entrypoints.web.admin.matrix import structure_places as matrix_places
from entrypoints.web.admin.matrix import suggestions as matrix_suggestions
from entrypoints.web.forgery import verify_form
from entrypoints.web.pages import blog, feeds, home, media, pages, share, site, users
from entrypoints.web.pages.matrix import feeds as matrix_feeds
from entrypoints.web.pages.matrix import interview, reading, suggestions

_reading = Router(
    path="/",
    route_handlers=[
        home.index,
        blog.index,
        feeds.of_all,
        feeds.of_tag,
        share.image,
        blog.tagged,
        blog.in_series,
        blog.by_author,
        blog.show,
        pages.show,
        pages.early,
        matrix_feeds.of_all,
        matrix_feeds.of_sheet,
        reading.index,
        suggestions.new,
        suggestions.create,
        reading.sheet,
        reading.question,
        interview.show,
        media.show,
        site.robots,
        site.sitemap,
        site.security,
        users.new,
        users.create,
        users.destroy,
        users.invitation,
        users.acceptance,
    ],
    before_request=verify_form,
    include_in_schema=False,
)
_desk = Router(
    path="/",
    route_handlers=[
        desk.show,
        desk.trash,
        desk.restoration,
        check.show,
        post_lists.index,
        post_lists.selection,
        previews.index,
        previews.create,
        previews.revocation,
        revisions.index,
        revisions.show,
        revisions.comparison,
        revisions.restoration,
        tags.index,
        tags.update,
        tags.update_series,
        desk_blog.preview,
        desk_blog.publication,
        desk_blog.withdrawal,
        desk_blog.trash,
        writing.new,
        writing.create,
        writing.edit,
        writing.update,
        writing.discard_copy,
        writing.preview_text,
        writing.paste,
        writing.links,
        desk_media.index,
        desk_media.create,
        desk_media_file.edit,
        desk_media_file.update,
        desk_media_file.replacement,
        desk_media_file.deletion,
        export.show,
        export.create,
        imports.index,
        imports.create,
        imports.show,
        imports.confirmation,
        imports.cancellation,
        matrix_index.index,
        matrix_lists.index,
        matrix_lists.selection,
        matrix_sheets.show,
        matrix_sheets.create,
        matrix_sheets.order,
        matrix_sheets.reorder,
        matrix_writing.new,
        matrix_writing.create,
        matrix_writing.edit,
        matrix_writing.update,
        matrix_writing.preview_text,
        matrix_writing.doubles,
        matrix_questions.preview,
        matrix_questions.publication,
        matrix_questions.withdrawal,
        matrix_questions.trash,
        matrix_questions.restoration,
        matrix_history.index,
        matrix_history.show,
        matrix_history.comparison,
        matrix_writing.discard_copy,
        matrix_writing.resources,
        matrix_writing.evidence,
        matrix_history.restoration,
        matrix_structure.index,
        matrix_structure.create,
        matrix_structure.order,
        matrix_structure.show,
        matrix_structure.update,
        matrix_structure.deletion,
        matrix_places.create,
        matrix_places.create_within,
        matrix_places.order,
        matrix_places.show,
        matrix_places.update,
        matrix_places.move,
        matrix_places.merge,
        matrix_places.deletion,
        matrix_settings.edit,
        matrix_settings.update,
        matrix_resources.index,
        matrix_resources.create,
        matrix_resources.check,
        matrix_resource.choose,
        matrix_resource.merge,
        matrix_files.index,
        matrix_files.create,
        matrix_files.show,
        matrix_files.confirmation,
        matrix_files.export,
        matrix_resource.show,
        matrix_resource.update,
        matrix_resource.deletion,
        matrix_suggestions.index,
        matrix_suggestions.show,
        matrix_suggestions.acceptance,
        matrix_suggestions.rejection,
        desk_tokens.index,
        desk_tokens.new,
        desk_tokens.create,
        desk_tokens.show,
        desk_tokens.revocation,
        desk_site.edit,
        desk_site.update,
    ],
    before_request=enter,
    include_in_schema=False,
)
web_routes = [_reading, _desk]
