"""Key rings that tests share."""

from services.key_ring import KeyRing

OLD = KeyRing((b"o" * 32,))
NEW = KeyRing((b"n" * 32,))
ROTATED = KeyRing((b"n" * 32, b"o" * 32))
