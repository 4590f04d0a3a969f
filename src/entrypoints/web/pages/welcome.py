"""What all ways of signing in end with."""

from core.errors import TerraceError, TooMany
from core.users.signed_in import SignedIn
from entrypoints.web import sessions
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest


def mark_of(request: WebRequest, pages: Pages) -> str:
    """What the browser kept of an earlier time."""
    return request.cookies.get(sessions.device_cookie_name(pages.options), "")


def welcome(pages: Pages, signed_in: SignedIn, url: str, *, done: Done | None = None) -> Page:
    """On to *url* as somebody who is signed in."""
    answer = pages.redirect(url, done=done)
    return with_session(pages, signed_in, answer)


def with_session(pages: Pages, signed_in: SignedIn, answer: Page) -> Page:
    """The new session's cookie replaces an older one; the anonymous form's and what was needed on the way are of no
    more use."""
    options, brought = pages.options, pages.request.cookies
    steps = [step for step in sessions.STEPS if sessions.challenge_cookie_name(options, step) in brought]
    pages.facts.reissued_cookie = None
    answer.cookies = [cookie for cookie in answer.cookies if cookie.key != sessions.form_cookie_name(options)]
    answer.cookies += [
        sessions.session_set(options, signed_in.cookie or ""),
        sessions.device_set(options, signed_in.mark),
        sessions.form_cleared(options),
        *(sessions.challenge_cleared(options, step) for step in steps),
    ]
    return answer


def refused_at(pages: Pages, template: str, page: object, error: TerraceError) -> Page:
    """The form once more, with what is wrong above it."""
    status = 429 if isinstance(error, TooMany) else 422
    answer = pages.show(template, page, status=status, has_form=True)
    if isinstance(error, TooMany):
        answer.headers["retry-after"] = str(error.retry_after)
    return answer
