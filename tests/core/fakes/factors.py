from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.errors import StaleVersion
from core.identity import UserId
from core.security import SecurityRules
from core.users.factor_errors import PasskeyNotMade, PasskeyRefused
from core.users.factors import Factor, FactorId, FactorKind, second_factors
from core.users.proofs import Challenge, ChallengePurpose, PasskeyMade


class MemoryFactors:
    def __init__(self) -> None:
        self.kept: dict[FactorId, Factor] = {}

    async def list_of(self, user_id: UserId) -> Sequence[Factor]:
        found = [factor for factor in self.kept.values() if factor.user_id == user_id]
        return sorted(found, key=lambda factor: (factor.created_at, factor.id))

    async def lock_of(self, user_id: UserId) -> Sequence[Factor]:
        return await self.list_of(user_id)

    async def lock_by_credential(self, credential: str) -> Factor | None:
        return next((factor for factor in self.kept.values() if factor.credential == credential), None)

    async def is_held_by(self, user_id: UserId) -> bool:
        return bool(second_factors(await self.list_of(user_id)))

    async def list_holders(self) -> frozenset[UserId]:
        return frozenset(factor.user_id for factor in second_factors(list(self.kept.values())))

    async def add(self, factor: Factor) -> None:
        if factor.credential and await self.lock_by_credential(factor.credential):
            raise PasskeyNotMade
        self.kept[factor.id] = factor

    async def save(self, factor: Factor) -> None:
        self.kept[factor.id] = factor

    async def delete(self, factor_id: FactorId) -> None:
        self.kept.pop(factor_id, None)

    async def delete_of(self, user_id: UserId) -> None:
        self.kept = {factor.id: factor for factor in self.kept.values() if factor.user_id != user_id}


class MemorySecurity:
    def __init__(self) -> None:
        self.kept = SecurityRules()

    async def get(self) -> SecurityRules:
        return self.kept

    async def save(self, rules: SecurityRules) -> SecurityRules:
        if rules.version != self.kept.version:
            raise StaleVersion(current=self.kept.version)
        self.kept = replace(rules, version=rules.version + 1)
        return self.kept


STEP = 30


class FakeOneTimeCodes:
    """The code of a step is its number; keys count up."""

    def __init__(self) -> None:
        self.keys = 0

    def new_key(self) -> str:
        self.keys += 1
        return f"key-{self.keys}"

    def link(self, key: str, *, account: str, site: str) -> str:
        return f"otpauth://{site}/{account}?{key}"

    def step(self, key: str, code: str, *, now: datetime) -> int | None:
        present = int(now.timestamp()) // STEP
        return next((step for step in (present, present - 1, present + 1) if code == code_of(step)), None)


def code_of(step: int) -> str:
    return f"{step % 1_000_000:06}"


def code_now(now: datetime, *, later: int = 0) -> str:
    return code_of(int(now.timestamp()) // STEP + later)


class FakeRecoveryCodes:
    def __init__(self) -> None:
        self.made = 0

    def make(self) -> str:
        self.made += 1
        return f"spare-{self.made}"

    def digests(self, code: str) -> tuple[str, ...]:
        return (f"digest:{code}",) if code.startswith("spare-") else ()


class FakeChallengeTokens:
    """Remembers what it issued: another site's object knows nothing of it."""

    def __init__(self) -> None:
        self.issued: dict[str, Challenge] = {}

    def issue(self, challenge: Challenge) -> str:
        token = f"challenge-{len(self.issued)}-{id(self)}"
        self.issued[token] = challenge
        return token

    def read(self, token: str, purpose: ChallengePurpose, *, now: datetime) -> Challenge | None:
        found = self.issued.get(token)
        return found if found and found.purpose is purpose and now < found.expires_at else None


class FakePasskeys:
    """An answer is what was asked, which passkey gives it, and its count: ``nonce credential count``."""

    host = "anna.example"

    def creation(self, nonce: str, *, user_id: str, email: str, name: str, known: Sequence[str]) -> str:
        return " ".join((nonce, user_id, email, name, *known))

    def request(self, nonce: str) -> str:
        return nonce

    def made(self, answer: str, nonce: str) -> PasskeyMade:
        asked, credential, count = _parts(answer)
        if asked != nonce:
            raise PasskeyRefused
        return PasskeyMade(credential=credential, public_key=f"key of {credential}", counter=count)

    def credential_of(self, answer: str) -> str:
        return _parts(answer)[1]

    def counter_of(self, answer: str, nonce: str, *, public_key: str, user_id: str) -> int:
        asked, credential, count = _parts(answer)
        if asked != nonce or public_key != f"key of {credential}" or not user_id:
            raise PasskeyRefused
        return count


def _parts(answer: str) -> tuple[str, str, int]:
    try:
        asked, credential, count = answer.split()
        return asked, credential, int(count)
    except ValueError:
        raise PasskeyRefused from None


def app_of(user_id: UserId, at: datetime, *, counter: int = 0) -> Factor:
    return Factor(
        id=FactorId(f"app of {user_id}"),
        user_id=user_id,
        kind=FactorKind.TOTP,
        name="",
        secret="1-yek",
        created_at=at,
        counter=counter,
    )


def passkey_named(credential: str, user_id: UserId, at: datetime, *, counter: int = 0, host: str = "") -> Factor:
    return Factor(
        id=FactorId(f"passkey {credential}"),
        user_id=user_id,
        kind=FactorKind.PASSKEY,
        name=credential.title(),
        secret=f"key of {credential}",
        created_at=at,
        counter=counter,
        credential=credential,
        host=host or FakePasskeys.host,
    )


def drawer_of(user_id: UserId, at: datetime, *codes: str) -> Factor:
    return Factor(
        id=FactorId(f"drawer of {user_id}"),
        user_id=user_id,
        kind=FactorKind.RECOVERY,
        name="",
        secret=" ".join(f"digest:{code}" for code in codes),
        created_at=at,
    )
