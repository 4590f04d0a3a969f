import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from core.errors import Unavailable
from services.key_ring import KeyRing

PURPOSE = "secrets at rest"


class FernetSecretBox:
    """Seals under the newest key, opens under any (AES-128-CBC with HMAC-SHA-256, the Fernet specification)."""

    def __init__(self, ring: KeyRing) -> None:
        self._fernet = MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in ring.derive(PURPOSE)])

    def seal(self, secret: str) -> str:
        return self._fernet.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        try:
            return self._fernet.decrypt(sealed.encode("utf-8", "surrogatepass")).decode()
        except (InvalidToken, ValueError):
            raise Unavailable from None
