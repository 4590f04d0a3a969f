from typing import Any

import pytest

from core.access import Action
from core.contacts.form import ContactWishes, ExtraField, FieldKind
from core.contacts.use_cases.edit_contacts import EditContacts
from core.errors import Forbidden, Invalid, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role, UserId
from core.tasks import TaskKind
from tests.core.contacts_house import ContactsHouse
from tests.core.makers import NOW

FIRM = ExtraField(key="", label=" Your  firm ", choices=("left", "over"))
TOPIC = ExtraField(key="topic", label="Topic", kind=FieldKind.CHOICE, choices=("A", "B", "A", ""))


async def test_owner_decides_what_the_form_asks(house: ContactsHouse) -> None:
    house.admits(Role.OWNER)
    wanted = ContactWishes(
        fields=(TOPIC, FIRM, FIRM, ExtraField(key="", label="Ё")),
        consent=" I agree. ",
        retention_days=30,
        tells_owners=False,
        told=(UserId("author"), UserId("author")),
    )

    saved = await house.make(EditContacts)(wanted, lang="en", expected=1)

    assert house.kept(house.forms) == saved
    assert [(field.key, field.label, field.choices) for field in saved.fields] == [
        ("topic", "Topic", ("A", "B")),
        ("your-firm", "Your firm", ()),
        ("your-firm-2", "Your firm", ()),
        ("field", "Ё", ()),
    ]
    assert (saved.consent, saved.consent_html, saved.told, saved.version) == (
        "I agree.",
        "<p>I agree.</p>",
        ("author",),
        2,
    )
    [recorded] = house.kept(house.audit)
    assert (recorded.action, recorded.after["retention_days"]) == (Action.EDIT_CONTACTS, "30")
    [task] = house.kept(house.tasks).values()
    assert (task.kind, task.due_at) == (TaskKind.EXPIRE_MESSAGES, NOW)


async def test_a_longer_stay_needs_no_erasing(house: ContactsHouse) -> None:
    house.admits(Role.OWNER)

    await house.make(EditContacts)(ContactWishes(retention_days=1000), lang="en")

    assert house.kept(house.tasks) == {}


async def test_saving_what_stands_changes_nothing(house: ContactsHouse) -> None:
    house.admits(Role.OWNER)

    with house.changes_nothing():
        assert await house.make(EditContacts)(ContactWishes(), lang="en") == house.forms.kept


async def test_who_left_the_site_may_stay_among_those_who_are_told(house: ContactsHouse) -> None:
    house.has_form(told=(UserId("gone"),))
    house.admits(Role.OWNER)

    saved = await house.make(EditContacts)(ContactWishes(told=(UserId("gone"),), is_open=False), lang="en")

    assert not saved.is_open


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"fields": (ExtraField(key="", label=" "),)}, ["fields.0.label"]),
        ({"fields": (ExtraField(key="a b", label="x" * 101),)}, ["fields.0.label", "fields.0.key"]),
        ({"fields": (ExtraField(key="", label="T", kind=FieldKind.CHOICE, choices=("A",)),)}, ["fields.0.choices"]),
        (
            {"fields": (ExtraField(key="", label="T", kind=FieldKind.CHOICE, choices=("A", "b" * 101)),)},
            ["fields.0.choices"],
        ),
        ({"fields": (TOPIC, TOPIC)}, ["fields"]),
        ({"fields": (FIRM,) * 9}, ["fields"]),
        ({"consent": "x" * 2001, "retention_days": 6}, ["consent", "retention_days"]),
        ({"told": (UserId("nobody"),)}, ["told"]),
    ],
)
async def test_what_is_wrong_is_named(house: ContactsHouse, change: dict[str, Any], fields: list[str]) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid) as refused:
        await house.make(EditContacts)(ContactWishes(**change), lang="en")
    assert isinstance(refused.value, Invalid)
    assert [problem.field for problem in refused.value.problems] == fields


async def test_who_saw_an_older_version_is_told(house: ContactsHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(StaleVersion):
        await house.make(EditContacts)(ContactWishes(is_open=False), lang="en", expected=2)


@pytest.mark.parametrize(("role", "error"), [(Role.MODERATOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_is_not_the_owner_is_refused(house: ContactsHouse, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(EditContacts)(ContactWishes(is_open=False), lang="en")
