import re
from datetime import datetime

import pyotp
from pyotp.utils import strings_equal

SECONDS = 30
BESIDE = (0, -1, 1)
"""The present step first: clocks of phones differ, and people type slowly."""
_CODE = re.compile(r"[0-9]{6}", re.ASCII)


class PyotpCodes:
    """RFC 6238 as all apps know it: SHA-1, six digits, 30 seconds."""

    def new_key(self) -> str:
        return pyotp.random_base32()

    def link(self, key: str, *, account: str, site: str) -> str:
        return pyotp.TOTP(key).provisioning_uri(name=account, issuer_name=site.replace(":", " "))

    def step(self, key: str, code: str, *, now: datetime) -> int | None:
        if not _CODE.fullmatch(code):
            return None
        app, present = pyotp.TOTP(key, interval=SECONDS), int(now.timestamp()) // SECONDS
        return next((present + one for one in BESIDE if strings_equal(app.generate_otp(present + one), code)), None)
