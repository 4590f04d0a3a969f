"""People, oneself, and the ways to a new password: with everything, and with as little as there may be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from entrypoints.web import views

NOW = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
ROLES = (views.Choice(value="author", label="Author"), views.Choice(value="editor", label="Editor"))
PERSON = views.PersonItem(
    id="ab",
    name="Igor",
    email="igor@example.org",
    role="Author",
    is_disabled=False,
    is_oneself=True,
    seen_at=NOW,
    created_at=NOW,
    has_factor=True,
)
STRANGER = replace(PERSON, id="cd", is_oneself=False, is_disabled=True, seen_at=None)
INVITED = views.InvitationItem(
    id="ef", email="olga@example.org", name="Olga", role="Author", expires_at=NOW, is_expired=False, url="https://x/i"
)
REFUSED = views.Form(values={"email": "a@b.c", "role": "editor"}, errors={"email": "No.", "role": "No."}, message="No.")
Pair = tuple[str, str, object, object]


def pairs() -> Iterator[Pair]:
    everybody = views.PeoplePage(
        people=(PERSON, STRANGER),
        invitations=(INVITED, replace(INVITED, id="gh", is_expired=True, name="")),
        roles=ROLES,
        form=REFUSED,
        may_invite=True,
        may_revoke=True,
    )
    yield "admin/users/index.html", "/admin/users", everybody, views.PeoplePage(people=(STRANGER,))
    one = views.PersonPage(
        person=PERSON,
        roles=ROLES,
        form=replace(REFUSED, errors={"role": "No.", "heir": "No."}),
        heirs=(views.HeirChoice(id="cd", name="Anna"),),
        posts=2,
        questions=1,
        files=5,
        may_set_role=True,
        may_disable=True,
        may_delete=True,
        may_reset_factors=True,
    )
    yield (
        "admin/users/show.html",
        "/admin/users/ab",
        one,
        views.PersonPage(person=STRANGER, roles=(), form=views.Form(), may_disable=True),
    )
    typed = views.Form(values={"name": "Olga", "links-0-label": "Code", "links-0-url": "x"}, errors={"name": "No."})
    oneself = views.ProfilePage(
        form=typed,
        credentials=views.Form(
            errors={"current_password": "No.", "password": "No.", "email": "No.", "email_password": "No."}
        ),
        email="olga@example.org",
        role="Author",
        locales=ROLES,
        password_length=10,
    )
    yield (
        "admin/profile/edit.html",
        "/admin/profile",
        oneself,
        replace(oneself, form=views.Form(), credentials=views.Form()),
    )
    here = views.SessionItem(
        id="ab", device="Firefox, Linux", is_here=True, is_near=True, is_program=False, created_at=NOW, seen_at=NOW
    )
    program = replace(here, id="cd", device="", is_here=False, is_near=False, is_program=True)
    yield (
        "admin/profile/sessions.html",
        "/admin/profile/sessions",
        views.SessionsPage(sessions=(here, program), has_others=True),
        views.SessionsPage(sessions=(here,), has_others=False),
    )
    yield "password_reset/new.html", "/password-reset", views.ResetRequestPage(form=REFUSED), views.ResetRequestPage()
    reset = views.PasswordResetPage(
        action="/password-reset/x", email="a@b.c", password_length=10, tokens=2, form=REFUSED
    )
    yield "password_reset/edit.html", "/password-reset/x", reset, replace(reset, form=views.Form())
    change = views.EmailChangePage(action="/email-change/x", email="a@b.c", form=REFUSED)
    yield "password_reset/email.html", "/email-change/x", change, replace(change, form=views.Form())
