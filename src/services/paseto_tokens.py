"""The only importer of pyseto: its own reading neither insists on an expiry nor refuses foreign kinds."""

import json
import re
from datetime import UTC, datetime
from functools import lru_cache

import pyseto
from pyseto import KeyInterface, PysetoError

from core.identity import SessionId
from core.users.credentials import TokenClaims, TokenKind
from core.users.proofs import Challenge, ChallengePurpose
from services.key_ring import KeyRing

PURPOSE = "paseto v4.local"
_TOKEN = re.compile(r"v4\.local\.[A-Za-z0-9_-]{86,600}", re.ASCII)
_CHALLENGE = re.compile(r"v4\.local\.[A-Za-z0-9_-]{86,1200}", re.ASCII)
_RINGS = 8


class PasetoSessionTokens:
    """PASETO v4.local. Site and kind are the implicit assertion: a token of another does not even decrypt."""

    def __init__(self, ring: KeyRing, tenant_id: str) -> None:
        self._keys = _keys(ring.derive(PURPOSE))
        self._tenant_id = tenant_id

    def issue(self, claims: TokenClaims) -> str:
        payload = {
            "jti": claims.session_id,
            "kind": claims.kind.value,
            "iat": int(claims.issued_at.timestamp()),
            "exp": int(claims.expires_at.timestamp()),
        }
        if claims.generation:
            payload["gen"] = claims.generation
        packed = json.dumps(payload, separators=(",", ":"))
        assertion = self._assertion(claims.kind)
        return pyseto.encode(self._keys[0], packed, implicit_assertion=assertion).decode()

    def read(self, token: str, kind: TokenKind, *, now: datetime) -> TokenClaims | None:
        if not _TOKEN.fullmatch(token):
            return None
        try:
            payload = pyseto.decode(list(self._keys), token, implicit_assertion=self._assertion(kind)).payload
            claims = _claims(json.loads(payload) if isinstance(payload, bytes) else payload, kind)
        except (PysetoError, ValueError, KeyError, TypeError, OverflowError, OSError):
            return None
        return claims if claims.issued_at <= claims.expires_at and now < claims.expires_at else None

    def _assertion(self, kind: TokenKind) -> str:
        return json.dumps(["terrace", self._tenant_id, kind.value])


class PasetoChallengeTokens:
    """Encrypted as well, so that what goes with a challenge is safe with whoever carries it. Site and purpose are the
    implicit assertion."""

    def __init__(self, ring: KeyRing, tenant_id: str) -> None:
        self._keys = _keys(ring.derive(PURPOSE))
        self._tenant_id = tenant_id

    def issue(self, challenge: Challenge) -> str:
        payload = {
            "jti": challenge.nonce,
            "sub": challenge.subject,
            "exp": int(challenge.expires_at.timestamp()),
            "bound": challenge.bound,
            "secret": challenge.secret,
        }
        packed, assertion = json.dumps(payload, separators=(",", ":")), self._assertion(challenge.purpose)
        return pyseto.encode(self._keys[0], packed, implicit_assertion=assertion).decode()

    def read(self, token: str, purpose: ChallengePurpose, *, now: datetime) -> Challenge | None:
        if not _CHALLENGE.fullmatch(token):
            return None
        try:
            payload = pyseto.decode(list(self._keys), token, implicit_assertion=self._assertion(purpose)).payload
            found = _challenge(json.loads(payload) if isinstance(payload, bytes) else payload, purpose)
        except (PysetoError, ValueError, KeyError, TypeError, OverflowError, OSError):
            return None
        return found if now < found.expires_at else None

    def _assertion(self, purpose: ChallengePurpose) -> str:
        return json.dumps(["terrace challenge", self._tenant_id, purpose.value])


@lru_cache(maxsize=_RINGS)
def _keys(material: tuple[bytes, ...]) -> tuple[KeyInterface, ...]:
    return tuple(pyseto.Key.new(version=4, purpose="local", key=raw) for raw in material)


def _claims(payload: dict[str, object], kind: TokenKind) -> TokenClaims:
    """Raises KeyError, TypeError or ValueError when anything is missing or of another shape."""
    session_id, issued, expires = payload["jti"], payload["iat"], payload["exp"]
    generation = payload.get("gen", 0)
    if payload["kind"] != kind.value or not isinstance(session_id, str):
        raise ValueError("another kind of token")
    if not (isinstance(issued, int) and isinstance(expires, int) and isinstance(generation, int)):
        raise TypeError("times and generations are whole numbers")
    return TokenClaims(
        kind=kind,
        session_id=SessionId(session_id),
        issued_at=datetime.fromtimestamp(issued, UTC),
        expires_at=datetime.fromtimestamp(expires, UTC),
        generation=generation,
    )


def _challenge(payload: dict[str, object], purpose: ChallengePurpose) -> Challenge:
    """Raises KeyError or TypeError when anything is missing or of another shape."""
    nonce, subject, expires = payload["jti"], payload["sub"], payload["exp"]
    bound, secret = payload["bound"], payload["secret"]
    if not (isinstance(nonce, str) and isinstance(subject, str) and isinstance(expires, int)):
        raise TypeError("ids are text, times whole numbers")
    if not (isinstance(bound, str) and isinstance(secret, str)):
        raise TypeError("what goes with it is text")
    return Challenge(
        purpose=purpose,
        subject=subject,
        nonce=nonce,
        expires_at=datetime.fromtimestamp(expires, UTC),
        bound=bound,
        secret=secret,
    )
