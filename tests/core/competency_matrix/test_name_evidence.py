from core.access import Action
from core.competency_matrix.use_cases.name_evidence import NameEvidence
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import draft, published


async def test_drafts_are_named_to_those_who_may_read_them(house: House) -> None:
    public, hidden = house.has_post(published()), house.has_post(draft("hidden", by=Role.EDITOR))
    names = [public.id, hidden.slug, "nowhere"]

    house.admits(Role.EDITOR)
    assert {link.post_id for link in await house.make(NameEvidence)(names)} == {public.id, hidden.id}

    house.admits(Role.AUTHOR)
    assert [link.post_id for link in await house.make(NameEvidence)(names)] == [public.id]


async def test_nobody_is_asked_for_nothing(house: House) -> None:
    house.admits(Role.EDITOR)

    assert list(await house.make(NameEvidence)([])) == []


async def test_who_is_refused_writing_learns_nothing(house: House) -> None:
    house.admits(Role.EDITOR)
    house.forbids(Action.DRAFT_QUESTION)

    with house.refuses(Forbidden):
        await house.make(NameEvidence)(["hello"])


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(NameEvidence)(["hello"])
