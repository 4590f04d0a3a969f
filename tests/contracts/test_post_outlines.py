"""PostStorage, as an export reads it."""

from core.blog.entities import PostId, PostKind
from core.blog.storage import PostOutline
from tests.contracts.blog_posts import NOW, a_post, add, slugs
from tests.contracts.conftest import Storages


async def test_outlines_are_of_all_that_is_not_in_the_trash(storages: Storages) -> None:
    post = a_post("one")
    page = a_post("two", kind=PostKind.PAGE, is_public=False, lang="ru", group_id=post.id)
    await add(storages, post, page, a_post("gone", trashed_at=NOW))

    found = sorted(await storages.posts.list_outlines(), key=lambda outline: outline.slug)

    assert found == [
        PostOutline(id=post.id, kind=PostKind.POST, slug="one", lang="en", group_id=post.id, created_at=NOW),
        PostOutline(id=page.id, kind=PostKind.PAGE, slug="two", lang="ru", group_id=post.id, created_at=NOW),
    ]


async def test_many_come_whole(storages: Storages) -> None:
    one, two, gone = a_post("one"), a_post("two"), a_post("gone", trashed_at=NOW)
    await add(storages, one, two, gone, a_post("other"))

    found = await storages.posts.list_many([two.id, one.id, gone.id, PostId("nobody")])

    assert sorted(slugs(found)) == ["one", "two"]
    assert {post.body for post in found} == {"**Words**"}
    assert await storages.posts.list_many([]) == []


async def test_a_text_is_found_by_its_own_name_and_by_the_one_it_came_with(storages: Storages) -> None:
    native, moved, gone = a_post("native"), a_post("moved", origin="terrace:elsewhere"), a_post("gone", trashed_at=NOW)
    await add(storages, native, moved, gone)
    asked = [f"terrace:{native.id}", "terrace:elsewhere", f"terrace:{gone.id}", "terrace:nobody", "terrace:\x00", ""]

    found = await storages.posts.list_origins(asked)

    assert {origin: link.slug for origin, link in found.items()} == {
        f"terrace:{native.id}": "native",
        "terrace:elsewhere": "moved",
        f"terrace:{gone.id}": "gone",
    }
