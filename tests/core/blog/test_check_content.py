from dataclasses import replace

from core.blog.entities import Post, PostKind
from core.blog.use_cases import check_content
from core.blog.use_cases.check_content import CheckContent
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from core.markdown import Finding, FindingKind
from tests.core.house import House
from tests.core.makers import draft, published


def check(house: House) -> CheckContent:
    return CheckContent(access=house.access, posts=house.posts, clock=house.clock)


def lacking(post: Post, kind: FindingKind) -> Post:
    return replace(post, description="Said.", findings=(Finding(kind=kind, line=3, subject="post:gone"),))


async def test_the_operator_learns_what_published_texts_lack(house: House) -> None:
    whole = house.has_post(replace(published("whole"), description="Said."))
    broken = house.has_post(lacking(replace(published("broken"), kind=PostKind.PAGE), FindingKind.BROKEN_LINK))
    careless = house.has_post(lacking(published("careless"), FindingKind.MISSING_ALT))
    house.has_post(draft("draft"))
    house.admits(Role.EDITOR)

    found = await check(house)()

    told = {text.post.id: ([item.code for item in text.items], text.is_broken) for text in found.items}
    assert told == {
        whole.id: ([], False),
        broken.id: (["broken_link"], True),
        careless.id: (["missing_alt"], False),
    }


async def test_drafts_are_looked_at_when_asked_for_and_their_errors_count(house: House) -> None:
    house.has_post(draft(title=""))
    house.admits(Role.AUTHOR)

    (text,) = (await check(house)(has_drafts=True)).items

    assert text.is_broken
    assert [item.code for item in text.items] == ["no_title", "no_description"]


async def test_a_batch_leads_to_the_next(house: House) -> None:
    for number in range(check_content.BATCH + 1):
        house.has_post(published(f"post-{number:03}"))
    house.admits(Role.EDITOR)

    first = await check(house)()
    rest = await check(house)(cursor=first.next_cursor)

    assert (len(first.items), len(rest.items), rest.next_cursor) == (check_content.BATCH, 1, None)


async def test_author_sees_only_her_own(house: House) -> None:
    house.has_post(published("anothers", by=Role.CONTRIBUTOR))
    house.admits(Role.AUTHOR)

    assert (await check(house)()).items == []


async def test_a_cursor_of_somebody_elses_making_is_invalid(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(Invalid):
        await check(house)(cursor="nonsense")


async def test_moderator_may_not_look_at_drafts(house: House) -> None:
    house.admits(Role.MODERATOR)

    with house.refuses(Forbidden):
        await check(house)()


async def test_a_refused_visitor_learns_nothing(house: House) -> None:
    with house.refuses(Unauthenticated):
        await check(house)()
