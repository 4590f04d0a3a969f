"""Every verb of the product, and the one question: may this actor do it?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from core.errors import Forbidden, Unauthenticated
from core.identity import Actor, RoleKey, UserId


class Action(StrEnum):
    """What somebody can do, named noun.verb. Policies, logs and explanations use the values."""

    READ_SITE = "site.read"
    EDIT_SITE = "site.edit"
    OPEN_DESK = "desk.open"

    READ_POST = "post.read"
    READ_UNPUBLISHED_POST = "post.read_unpublished"
    DRAFT_POST = "post.draft"
    EDIT_POST = "post.edit"
    PUBLISH_POST = "post.publish"
    WITHDRAW_POST = "post.withdraw"
    TRASH_POST = "post.trash"
    RESTORE_POST = "post.restore"
    PREVIEW_POST = "post.preview"
    EDIT_TAGS = "tag.edit"

    READ_MATRIX = "matrix.read"
    EDIT_MATRIX = "matrix.edit"
    EDIT_SHEETS = "sheet.edit"
    READ_UNPUBLISHED_QUESTION = "question.read_unpublished"
    DRAFT_QUESTION = "question.draft"
    EDIT_QUESTION = "question.edit"
    PUBLISH_QUESTION = "question.publish"
    WITHDRAW_QUESTION = "question.withdraw"
    TRASH_QUESTION = "question.trash"
    RESTORE_QUESTION = "question.restore"
    ORDER_QUESTIONS = "question.order"
    EDIT_RESOURCES = "resource.edit"
    SUGGEST_QUESTION = "suggestion.create"
    DECIDE_SUGGESTION = "suggestion.decide"

    SEND_MESSAGE = "message.send"
    READ_MESSAGE = "message.read"
    EDIT_MESSAGE = "message.edit"
    REPLY_MESSAGE = "message.reply"
    DELETE_MESSAGE = "message.delete"
    EXPORT_MESSAGES = "message.export"
    ERASE_MESSAGES = "message.erase"
    EDIT_CONTACTS = "contacts.edit"

    IMPORT_CONTENT = "content.import"
    EXPORT_CONTENT = "content.export"

    READ_MEDIA = "media.read"
    LIST_MEDIA = "media.list"
    UPLOAD_MEDIA = "media.upload"
    EDIT_MEDIA = "media.edit"
    REPLACE_MEDIA = "media.replace"
    DELETE_MEDIA = "media.delete"

    SIGN_IN = "session.create"
    REFRESH_SESSION = "session.refresh"
    READ_SESSION = "session.read"
    END_SESSION = "session.end"
    ACCEPT_INVITATION = "invitation.accept"
    INVITE_USER = "invitation.create"
    READ_WHOAMI = "whoami.read"
    LIST_INVITATIONS = "invitation.list"
    REVOKE_INVITATION = "invitation.revoke"
    LIST_USERS = "user.list"
    READ_USER = "user.read"
    EDIT_USER = "user.edit"
    SET_ROLE = "user.set_role"
    DISABLE_USER = "user.disable"
    DELETE_USER = "user.delete"
    CHANGE_CREDENTIALS = "user.change_credentials"
    MANAGE_FACTORS = "factor.manage"
    RESET_FACTORS = "factor.reset"
    REQUIRE_FACTORS = "factor.require"
    REQUEST_PASSWORD_RESET = "password_reset.request"  # noqa: S105 - an action's name, no password
    USE_PASSWORD_RESET = "password_reset.use"  # noqa: S105 - as above
    CONFIRM_EMAIL_CHANGE = "email_change.confirm"
    LIST_TOKENS = "token.list"
    CREATE_TOKENS = "token.create"
    REVOKE_TOKENS = "token.revoke"

    LIST_ROLES = "role.list"
    EDIT_ROLES = "role.edit"
    EXPLAIN_ACCESS = "access.explain"

    READ_AUDIT = "audit.read"
    EXPORT_AUDIT = "audit.export"
    EDIT_AUDIT = "audit.edit"

    LIST_WEBHOOKS = "webhook.list"
    EDIT_WEBHOOKS = "webhook.edit"
    READ_DELIVERIES = "delivery.read"
    REDELIVER = "delivery.redeliver"

    CREATE_TENANT = "tenant.create"
    LIST_TENANTS = "tenant.list"
    SHOW_TENANT = "tenant.show"
    APPLY_SITE = "tenant.apply"
    MIGRATE_SCHEMAS = "schema.migrate"
    ANNOUNCE_POSTS = "post.announce"
    RENDER_AGAIN = "post.render"
    EMPTY_TRASH = "trash.empty"
    DELETE_FILES = "file.delete"
    RUN_IMPORT = "import.run"
    ANNOUNCE_QUESTION = "question.announce"
    CHECK_RESOURCES = "resource.check"
    EXPIRE_MESSAGES = "message.expire"
    SEND_MAIL = "mail.send"
    TRIM_AUDIT = "audit.trim"
    SEND_DELIVERY = "delivery.send"
    EXPIRE_DELIVERIES = "delivery.expire"
    LIST_TASKS = "task.list"
    RETRY_TASK = "task.retry"


OPERATOR_ACTIONS = frozenset(
    {
        Action.CREATE_TENANT,
        Action.LIST_TENANTS,
        Action.SHOW_TENANT,
        Action.APPLY_SITE,
        Action.MIGRATE_SCHEMAS,
        Action.ANNOUNCE_POSTS,
        Action.RENDER_AGAIN,
        Action.EMPTY_TRASH,
        Action.DELETE_FILES,
        Action.RUN_IMPORT,
        Action.ANNOUNCE_QUESTION,
        Action.CHECK_RESOURCES,
        Action.EXPIRE_MESSAGES,
        Action.SEND_MAIL,
        Action.TRIM_AUDIT,
        Action.SEND_DELIVERY,
        Action.EXPIRE_DELIVERIES,
        Action.LIST_TASKS,
        Action.RETRY_TASK,
    }
)
"""Only the operator's command line and the runner do these: no policy of a site can grant them."""

