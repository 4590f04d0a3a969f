from dataclasses import replace

from core.access import Action
from core.blog.entities import PostKind
from core.blog.errors import PostNotFound
from core.blog.use_cases.draw_share_image import DrawShareImage
from core.errors import Unauthenticated
from core.identity import Role
from core.share import ShareCard
from tests.core.house import House
from tests.core.makers import draft, published

SITE = {"site_id": "id", "site": "Anna", "accent": "#c2410c"}


class FakeShareImages:
    async def draw(self, card: ShareCard) -> bytes:
        return f"{card.site}: {card.title} / {card.detail}".encode()


def draw(house: House) -> DrawShareImage:
    return DrawShareImage(
        access=house.access,
        posts=house.posts,
        images=FakeShareImages(),
        clock=house.clock,
        transaction=house.transaction,
    )


async def test_anybody_gets_the_picture_of_a_post(house: House) -> None:
    house.has_post(published("hello"))

    assert await draw(house)(PostKind.POST, "hello", **SITE) == b"Anna: Hello / Author"
    assert house.transaction.rests == 1


async def test_a_page_names_no_author(house: House) -> None:
    house.has_post(replace(published("about"), kind=PostKind.PAGE))

    assert await draw(house)(PostKind.PAGE, "about", **SITE) == b"Anna: Hello / "


async def test_what_cannot_be_read_has_no_picture(house: House) -> None:
    house.has_post(draft("hidden"))

    for slug in ("hidden", "nothing"):
        with house.refuses(PostNotFound):
            await draw(house)(PostKind.POST, slug, **SITE)


async def test_a_refused_visitor_gets_no_picture(house: House) -> None:
    house.has_post(published("hello"))
    house.admits(Role.VISITOR)
    house.forbids(Action.READ_POST)

    with house.refuses(Unauthenticated):
        await draw(house)(PostKind.POST, "hello", **SITE)
