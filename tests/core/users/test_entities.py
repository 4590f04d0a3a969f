"""Sessions, invitations and what people type about themselves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.identity import Role, UserId
from core.limits import Client
from core.users.entities import (
    ABSOLUTE_LIFE,
    IDLE_LIFE,
    Invitation,
    InvitationId,
    Session,
    SessionKind,
    email_problem,
    name_problem,
    new_invitation_id,
    new_session,
    normalised_email,
    password_problem,
    role_problem,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def session() -> Session:
    return new_session(UserId("anna"), SessionKind.API, Client(key="here", user_agent="curl"), NOW)


def test_a_session_ends_after_thirty_idle_days() -> None:
    assert session().is_live(NOW + IDLE_LIFE - SECOND)
    assert not session().is_live(NOW + IDLE_LIFE)


def test_a_session_ends_after_ninety_days_however_busy() -> None:
    busy = replace(session(), seen_at=NOW + ABSOLUTE_LIFE - SECOND)

    assert busy.is_live(NOW + ABSOLUTE_LIFE - SECOND)
    assert not busy.is_live(NOW + ABSOLUTE_LIFE)


def test_being_seen_is_noted_once_an_hour() -> None:
    assert session().seen(NOW + timedelta(minutes=59)).seen_at == NOW
    assert session().seen(NOW + timedelta(minutes=60)).seen_at == NOW + timedelta(minutes=60)


def test_a_session_belongs_to_its_user() -> None:
    assert session().owner_id == "anna"


def test_refreshing_counts() -> None:
    refreshed = session().refreshed(0, NOW)

    assert refreshed is not None
    assert refreshed.generation == 1


def test_a_repeated_refresh_within_twenty_seconds_gives_the_same_successor() -> None:
    refreshed = session().refreshed(0, NOW)
    assert refreshed is not None

    assert refreshed.refreshed(0, NOW + timedelta(seconds=20)) is refreshed


def test_a_later_reuse_gives_nothing() -> None:
    refreshed = session().refreshed(0, NOW)
    assert refreshed is not None

    assert refreshed.refreshed(0, NOW + timedelta(seconds=21)) is None


def test_a_much_older_token_gives_nothing_at_once() -> None:
    first = session().refreshed(0, NOW)
    assert first is not None
    second = first.refreshed(1, NOW)
    assert second is not None

    assert second.refreshed(0, NOW) is None
    assert session().refreshed(-1, NOW) is None


def test_a_user_agent_is_kept_short() -> None:
    assert (
        len(new_session(UserId("anna"), SessionKind.BROWSER, Client(key="here", user_agent="x" * 999), NOW).user_agent)
        == 200
    )


def invitation() -> Invitation:
    return Invitation(
        id=InvitationId("i"),
        email="anna@example.org",
        name="",
        role=Role.OWNER,
        created_at=NOW,
        expires_at=NOW + timedelta(days=7),
    )


def test_an_invitation_is_open_until_it_is_used_revoked_or_old() -> None:
    assert invitation().is_open(NOW)
    assert not invitation().is_open(NOW + timedelta(days=7))
    assert not invitation().accept(NOW).is_open(NOW)
    assert not replace(invitation(), revoked_at=NOW).is_open(NOW)


def test_ids_do_not_repeat() -> None:
    assert new_invitation_id() != new_invitation_id()


@pytest.mark.parametrize("email", ["anna@example.org", "a+b@пример.рф"])
def test_usable_addresses(email: str) -> None:
    assert email_problem(email) is None


@pytest.mark.parametrize("email", ["", "anna", "@", "a b@c", "a@b@c", "a@" + "b" * 260, "a@b\n"])
def test_unusable_addresses(email: str) -> None:
    assert email_problem(email) is not None


def test_addresses_are_compared_in_small_letters() -> None:
    assert normalised_email("  Anna@Example.ORG ") == "anna@example.org"


def test_names_and_passwords_have_bounds() -> None:
    assert name_problem("Anna") is None
    assert name_problem("  ") is not None
    assert name_problem("x" * 101) is not None
    assert password_problem("a" * 10) is None
    assert password_problem("a" * 9) is not None
    assert password_problem("a" * 201) is not None


def test_nobody_becomes_operator_or_visitor() -> None:
    assert role_problem(Role.EDITOR) is None
    assert role_problem(Role.OPERATOR) is not None
    assert role_problem(Role.VISITOR) is not None
