from dataclasses import replace

from core.blog.entities import PostId, PostKind
from core.blog.errors import PostNotFound
from core.blog.readiness import Severity
from core.blog.use_cases.show_readiness import ShowReadiness
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.markdown import Finding, FindingKind
from tests.core.house import House
from tests.core.makers import draft

ALT = Finding(kind=FindingKind.MISSING_ALT, line=3, subject="/media/cat.webp")


def show(house: House) -> ShowReadiness:
    return ShowReadiness(access=house.access, posts=house.posts)


async def test_author_learns_what_her_draft_lacks(house: House) -> None:
    post = house.has_post(replace(draft(title="", cover="cat.webp"), findings=(ALT,)))
    house.admits(Role.AUTHOR)

    items = await show(house)(post.id)

    assert [(item.code, item.field, item.line) for item in items] == [
        ("no_title", "title", None),
        ("no_description", "description", None),
        ("missing_alt", "cover_alt", None),
        ("missing_alt", "body", 3),
    ]
    assert [item.severity for item in items] == [Severity.ERROR, *[Severity.WARNING] * 3]


async def test_an_empty_text_cannot_be_published(house: House) -> None:
    post = house.has_post(draft(body=" "))
    house.admits(Role.EDITOR)

    assert "no_text" in {item.code for item in await show(house)(post.id)}


async def test_a_page_is_no_post(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.OWNER)

    with house.refuses(PostNotFound):
        await show(house)(post.id, kind=PostKind.PAGE)
    with house.refuses(PostNotFound):
        await show(house)(PostId("nothing"))


async def test_a_refused_author_learns_nothing_of_anothers_draft(house: House) -> None:
    post = house.has_post(draft(by=Role.OWNER))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await show(house)(post.id)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    post = house.has_post(draft())

    with house.refuses(Unauthenticated):
        await show(house)(post.id)
