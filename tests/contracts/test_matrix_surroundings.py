"""SurroundingsStorage, as far as it knows the matrix."""

from datetime import timedelta

from core.markdown import LinkTarget
from tests.contracts.blog_posts import a_post
from tests.contracts.blog_posts import add as add_posts
from tests.contracts.conftest import Storages
from tests.contracts.matrix import a_question, a_sheet, add, said
from tests.contracts.test_surroundings import look
from tests.core.fakes.clock import SetClock


async def test_questions_are_told_by_their_own_words_and_whether_they_can_be_read(
    storages: Storages, clock: SetClock
) -> None:
    now = clock.now()
    both = {"ru": said("Что такое DNS?"), "en": said("What is DNS?")}
    await add(
        storages,
        a_question("dns", lang="ru", wordings=both, published_at=now),
        a_question("hidden", is_public=False),
        a_question("soon", published_at=now + timedelta(hours=1)),
        a_question("gone", trashed_at=now),
    )
    await add_posts(storages, a_post("dns", title="A post", published_at=now))

    found = await look(storages, "matrix:dns", "matrix:hidden", "matrix:soon", "matrix:gone", "matrix:none", "post:dns")

    assert found == {
        "matrix:dns": LinkTarget(url="/matrix/python/dns", title="Что такое DNS?"),
        "matrix:hidden": LinkTarget(url="/matrix/python/hidden", title="What about hidden?", is_public=False),
        "matrix:soon": LinkTarget(url="/matrix/python/soon", title="What about soon?", is_public=False),
        "post:dns": LinkTarget(url="/blog/dns", title="A post"),
    }
    clock.pass_(hours=2)
    assert (await look(storages, "matrix:soon"))["matrix:soon"].is_public


async def test_questions_that_moved_are_found_under_their_old_names(storages: Storages) -> None:
    web = await storages.sheets.add(a_sheet("web", ("net", ("dns",))))
    await add(
        storages,
        a_question("moved", sheet_id=web.id, subsection_id="dns", former_slugs=("old", "taken")),
        a_question("taken"),
    )

    found = await look(storages, "matrix:old", "matrix:taken", "matrix:moved")

    assert {name: target.url for name, target in found.items()} == {
        "matrix:old": "/matrix/web/moved",
        "matrix:moved": "/matrix/web/moved",
        "matrix:taken": "/matrix/python/taken",
    }
