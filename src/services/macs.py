"""Message authentication that cannot be confused: each part's length goes into the code as well."""

import base64
import hashlib
import hmac

from services.key_ring import KeyRing


def mac(key: bytes, *parts: str | bytes) -> bytes:
    """HMAC-SHA-256 over *parts*, told apart by their lengths."""
    made = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(raw).to_bytes(8, "big"))
        made.update(raw)
    return made.digest()


def fits(ring: KeyRing, info: str, given: bytes, *parts: str | bytes) -> bool:
    """Whether *given* is the beginning of a code over *parts* under any key. How far it fits cannot be timed."""
    return any(hmac.compare_digest(mac(key, *parts)[: len(given)], given) for key in ring.derive(info))


def as_text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    """The bytes of unpadded URL-safe base64. Raises ValueError on anything else."""
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if as_text(raw) != text:
        raise ValueError("not the one spelling of these bytes")
    return raw