OWNABLE_ACTIONS = frozenset(
    {
        Action.READ_UNPUBLISHED_POST,
        Action.EDIT_POST,
        Action.PUBLISH_POST,
        Action.WITHDRAW_POST,
        Action.TRASH_POST,
        Action.RESTORE_POST,
        Action.PREVIEW_POST,
        Action.READ_UNPUBLISHED_QUESTION,
        Action.EDIT_QUESTION,
        Action.PUBLISH_QUESTION,
        Action.WITHDRAW_QUESTION,
        Action.TRASH_QUESTION,
        Action.RESTORE_QUESTION,
        Action.EDIT_MEDIA,
        Action.REPLACE_MEDIA,
        Action.DELETE_MEDIA,
        Action.READ_SESSION,
        Action.END_SESSION,
        Action.READ_USER,
        Action.EDIT_USER,
        Action.CHANGE_CREDENTIALS,
        Action.MANAGE_FACTORS,
        Action.EXPLAIN_ACCESS,
        Action.LIST_TOKENS,
        Action.REVOKE_TOKENS,
    }
)
"""Actions on a thing that has an owner: a role may have them for all such things or only for its own."""


class Scope(StrEnum):
    """How far a permission reaches."""

    ALL = "any"
    OWN = "own"
    NONE = "none"


class Owned(Protocol):
    """A thing that belongs to a user (or to nobody, when its maker is gone)."""

    @property
    def owner_id(self) -> UserId | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDifference:
    """Where a site departs from the base policy: *role* has *action* to the extent of *scope*."""

    role: RoleKey
    action: Action
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why an action is or is not allowed: who asked, how far that reaches and by which rule, and who could do it.

    *role_scope* is what the role has at this site, *default* what the release gives to *base*, *scope* what is left of
    it for a token. *is_own* says whether the thing belongs to the one who asked, None when it was not about a thing.
    """

    action: Action
    role: RoleKey
    base: RoleKey
    is_allowed: bool
    scope: Scope
    role_scope: Scope
    default: Scope
    is_own: bool | None
    nearest_role: RoleKey | None


class Access(Protocol):
    """Decides for one actor at one site. Pure and fast: no I/O."""

    @property
    def actor(self) -> Actor: ...

    def require(self, action: Action, *, on: Owned | None = None) -> None:
        """Return when allowed. Raise Unauthenticated (anonymous actor) or Forbidden otherwise.

        Without *on*: may this actor ever do it, to anything? With *on*: and to this one?
        """
        ...

    def can(self, action: Action, *, on: Owned | None = None) -> bool:
        """The same question, answered instead of raised."""
        ...

    def scope(self, action: Action) -> Scope:
        """How far the permission reaches; lists hand it to the storage."""
        ...

    def explain(self, action: Action, *, on: Owned | None = None) -> Explanation:
        """The reasons behind what *can* answers."""
        ...


def refusal(actor: Actor, why: Explanation | None = None) -> Unauthenticated | Forbidden:
    """The error that fits a refused *actor*: one who is anonymous can still sign in, and learns no more than that."""
    return Unauthenticated() if actor.is_anonymous else Forbidden(why)


def reaches(scope: Scope, actor: Actor, on: Owned | None) -> bool:
    """Whether a permission of *scope* covers *on* (None: anything at all) for *actor*."""
    if scope is not Scope.OWN or on is None:
        return scope is not Scope.NONE
    return actor.user_id is not None and on.owner_id == actor.user_id
