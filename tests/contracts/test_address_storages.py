"""RedirectStorage and PreviewLinkStorage."""

from dataclasses import replace
from datetime import timedelta

from core.blog.addresses import PreviewLink, Redirect, new_preview_link
from core.blog.entities import PostKind
from core.blog.storage import PostLink
from tests.contracts.blog_posts import NOW, a_post, add
from tests.contracts.conftest import Storages


async def url_of(storages: Storages, path: str) -> str | None:
    found = await storages.redirects.find(path, now=NOW)
    return found.url if found else None


async def test_an_old_address_leads_to_the_post_as_it_is_now(storages: Storages) -> None:
    post = a_post("now", kind=PostKind.PAGE, title="Title")
    await add(storages, post)
    await storages.redirects.point("/pages/before", post.id)
    await storages.transaction.commit()

    link = PostLink(
        id=post.id, kind=PostKind.PAGE, slug="now", title="Title", lang="en", published_at=post.published_at
    )
    assert await storages.redirects.find("/pages/before", now=NOW) == Redirect(path="/pages/before", post=link)
    await storages.posts.save(replace(post, slug="moved"))
    assert await url_of(storages, "/pages/before") == "/pages/moved"
    assert await storages.redirects.find("/pages/befor", now=NOW) is None
    assert await storages.redirects.find("/pages/before\x00", now=NOW) is None


async def test_an_old_address_tells_nothing_of_what_cannot_be_read(storages: Storages) -> None:
    post = a_post(is_public=False)
    await add(storages, post)
    await storages.redirects.point("/?p=1", post.id)

    assert await url_of(storages, "/?p=1") is None


async def test_an_address_leads_where_it_was_last_pointed(storages: Storages) -> None:
    one, two = a_post("one"), a_post("two")
    await add(storages, one, two)
    await storages.redirects.point("/old", one.id)
    await storages.redirects.point("/old", two.id)
    assert await url_of(storages, "/old") == "/blog/two"

    await storages.redirects.forward("/old", "/blog/tags/x")
    assert await storages.redirects.find("/old", now=NOW) == Redirect(path="/old", target="/blog/tags/x")

    await storages.redirects.drop("/old")
    await storages.redirects.drop("/never")
    assert await url_of(storages, "/old") is None


async def test_forwarding_stays_one_hop(storages: Storages) -> None:
    await storages.redirects.forward("/a", "/b")
    await storages.redirects.forward("/b", "/c")

    assert [await url_of(storages, path) for path in ("/a", "/b", "/c")] == ["/c", "/c", None]


async def test_there_and_back_is_no_circle(storages: Storages) -> None:
    await storages.redirects.forward("/a", "/b")
    await storages.redirects.forward("/b", "/a")
    await storages.redirects.forward("/c", "/c")

    assert [await url_of(storages, path) for path in ("/a", "/b", "/c")] == [None, "/a", None]


def ids(links: object) -> list[str]:
    return [link.id for link in links]  # type: ignore[attr-defined]  # links


async def test_a_preview_link_comes_back_and_is_revoked_once(storages: Storages) -> None:
    post = a_post()
    await add(storages, post)
    link = new_preview_link(post.id, by="Anna", at=NOW)
    await storages.previews.add(link)
    await storages.transaction.commit()

    assert await storages.previews.find(link.id) == link
    assert await storages.previews.find("nobody") is None
    await storages.previews.revoke(link.id, at=NOW)
    await storages.previews.revoke(link.id, at=NOW + timedelta(days=1))
    assert await storages.previews.find(link.id) == replace(link, revoked_at=NOW)


async def test_links_of_a_post_are_remembered_for_a_month_after_their_end(storages: Storages) -> None:
    post, other = a_post(), a_post("other")
    await add(storages, post, other)

    def link(name: str, *, days_ago: int, lasts: int = 7) -> PreviewLink:
        return replace(new_preview_link(post.id, by="A", at=NOW - timedelta(days=days_ago), days=lasts), id=name)

    gone = replace(link("revoked long ago", days_ago=40, lasts=90), revoked_at=NOW - timedelta(days=31))
    revoked = replace(link("revoked", days_ago=39, lasts=90), revoked_at=NOW - timedelta(days=29))
    for one in (
        link("expired", days_ago=37),
        link("valid", days_ago=1),
        link("expired long ago", days_ago=38),
        gone,
        revoked,
        replace(link("foreign", days_ago=1), post_id=other.id),
    ):
        await storages.previews.add(one)

    assert ids(await storages.previews.list_of(post.id, now=NOW)) == ["valid", "expired", "revoked"]


async def test_old_addresses_are_listed_by_the_text_that_they_lead_to(storages: Storages) -> None:
    one, two, plain = a_post("one"), a_post("two", is_public=False), a_post("plain")
    await add(storages, one, two, plain)
    for path, post in (("/a", one), ("/b", one), ("/?p=1", two)):
        await storages.redirects.point(path, post.id)
    await storages.redirects.forward("/blog/tags/x", "/blog/tags/y")

    found = await storages.redirects.list_old()

    assert {post_id: sorted(paths) for post_id, paths in found.items()} == {one.id: ["/a", "/b"], two.id: ["/?p=1"]}
