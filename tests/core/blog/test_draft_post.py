from dataclasses import replace

import pytest

from core.access import Action
from core.blog.entities import Post, PostStatus
from core.blog.errors import SlugTaken, TranslationTaken, UnknownTranslation
from core.blog.use_cases.draft_post import DraftPost
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from tests.core.fakes.blog import MemoryPosts
from tests.core.house import House, somebody
from tests.core.makers import TEXT
from tests.core.makers import draft as a_draft


def draft(house: House) -> DraftPost:
    return DraftPost(
        access=house.access,
        posts=house.posts,
        typesetter=house.typesetter,
        consequences=house.consequences,
        slugs=house.slugs,
        clock=house.clock,
        transaction=house.transaction,
    )


async def test_contributor_drafts_a_post_in_her_own_name(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    post = await draft(house)(replace(TEXT, tags=(" Python ", "python")))

    assert house.kept(house.posts) == {post.id: post}
    assert post.status(house.clock.now()) is PostStatus.DRAFT
    assert (post.slug, post.html, post.tags) == ("hello", "<p>Hello world</p>", ("python",))
    assert (post.author_id, post.author_name) == (somebody(Role.CONTRIBUTOR).user_id, "Contributor")


async def test_a_draft_gets_the_slug_that_was_asked_for(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    assert (await draft(house)(replace(TEXT, slug="my-word"))).slug == "my-word"


async def test_the_connection_rests_while_markdown_is_rendered(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    await draft(house)(TEXT)

    assert house.transaction.rests == 1


async def test_a_draft_under_the_slug_of_another_is_refused(house: House) -> None:
    house.has_post(a_draft("taken"))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(SlugTaken):
        await draft(house)(replace(TEXT, slug="taken"))


class Crowded(MemoryPosts):
    """Somebody takes the first address between finding it free and writing."""

    def __init__(self, rival: Post) -> None:
        super().__init__()
        self.rival: Post | None = rival

    async def add(self, post: Post) -> None:
        if self.rival is not None:
            rival, self.rival = self.rival, None
            await super().add(rival)
        await super().add(post)


async def test_an_address_taken_at_the_same_moment_is_counted_on(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    post = await replace(draft(house), posts=Crowded(replace(a_draft(), slug="hello")))(TEXT)

    assert post.slug == "hello-2"


async def test_an_asked_address_taken_at_the_same_moment_is_refused(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    with pytest.raises(SlugTaken):
        await replace(draft(house), posts=Crowded(replace(a_draft(), slug="hello")))(replace(TEXT, slug="hello"))


async def test_an_unusable_draft_is_refused(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Invalid):
        await draft(house)(replace(TEXT, lang="tlh"))

    assert house.markdown.renders == 0


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MODERATOR])
async def test_who_may_not_write_drafts_nothing(house: House, role: Role) -> None:
    house.admits(role)

    with house.refuses(Forbidden):
        await draft(house)(TEXT)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await draft(house)(TEXT)


async def test_a_site_that_departs_from_the_policy_is_obeyed(house: House) -> None:
    house.admits(Role.OWNER)
    house.forbids(Action.DRAFT_POST)

    with house.refuses(Forbidden):
        await draft(house)(TEXT)


async def test_a_draft_of_a_translation_of_nothing_is_refused(house: House) -> None:
    house.admits(Role.AUTHOR)

    with house.refuses(UnknownTranslation):
        await draft(house)(replace(TEXT, translation_of="nowhere"))


async def test_a_second_text_in_the_same_language_is_refused(house: House) -> None:
    original = house.has_post(a_draft())
    house.admits(Role.AUTHOR)

    with house.refuses(TranslationTaken):
        await draft(house)(replace(TEXT, slug="again", translation_of=original.slug))
