"""All pages: what visitors read, the door for those who write, the desk."""

from litestar import Router

from entrypoints.web.admin import blog as desk_blog
from entrypoints.web.admin import desk
from entrypoints.web.admin import media as desk_media
from entrypoints.web.admin import media_file as desk_media_file
from entrypoints.web.admin import site as desk_site
from entrypoints.web.admin.door import enter
from entrypoints.web.forgery import verify_form
from entrypoints.web.pages import blog, feeds, home, media, pages, share, site, users

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
        pages.preview,
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
        desk_blog.index,
        desk_blog.new,
        desk_blog.create,
        desk_blog.edit,
        desk_blog.update,
        desk_blog.preview,
        desk_blog.preview_text,
        desk_blog.publication,
        desk_blog.withdrawal,
        desk_blog.trash,
        desk_media.index,
        desk_media.create,
        desk_media_file.edit,
        desk_media_file.update,
        desk_media_file.replacement,
        desk_media_file.deletion,
        desk_site.edit,
        desk_site.update,
    ],
    before_request=enter,
    include_in_schema=False,
)
web_routes = [_reading, _desk]
