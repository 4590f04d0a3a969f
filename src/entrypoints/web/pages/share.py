"""Share images: what other places show beside a link to a post, a page or a question."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get
from litestar.params import FromPath

from core.blog.entities import PostKind
from core.blog.errors import PostNotFound
from core.blog.use_cases.draw_share_image import DrawShareImage
from core.competency_matrix.use_cases.draw_question_share import DrawQuestionShare
from entrypoints.web.pages.matrix.asking import refuse_where_closed
from entrypoints.web.rendering import Page, Pages

EXTENSION = ".png"
QUESTION = "question"


@get("/share/{kind:str}/{name:str}")
@inject
async def image(
    kind: FromPath[str],
    name: FromPath[str],
    draw: FromDishka[DrawShareImage],
    draw_question: FromDishka[DrawQuestionShare],
    pages: FromDishka[Pages],
) -> Page:
    if not name.endswith(EXTENSION):
        raise PostNotFound
    slug, site = name.removesuffix(EXTENSION), pages.settings
    looks = {"site_id": pages.facts.tenant.id, "site": site.title, "accent": site.accent}
    if kind == QUESTION:
        refuse_where_closed(site)
        drawn = await draw_question(slug, **looks)
    elif kind in {known.value for known in PostKind}:
        drawn = await draw(PostKind(kind), slug, **looks)
    else:
        raise PostNotFound
    return pages.public(drawn, media_type="image/png")
