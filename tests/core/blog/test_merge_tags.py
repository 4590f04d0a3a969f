import pytest

from core.blog.errors import TagNotFound
from core.blog.use_cases.merge_tags import MergeTags
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft, published


def merge(house: House) -> MergeTags:
    return MergeTags(
        access=house.access,
        posts=house.posts,
        redirects=house.redirects,
        clock=house.clock,
        transaction=house.transaction,
    )


async def where(house: House, path: str) -> str | None:
    found = await house.redirects.find(path, now=NOW)
    return found.url if found else None


async def test_editor_gives_a_tag_another_name_and_its_old_address_leads_to_the_new(house: House) -> None:
    post = house.has_post(draft(tags=("база", "x")))
    house.admits(Role.EDITOR)

    assert await merge(house)(["база"], into=" Базы данных ") == 1

    assert house.kept(house.posts)[post.id].tags == ("базы-данных", "x")
    assert await where(house, "/blog/tags/база") == "/blog/tags/базы-данных"
    assert await where(house, "/blog/tags/база/feed.atom") == "/blog/tags/базы-данных/feed.atom"


async def test_several_tags_become_one_without_doubles(house: House) -> None:
    one, two = house.has_post(draft("a", tags=("js", "web"))), house.has_post(published("b", tags=("ecma", "js")))
    house.admits(Role.OWNER)

    assert await merge(house)(["js", "ecma", "javascript"], into="javascript") == 2

    kept = house.kept(house.posts)
    assert (kept[one.id].tags, kept[two.id].tags) == (("javascript", "web"), ("javascript",))
    assert (kept[one.id].version, kept[two.id].version) == (2, 2)


async def test_a_tag_that_comes_back_is_its_own_address_again(house: House) -> None:
    house.has_post(draft(tags=("one",)))
    house.admits(Role.EDITOR)

    await merge(house)(["one"], into="two")
    await merge(house)(["two"], into="one")

    assert await where(house, "/blog/tags/one") is None
    assert await where(house, "/blog/tags/two") == "/blog/tags/one"


async def test_chains_are_one_hop_also_for_tags_that_an_address_must_escape(house: House) -> None:
    house.has_post(draft(tags=("c",)))
    house.admits(Role.EDITOR)

    await merge(house)(["c"], into="c#")
    assert await where(house, "/blog/tags/c") == "/blog/tags/c%23"
    await merge(house)(["c#"], into="csharp")

    assert await where(house, "/blog/tags/c") == "/blog/tags/csharp"
    assert await where(house, "/blog/tags/c#") == "/blog/tags/csharp"


async def test_the_same_name_changes_nothing(house: House) -> None:
    house.has_post(draft(tags=("one",)))
    house.admits(Role.EDITOR)

    with house.changes_nothing():
        assert await merge(house)(["one"], into="One") == 0


async def test_a_tag_that_no_text_has_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(TagNotFound):
        await merge(house)(["none"], into="one")


@pytest.mark.parametrize("name", ["", "  ", "a/b", "x" * 41])
async def test_what_is_no_tag_is_invalid(house: House, name: str) -> None:
    house.has_post(draft(tags=("one",)))
    house.admits(Role.EDITOR)

    with house.refuses(Invalid) as refused:
        await merge(house)(["one"], into=name)
    error = refused.value
    assert isinstance(error, Invalid)
    assert [problem.field for problem in error.problems] == ["into"]


async def test_author_may_not_change_the_tags_of_all(house: House) -> None:
    house.has_post(draft(tags=("one",)))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await merge(house)(["one"], into="two")


async def test_a_refused_visitor_learns_nothing(house: House) -> None:
    with house.refuses(Unauthenticated):
        await merge(house)(["one"], into="two")
