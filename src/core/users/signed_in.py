"""What comes of signing in."""

from __future__ import annotations

from dataclasses import dataclass

from core.identity import Actor
from core.users.entities import Session
from core.users.token_pairs import TokenPair


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """*cookie* for a browser, *pair* for a program; *mark* is what a browser is known by next time."""

    actor: Actor
    session: Session
    cookie: str | None = None
    pair: TokenPair | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Signed in for the first time. *codes* are recovery codes, told this once."""

    signed_in: SignedIn
    codes: tuple[str, ...]
