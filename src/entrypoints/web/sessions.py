"""Cookies of pages: the session, the anonymous form, the notice for the page after."""

from __future__ import annotations

import re
import secrets

from litestar.datastructures import Cookie

from core.users.challenges import CHALLENGE_LIFE
from core.users.entities import ABSOLUTE_LIFE
from entrypoints.http.credentials import cookie_name
from entrypoints.http.options import HttpOptions

FORM_SECONDS = 24 * 60 * 60
NOTICE_SECONDS = 60
DEVICE_SECONDS = 400 * 24 * 60 * 60
"""Browsers keep no cookie longer."""
SECOND_STEP, PASSKEY = "second", "passkey"
STEPS = (SECOND_STEP, PASSKEY)
_FORM_VALUE = re.compile(r"[0-9a-f]{32}")


def form_cookie_name(options: HttpOptions) -> str:
    return f"{cookie_name(options)}-form"


def notice_cookie_name(options: HttpOptions) -> str:
    return f"{cookie_name(options)}-notice"


def session_set(options: HttpOptions, token: str) -> Cookie:
    return _cookie(options, cookie_name(options), token, int(ABSOLUTE_LIFE.total_seconds()))


def session_cleared(options: HttpOptions) -> Cookie:
    return _cookie(options, cookie_name(options), "", 0)


def device_cookie_name(options: HttpOptions) -> str:
    return f"{cookie_name(options)}-device"


def device_set(options: HttpOptions, mark: str) -> Cookie:
    """What the browser is known by when somebody signs in with it again; it opens nothing."""
    return _cookie(options, device_cookie_name(options), mark, DEVICE_SECONDS)


def challenge_cookie_name(options: HttpOptions, step: str) -> str:
    return f"{cookie_name(options)}-{step}"


def challenge_set(options: HttpOptions, step: str, token: str) -> Cookie:
    """What one of the STEPS of signing in is about, until it is done."""
    return _cookie(options, challenge_cookie_name(options, step), token, int(CHALLENGE_LIFE.total_seconds()))


def challenge_cleared(options: HttpOptions, step: str) -> Cookie:
    return _cookie(options, challenge_cookie_name(options, step), "", 0)


def form_set(options: HttpOptions, value: str) -> Cookie:
    return _cookie(options, form_cookie_name(options), value, FORM_SECONDS)


def form_cleared(options: HttpOptions) -> Cookie:
    return _cookie(options, form_cookie_name(options), "", 0)


def notice_set(options: HttpOptions, value: str) -> Cookie:
    return _cookie(options, notice_cookie_name(options), value, NOTICE_SECONDS)


def notice_cleared(options: HttpOptions) -> Cookie:
    return _cookie(options, notice_cookie_name(options), "", 0)


def new_form_value() -> str:
    return secrets.token_hex(16)


def usable_form_value(value: str | None) -> str | None:
    """The value when it is one that we could have made."""
    return value if value is not None and _FORM_VALUE.fullmatch(value) else None


def _cookie(options: HttpOptions, name: str, value: str, seconds: int) -> Cookie:
    """Host-only, out of reach of scripts, not sent along by other sites' forms."""
    return Cookie(
        key=name,
        value=value,
        max_age=seconds,
        path="/",
        secure=not options.is_local,
        httponly=True,
        samesite="lax",
    )
