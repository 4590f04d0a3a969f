"""Second factors, and whose sign-in needs one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import ConfigDict, Field, JsonValue
from pydantic.config import JsonDict

from core.identity import RoleKey
from core.security import SecurityRules
from core.users.entities import PASSWORD_MAX
from core.users.factors import Factor, FactorKind, NewFactor, OwnFactors
from core.users.proofs import AppAsked
from entrypoints.api.models import MomentShown, Shown, Wanted

_FACTOR: JsonDict = {
    "id": "4e5f0c2b3a4e5f60718293a4b5c6d7e8",
    "kind": "totp",
    "name": "",
    "host": "",
    "created_at": "2026-03-01T09:00:00Z",
    "used_at": None,
}
_CODES: list[JsonValue] = ["4x7q-91ke-m2zd", "8h3n-c5vw-07ty"]
_SETUP: JsonDict = {
    "key": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    "link": "otpauth://totp/Anna:anna%40example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Anna",
    "setup": "v4.local.9dQmYk…",
}
Password = Annotated[
    str,
    Field(
        repr=False,
        description="One's present password. Without one it is enough to have signed in within the last 15 minutes.",
        json_schema_extra={"format": "password", "maxLength": PASSWORD_MAX},
    ),
]


class FactorShown(Shown):
    """An app or a passkey; a passkey works at its *host* only."""

    model_config = ConfigDict(json_schema_extra={"examples": [_FACTOR]})

    id: str
    kind: FactorKind
    name: str
    host: str
    created_at: MomentShown
    used_at: MomentShown | None

    @classmethod
    def of(cls, factor: Factor) -> FactorShown:
        return cls(
            id=factor.id,
            kind=factor.kind,
            name=factor.name,
            host=factor.host,
            created_at=factor.created_at,
            used_at=factor.used_at,
        )


class FactorsShown(Shown):
    """All that one has. *is_required*: one's role needs a second factor."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"items": [_FACTOR], "next_cursor": None, "recovery_codes_left": 10, "is_required": False}]
        }
    )

    items: Sequence[FactorShown]
    next_cursor: None = None
    recovery_codes_left: int
    is_required: bool

    @classmethod
    def of(cls, own: OwnFactors) -> FactorsShown:
        kept = (*([own.app] if own.app else []), *own.passkeys)
        items = [FactorShown.of(factor) for factor in kept]
        return cls(items=items, recovery_codes_left=own.codes_left, is_required=own.is_required)


class AppSetupShown(Shown):
    """*key* is typed into an app, or *link* shown to it as a QR code. *setup* comes back with the first code, within
    half an hour."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SETUP]})

    key: str
    link: str
    setup: str

    @classmethod
    def of(cls, asked: AppAsked) -> AppSetupShown:
        return cls(key=asked.key, link=asked.link, setup=asked.setup)


class AppWanted(Wanted):
    """The first *code* that the app shows."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"setup": "v4.local.9dQmYk…", "code": "492039", "current_password": "…"}]}
    )

    setup: str
    code: Annotated[str, Field(repr=False)]
    current_password: Password = ""


class ReassuranceWanted(Wanted):
    """What shows once more who one is."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"current_password": "…"}]})

    current_password: Password = ""


class FactorAdded(FactorShown):
    """*recovery_codes* come with the first factor, this once."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_FACTOR, "recovery_codes": _CODES}]})

    recovery_codes: Sequence[str]

    @classmethod
    def added(cls, new: NewFactor) -> FactorAdded:
        return cls(**FactorShown.of(new.factor).model_dump(), recovery_codes=new.codes)


class RecoveryCodesShown(Shown):
    """Told this once; each is good once."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"recovery_codes": _CODES}]})

    recovery_codes: Sequence[str]


class SecurityModel(Wanted):
    """Whoever has one of *factor_roles* needs a second factor, and can do nothing else before there is one."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"factor_roles": ["editor", "owner"]}]})

    factor_roles: Annotated[list[RoleKey], Field(description="Roles of the site, as `/roles` names them.")]


class SecurityShown(Shown):
    model_config = ConfigDict(json_schema_extra={"examples": [{"factor_roles": ["editor", "owner"]}]})

    factor_roles: list[RoleKey]

    @classmethod
    def of(cls, rules: SecurityRules) -> SecurityShown:
        return cls(factor_roles=sorted(rules.factor_roles))
