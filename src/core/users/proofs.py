"""What a second factor shows, and who can read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class OneTimeCodes(Protocol):
    """Codes that an app makes of a shared key and the time (RFC 6238)."""

    def new_key(self) -> str:
        """160 random bits, as people and apps spell them."""
        ...

    def link(self, key: str, *, account: str, site: str) -> str:
        """What an app reads from the picture."""
        ...

    def step(self, key: str, code: str, *, now: datetime) -> int | None:
        """The step of time whose code is *code*: the present one or one beside it, since clocks differ. Else None."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AppAsked:
    """*key* is to be typed into an app, *link* to be shown to it; *setup* comes back with the first code."""

    key: str
    link: str
    setup: str


class QrCodes(Protocol):
    def svg(self, text: str, *, title: str) -> str:
        """*text* as a picture that stands in a page, without styles of its own; *title* is what it is called."""
        ...


class RecoveryCodes(Protocol):
    """Codes of one site that lie in a drawer."""

    def make(self) -> str:
        """60 random bits that can be read and typed."""
        ...

    def digests(self, code: str) -> tuple[str, ...]:
        """By what it may be kept, today's digest first, however it is typed; nothing when it cannot be one."""
        ...


class ChallengePurpose(StrEnum):
    """What somebody is about to do. None of them passes as another."""

    SECOND_STEP = "second step"
    PASSKEY_SIGN_IN = "sign in with a passkey"
    PASSKEY_ADDED = "add a passkey"
    PASSKEY_INVITED = "accept an invitation with a passkey"
    APP_ADDED = "add an app"


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """What one try is about: *subject* is whom it is for, *bound* what must not change meanwhile, *secret* what goes
    with it and nobody may read. *nonce* is 256 random bits, good for one use."""

    purpose: ChallengePurpose
    subject: str
    nonce: str
    expires_at: datetime
    bound: str = ""
    secret: str = ""


class ChallengeTokens(Protocol):
    """Challenges of one site as text that only this site can make and read."""

    def issue(self, challenge: Challenge) -> str: ...

    def read(self, token: str, purpose: ChallengePurpose, *, now: datetime) -> Challenge | None:
        """None when it is forged, expired, for another purpose or of another site."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyMade:
    """What is kept of a passkey: how it calls itself, its public key, how often it says it was used."""

    credential: str
    public_key: str
    counter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyAsked:
    """*options* is for the browser (JSON, WebAuthn 5.4 and 5.5); *token* comes back with what it answers."""

    options: str
    token: str


class Passkeys(Protocol):
    """WebAuthn as one site's primary hostname speaks it. Whoever uses a passkey is verified by her device."""

    @property
    def host(self) -> str:
        """The relying party's id: passkeys made for it work there and nowhere else."""
        ...

    def creation(self, nonce: str, *, user_id: str, email: str, name: str, known: Sequence[str]) -> str:
        """What a browser needs to make a passkey, on a device that has none of *known*."""
        ...

    def request(self, nonce: str) -> str:
        """What a browser needs to ask for any passkey of this site."""
        ...

    def made(self, answer: str, nonce: str) -> PasskeyMade:
        """Raises PasskeyRefused unless *answer* is a new passkey for this site and *nonce*."""
        ...

    def credential_of(self, answer: str) -> str:
        """How the passkey calls itself that gave *answer*; nothing is proven. Raises PasskeyRefused."""
        ...

    def counter_of(self, answer: str, nonce: str, *, public_key: str, user_id: str) -> int:
        """The count that the passkey tells. Raises PasskeyRefused unless *answer* is signed with *public_key*, for this
        site, *nonce* and the person."""
        ...
