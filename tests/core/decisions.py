"""Who may do what, as people decided it: written by hand, apart from the policy that the release ships.

One letter for each role in the order of ROLES: *a* for everything, *o* for one's own, *-* not at all. A new action
needs a line here, and with it a decision.
"""

from core.access import Action, Scope
from core.identity import Role, RoleKey

ROLES = (Role.VISITOR, Role.VIEWER, Role.CONTRIBUTOR, Role.AUTHOR, Role.MODERATOR, Role.EDITOR, Role.OWNER)
_LETTERS = {"a": Scope.ALL, "o": Scope.OWN, "-": Scope.NONE}
DECISIONS = {
    "site.read": "a a a a a a a",
    "site.edit": "- - - - - - a",
    "desk.open": "- a a a a a a",
    "post.read": "a a a a a a a",
    "post.read_unpublished": "- a o o - a a",
    "post.draft": "- - a a - a a",
    "post.edit": "- - o o - a a",
    "post.publish": "- - - o - a a",
    "post.withdraw": "- - - o - a a",
    "post.trash": "- - o o - a a",
    "post.restore": "- - o o - a a",
    "post.preview": "- - o o - a a",
    "tag.edit": "- - - - - a a",
    "matrix.read": "a a a a a a a",
    "matrix.edit": "- - - - - - a",
    "sheet.edit": "- - - - - a a",
    "question.read_unpublished": "- a o o o a a",
    "question.draft": "- - a a a a a",
    "question.edit": "- - o o o a a",
    "question.publish": "- - - o - a a",
    "question.withdraw": "- - - o - a a",
    "question.trash": "- - o o - a a",
    "question.restore": "- - o o - a a",
    "question.order": "- - - - - a a",
    "resource.edit": "- - - - - a a",
    "suggestion.create": "a a a a a a a",
    "suggestion.decide": "- - - - a a a",
    "message.send": "a a a a a a a",
    "message.read": "- - - - a - a",
    "message.edit": "- - - - a - a",
    "message.reply": "- - - - a - a",
    "message.delete": "- - - - a - a",
    "message.export": "- - - - a - a",
    "message.erase": "- - - - - - a",
    "contacts.edit": "- - - - - - a",
    "content.import": "- - - - - - a",
    "content.export": "- - - - - - a",
    "media.read": "a a a a a a a",
    "media.list": "- a a a a a a",
    "media.upload": "- - a a - a a",
    "media.edit": "- - o o - a a",
    "media.replace": "- - - o - a a",
    "media.delete": "- - - o - a a",
    "session.create": "a a a a a a a",
    "session.refresh": "a a a a a a a",
    "session.read": "- o o o o o a",
    "session.end": "- o o o o o a",
    "invitation.accept": "a a a a a a a",
    "invitation.create": "- - - - - - a",
    "whoami.read": "a a a a a a a",
    "invitation.list": "- - - - - - a",
    "invitation.revoke": "- - - - - - a",
    "user.list": "- - - - - - a",
    "user.read": "- o o o o o a",
    "user.edit": "- o o o o o a",
    "user.set_role": "- - - - - - a",
    "user.disable": "- - - - - - a",
    "user.delete": "- - - - - - a",
    "user.change_credentials": "- o o o o o o",
    "factor.manage": "- o o o o o o",
    "factor.reset": "- - - - - - a",
    "factor.require": "- - - - - - a",
    "password_reset.request": "a a a a a a a",
    "password_reset.use": "a a a a a a a",
    "email_change.confirm": "a a a a a a a",
    "token.list": "- o o o o o a",
    "token.create": "- a a a a a a",
    "token.revoke": "- o o o o o a",
    "role.list": "- - - - - - a",
    "role.edit": "- - - - - - a",
    "access.explain": "- o o o o o a",
    "webhook.list": "- - - - - - a",
    "webhook.edit": "- - - - - - a",
    "delivery.read": "- - - - - - a",
    "delivery.redeliver": "- - - - - - a",
    "audit.read": "- - - - - - a",
    "audit.export": "- - - - - - a",
    "audit.edit": "- - - - - - a",
}


def decided(role: RoleKey, action: Action) -> Scope:
    """What *role* may; operator's actions are decided for nobody at a site."""
    if action.value not in DECISIONS:
        return Scope.NONE
    return _LETTERS[DECISIONS[action.value].split()[ROLES.index(Role(role))]]
