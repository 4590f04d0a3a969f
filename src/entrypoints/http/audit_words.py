"""The site's log in words that a person understands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from core.access import Action
from core.audit import AuditEvent, AuditOutcome
from core.identity import Role
from core.text import N_
from entrypoints.http.role_words import ROLE_NAMES, SCOPE_WORDS, action_text
from entrypoints.http.translations import Catalogue

DONE_WORDS: Mapping[str, str] = {
    "post.publish": N_("Text published"),
    "post.withdraw": N_("Text taken off the site"),
    "post.trash": N_("Text moved to the trash"),
    "post.restore": N_("Text taken out of the trash"),
    "post.preview": N_("Preview link made or ended"),
    "question.publish": N_("Question published"),
    "question.withdraw": N_("Question taken off the matrix"),
    "question.trash": N_("Question moved to the trash"),
    "question.restore": N_("Question taken out of the trash"),
    "site.edit": N_("Settings of the site changed"),
    "matrix.edit": N_("Settings of the matrix changed"),
    "contacts.edit": N_("Contact form changed"),
    "content.import": N_("Import begun"),
    "import.run": N_("Import ended"),
    "message.reply": N_("Message answered"),
    "message.delete": N_("Messages deleted"),
    "message.export": N_("Messages exported"),
    "message.erase": N_("Everything about an address erased"),
    "user.edit": N_("Profile changed"),
    "user.set_role": N_("Another role given"),
    "user.disable": N_("Person shut out or let in again"),
    "user.delete": N_("Person deleted"),
    "user.change_credentials": N_("Password or e-mail address changed"),
    "invitation.create": N_("Invitation sent"),
    "invitation.revoke": N_("Invitation taken back"),
    "invitation.accept": N_("Invitation accepted"),
    "password_reset.use": N_("New password set by a link"),
    "email_change.confirm": N_("New e-mail address confirmed"),
    "factor.manage": N_("Second factor changed"),
    "factor.reset": N_("Second factor taken away"),
    "factor.require": N_("Rule about second factors changed"),
    "role.edit": N_("Rights of a role changed"),
    "token.create": N_("API token made"),
    "token.revoke": N_("API token revoked"),
    "webhook.edit": N_("Webhook changed"),
    "audit.edit": N_("How long the log is kept was changed"),
    "audit.trim": N_("Old lines of the log deleted"),
    "tenant.create": N_("Site made"),
    "tenant.apply": N_("Addresses of the site changed"),
}
REFUSED_WORDS: Mapping[str, str] = {
    "session.create": N_("Sign-in refused"),
    "session.refresh": N_("Token refused"),
    "session.read": N_("Token refused"),
    "invitation.accept": N_("Invitation link refused"),
    "password_reset.use": N_("Password link refused"),
    "email_change.confirm": N_("E-mail link refused"),
    "delivery.send": N_("Event not sent"),
}
_REFUSED = N_("Refused: “%(action)s”")
_REASONS: Mapping[str, str] = {
    "forbidden": N_("The role does not allow it."),
    "grants_too_much": N_("Nobody gives rights that she does not have herself."),
    "wrong_credentials": N_("The address or the password was wrong."),
    "wrong_password": N_("The password was wrong."),
    "wrong_code": N_("The code of the second step was wrong."),
    "code_used": N_("The code of the second step was used before."),
    "challenge_ended": N_("It took too long, or was sent twice."),
    "passkey_refused": N_("The passkey was not one of this site."),
    "passkey_copied": N_("The passkey counts backwards: somebody may have a copy."),
    "factor_needed": N_("The role needs a second factor, and there is none yet."),
    "session_ended": N_("The token was wrong, or over."),
    "invitation_not_found": N_("The link was used before, taken back, or over."),
    "reset_link_not_found": N_("The link was used before, or over."),
    "email_change_not_found": N_("The link was used before, or over."),
    "private_target": N_("The address leads to a private network."),
}
_NAMES: Mapping[str, str] = {
    "status": N_("Status"),
    "published_at": N_("Published as of"),
    "until": N_("Valid until"),
    "hosts": N_("Addresses"),
    "title": N_("Title"),
    "tagline": N_("Tagline"),
    "about": N_("About"),
    "locale": N_("Language"),
    "time_zone": N_("Time zone"),
    "accent": N_("Colour"),
    "picture": N_("Picture"),
    "menu": N_("Menu"),
    "ways": N_("Ways to reach me"),
    "sections": N_("Sections"),
    "grades": N_("Grades"),
    "days": N_("Days"),
    "deleted": N_("Lines deleted"),
    "older_than": N_("Older than"),
    "rows": N_("Rows"),
    "role": N_("Role"),
    "name": N_("Name"),
    "email": N_("E-mail"),
    "scopes": N_("Rights"),
    "reason": N_("Reason"),
    "messages": N_("Messages"),
    "password": N_("Password"),
    "url": N_("Address"),
    "events": N_("Events"),
    "is_active": N_("Switched on"),
    "previous_until": N_("The secret before signs until"),
    "revoked_tokens": N_("API tokens revoked"),
    "what": N_("What"),
    "by": N_("How she signs in"),
    "factor": N_("Second factor"),
    "factors": N_("Second factors"),
    "factor_roles": N_("Roles that need a second factor"),
    "expires_at": N_("Valid until"),
    "email_asked": N_("Address asked for"),
    "state": N_("State"),
    "bio": N_("About the person"),
    "links": N_("Links"),
    "base": N_("Begins with the rights of"),
    "description": N_("What it is for"),
    "people": N_("People"),
    "people_to": N_("Its people get the role"),
    "heir": N_("Texts and files go to"),
    "of": N_("Acts for"),
    "is_draft_only": N_("Drafts only"),
    "is_open": N_("Messages are taken"),
    "fields": N_("Questions of your own"),
    "consent": N_("What visitors agree to"),
    "retention_days": N_("Days"),
    "tells_owners": N_("Owners are told by mail"),
    "told": N_("Others who are told by mail"),
    "picture_alt": N_("What the picture shows"),
    "accepts_suggestions": N_("Visitors may suggest questions"),
    "about_address": N_("All about one address"),
    "shows_coverage": N_("Visitors see what is covered"),
    "added": N_("Came"),
    "present": N_("Here already"),
    "skipped": N_("Left out"),
    "refused": N_("Refused"),
}
_SAID: Mapping[str, Mapping[str, str]] = {
    "status": {
        "draft": N_("Draft"),
        "scheduled": N_("Scheduled"),
        "published": N_("Published"),
        "withdrawn": N_("Withdrawn"),
        "trashed": N_("In the trash"),
    },
    "role": ROLE_NAMES,
    "reason": _REASONS,
    "by": {"password": N_("Password"), "passkey": N_("Passkey")},
    "what": {
        "totp_added": N_("App added"),
        "totp_removed": N_("App removed"),
        "passkey_added": N_("Passkey added"),
        "passkey_removed": N_("Passkey removed"),
        "recovery_codes": N_("New recovery codes"),
    },
    "base": ROLE_NAMES,
    "people_to": ROLE_NAMES,
    "password": {"new": N_("a new one")},
    "state": {
        "live": N_("in force"),
        "revoked": N_("revoked"),
        "active": N_("may sign in"),
        "disabled": N_("shut out"),
        "done": N_("complete"),
        "failed": N_("given up"),
        "cancelled": N_("stopped"),
    },
}
_TRUTHS: Mapping[str, str] = {"true": N_("Yes"), "yes": N_("Yes"), "false": N_("No"), "no": N_("No")}
_IS_A_TRUTH = ("about_", "is_", "tells_", "accepts_", "shows_")
_ACTIONS: Mapping[str, Action] = {action.value: action for action in Action}
_SCOPES: Mapping[str, str] = {scope.value: text for scope, text in SCOPE_WORDS.items()}
_MOMENTS = frozenset({"until", "older_than", "previous_until"})
_NOBODY = N_("Somebody who was not signed in")
_OPERATOR = N_("The operator")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWords:
    """What was, and what is instead; either may be empty."""

    name: str
    before: str
    after: str


def sentence(catalogue: Catalogue, event: AuditEvent) -> str:
    """What was done, or refused."""
    action = event.action.value
    if event.outcome is AuditOutcome.DONE:
        return catalogue.gettext(DONE_WORDS[action]) if action in DONE_WORDS else action_text(catalogue, event.action)
    if action in REFUSED_WORDS:
        return catalogue.gettext(REFUSED_WORDS[action])
    return catalogue.gettext(_REFUSED) % {"action": action_text(catalogue, event.action)}


def actor_name(catalogue: Catalogue, event: AuditEvent) -> str:
    if event.role == Role.OPERATOR:
        return catalogue.gettext(_OPERATOR)
    return event.actor_name or catalogue.gettext(_NOBODY)


def nameless(catalogue: Catalogue) -> Mapping[str, str]:
    """Those who have no name in the log."""
    return {Role.OPERATOR: catalogue.gettext(_OPERATOR), Role.VISITOR: catalogue.gettext(_NOBODY)}


def changes(catalogue: Catalogue, event: AuditEvent, moment: Callable[[datetime], str]) -> Iterator[ChangeWords]:
    """Field by field; what was there before comes first. *moment* writes down a moment."""
    for name in dict.fromkeys((*event.before, *event.after)):
        before, after = (_said(catalogue, name, facts.get(name, ""), moment) for facts in (event.before, event.after))
        yield ChangeWords(name=_name(catalogue, name), before=before, after=after)


def recorded_actions(catalogue: Catalogue) -> Mapping[str, str]:
    """All that the log can be searched for, by its words."""
    known = {action.value for action in Action}
    words = {name: catalogue.gettext(text) for name, text in {**REFUSED_WORDS, **DONE_WORDS}.items() if name in known}
    return dict(sorted(words.items(), key=lambda pair: pair[1].casefold()))


def _name(catalogue: Catalogue, name: str) -> str:
    if name in _ACTIONS:
        return action_text(catalogue, _ACTIONS[name])
    return catalogue.gettext(_NAMES[name]) if name in _NAMES else name.replace("_", " ").capitalize()


def _said(catalogue: Catalogue, name: str, value: str, moment: Callable[[datetime], str]) -> str:
    known = _meanings(name).get(value)
    if known:
        return catalogue.gettext(known)
    if name == "scopes":
        named = (_ACTIONS.get(scope) for scope in value.split(", "))
        return ", ".join(action_text(catalogue, action) for action in named if action is not None) or value
    if name in _MOMENTS or name.endswith("_at"):
        with suppress(ValueError):
            return moment(datetime.fromisoformat(value))
    return value


def _meanings(name: str) -> Mapping[str, str]:
    """What the values of *name* mean, where they are no words for people."""
    if name in _ACTIONS:
        return _SCOPES
    return _TRUTHS if name.startswith(_IS_A_TRUTH) else _SAID.get(name, {})
