from core.blog.use_cases.schedule_rendering import ScheduleRendering
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.rendering import OUTDATED
from core.tasks import TaskKind
from tests.core.house import House
from tests.core.makers import NOW, draft


def schedule(house: House) -> ScheduleRendering:
    return ScheduleRendering(
        access=house.access,
        posts=house.posts,
        markdown=house.markdown,
        tasks=house.tasks,
        clock=house.clock,
        transaction=house.transaction,
    )


async def test_after_an_update_old_texts_are_rendered_by_the_runner(house: House) -> None:
    house.has_post(draft())
    house.markdown.version = 2
    house.admits(Role.OPERATOR)

    assert await schedule(house)()

    (task,) = house.kept(house.tasks).values()
    assert (task.kind, task.subject, task.due_at) == (TaskKind.RENDER_AGAIN, OUTDATED, NOW)


async def test_a_site_whose_texts_are_all_of_this_release_is_left_alone(house: House) -> None:
    house.has_post(draft())
    house.admits(Role.OPERATOR)

    with house.changes_nothing():
        assert not await schedule(house)()


async def test_owner_may_not_ask_for_it(house: House) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Forbidden):
        await schedule(house)()


async def test_a_refused_visitor_changes_nothing(house: House) -> None:
    with house.refuses(Unauthenticated):
        await schedule(house)()
