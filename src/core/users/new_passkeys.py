"""A passkey that a browser has just made."""

from __future__ import annotations

from datetime import datetime

from core.identity import UserId
from core.users.factors import Factor, FactorKind, new_factor_id
from core.users.proofs import PasskeyMade


def passkey_of(user_id: UserId, made: PasskeyMade, *, host: str, name: str, now: datetime) -> Factor:
    return Factor(
        id=new_factor_id(),
        user_id=user_id,
        kind=FactorKind.PASSKEY,
        name=name.strip(),
        secret=made.public_key,
        created_at=now,
        counter=made.counter,
        credential=made.credential,
        host=host,
    )
