"""Share images: what other places show beside a link to a post or page."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get
from litestar.params import FromPath

from core.blog.entities import PostKind
from core.blog.errors import PostNotFound
from core.blog.use_cases.draw_share_image import DrawShareImage
from entrypoints.web.rendering import Page, Pages

EXTENSION = ".png"


@get("/share/{kind:str}/{name:str}")
@inject
async def image(
    kind: FromPath[str], name: FromPath[str], draw: FromDishka[DrawShareImage], pages: FromDishka[Pages]
) -> Page:
    if kind not in {known.value for known in PostKind} or not name.endswith(EXTENSION):
        raise PostNotFound
    drawn = await draw(
        PostKind(kind),
        name.removesuffix(EXTENSION),
        site_id=pages.facts.tenant.id,
        site=pages.settings.title,
        accent=pages.settings.accent,
    )
    return pages.public(drawn, media_type="image/png")
