"""The site's log between what was typed, what is asked and what is shown."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from core.access import Action
from core.audit import AuditEvent, AuditOutcome
from core.identity import Role
from core.policy import SitePolicy
from core.site.audit_log import NAMELESS, AuditFilter
from entrypoints.http.audit_words import actor_name, changes, sentence
from entrypoints.http.role_words import role_name
from entrypoints.http.translations import Catalogue
from entrypoints.web.addresses import with_query
from entrypoints.web.views.audit import AUDIT, AuditLine
from entrypoints.web.views.site import MOMENT

FIELDS = ("person", "action", "subject", "outcome", "since", "until")
_LENGTH = 64
_ACTIONS = {action.value: action for action in Action}
_OUTCOMES = {outcome.value: outcome for outcome in AuditOutcome}


def asked_for(parameters: Mapping[str, str]) -> dict[str, str]:
    """What is looked for, without what means nothing."""
    found = {name: parameters.get(name, "").replace("\0", "").strip()[:_LENGTH] for name in FIELDS}
    means_something = {
        "action": found["action"] in _ACTIONS,
        "outcome": found["outcome"] in _OUTCOMES,
        "since": _day(found["since"]) is not None,
        "until": _day(found["until"]) is not None,
    }
    return {name: value if means_something.get(name, True) else "" for name, value in found.items()}


def filter_of(asked: Mapping[str, str], *, time_zone: str) -> AuditFilter:
    """Days are those of the site; both are wanted whole."""
    since, until = _day(asked["since"]), _day(asked["until"])
    return AuditFilter(
        actor=asked["person"],
        action=_ACTIONS.get(asked["action"]),
        subject=asked["subject"],
        outcome=_OUTCOMES.get(asked["outcome"]),
        since=_midnight(since, time_zone) if since else None,
        until=_midnight(until + timedelta(days=1), time_zone) if until else None,
    )


def audit_line(event: AuditEvent, catalogue: Catalogue, policy: SitePolicy, *, time_zone: str) -> AuditLine:
    told = tuple(changes(catalogue, event, _moments(catalogue.locale, ZoneInfo(time_zone))))
    is_refused = event.outcome is AuditOutcome.REFUSED
    person = event.actor_id or (event.role if event.role in NAMELESS else "")
    return AuditLine(
        id=event.id,
        at=event.at,
        what=sentence(catalogue, event),
        label=_label(event, catalogue, policy),
        who=actor_name(catalogue, event),
        role="" if event.role in (Role.OPERATOR, Role.VISITOR) else role_name(catalogue, event.role, policy),
        is_refused=is_refused,
        reason=" ".join(change.after for change in told) if is_refused else "",
        changes=() if is_refused else told,
        who_url=with_query(AUDIT, person=person) if person else "",
        about_url=with_query(AUDIT, subject=event.subject) if event.subject else "",
        client=event.client,
        request_id=event.request_id,
        has_token=bool(event.token),
    )


def _label(event: AuditEvent, catalogue: Catalogue, policy: SitePolicy) -> str:
    """What it was about; a role by its name."""
    is_role = event.action is Action.EDIT_ROLES and event.label == event.subject
    return role_name(catalogue, event.label, policy) if is_role else event.label


def _moments(locale: str, zone: ZoneInfo) -> Callable[[datetime], str]:
    return lambda at: format_datetime(at.astimezone(zone), MOMENT, locale=locale)


def _day(text: str) -> date | None:
    """A day that has one before and one after it, so that no time zone leads out of the calendar."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date.min.year < day.year < date.max.year else None


def _midnight(day: date, time_zone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(time_zone))
