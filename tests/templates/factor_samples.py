"""Second factors: all that somebody can have, and nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from markupsafe import Markup

from entrypoints.web import views
from entrypoints.web.views import factors

NOW = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
PASSKEY = factors.FactorItem(id="a1", name="Phone <old>", host="old.example", created_at=NOW, used_at=NOW)
APP = replace(PASSKEY, id="a2", name="", host="", used_at=None)
FIELDS = ("name", "code", "current_password", "next")
REFUSED = views.Form(values=dict.fromkeys(FIELDS, "x"), errors=dict.fromkeys(FIELDS, "No."), message="No.")
PICTURE = Markup('<svg role="img" class="qr" viewBox="0 0 9 9"><title>Key</title></svg>')
Pair = tuple[str, str, object, object]


def pairs() -> Iterator[Pair]:
    """Template, path, a page with everything, a page with as little as it may have."""
    everything = factors.FactorsPage(
        app=APP,
        passkeys=(PASSKEY, replace(PASSKEY, id="a3", name="", host="anna.example", used_at=None)),
        codes_left=1,
        has_password=True,
        is_required=True,
        host="anna.example",
        form=REFUSED,
        about="passkey",
    )
    nothing = factors.FactorsPage(
        app=None, passkeys=(), codes_left=0, has_password=False, is_required=True, host="anna.example", form=REFUSED
    )
    yield "admin/profile/factors.html", "/admin/profile/factors", everything, nothing
    app = factors.AppPage(
        key="JBSW Y3DP", picture=PICTURE, link="otpauth://totp/x", setup="s", has_password=True, form=REFUSED
    )
    yield (
        "admin/profile/app.html",
        "/admin/profile/factors/app",
        app,
        replace(app, has_password=False, form=views.Form()),
    )
    boxes = (
        factors.RoleBox(key="owner", name="Owner", is_chosen=True, members=2, lacking=1),
        factors.RoleBox(key="author", name="Author", is_chosen=False, members=1, lacking=0),
    )
    yield (
        "admin/security.html",
        "/admin/security",
        factors.SecurityPage(roles=boxes, form=REFUSED),
        factors.SecurityPage(roles=(), form=views.Form()),
    )
    yield (
        "login_second.html",
        "/login/second",
        factors.SecondStepPage(form=REFUSED),
        factors.SecondStepPage(),
    )
    codes = factors.RecoveryCodesPage(codes=("4x7q-91ke-m2zd", "8h3n-c5vw-07ty"), onward="/admin")
    yield "recovery_codes.html", "/admin/profile/factors", codes, replace(codes, codes=())
