"""The only importer of webauthn (py_webauthn): its defaults neither insist on a verified user nor on a discoverable
passkey."""

import json
import struct
from collections.abc import Sequence

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from core.users.factor_errors import PasskeyRefused
from core.users.proofs import PasskeyMade

LONGEST_ANSWER = 16_384
LONGEST_CREDENTIAL = 1023
"""Of bytes: no authenticator names a passkey by more (WebAuthn, 4)."""
MILLISECONDS = 5 * 60 * 1000
_MALFORMED = (
    WebAuthnException,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
    struct.error,
)
"""What the library raises on answers that no browser gives."""


class WebauthnPasskeys:
    """*host* is the site's primary hostname, *origin* the public address that belongs to it, *site* its title."""

    def __init__(self, *, host: str, origin: str, site: str) -> None:
        self._host = host
        self._origin = origin
        self._site = site

    @property
    def host(self) -> str:
        return self._host

    def creation(self, nonce: str, *, user_id: str, email: str, name: str, known: Sequence[str]) -> str:
        options = webauthn.generate_registration_options(
            rp_id=self._host,
            rp_name=self._site,
            user_id=user_id.encode(),
            user_name=email,
            user_display_name=name,
            challenge=bytes.fromhex(nonce),
            timeout=MILLISECONDS,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                require_resident_key=True,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
        )
        return options_to_json(options)

    def request(self, nonce: str) -> str:
        options = webauthn.generate_authentication_options(
            rp_id=self._host,
            challenge=bytes.fromhex(nonce),
            timeout=MILLISECONDS,
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        return options_to_json(options)

    def made(self, answer: str, nonce: str) -> PasskeyMade:
        try:
            found = webauthn.verify_registration_response(
                credential=_whole(answer),
                expected_challenge=bytes.fromhex(nonce),
                expected_rp_id=self._host,
                expected_origin=self._origin,
                require_user_verification=True,
            )
        except _MALFORMED:
            raise PasskeyRefused from None
        if len(found.credential_id) > LONGEST_CREDENTIAL:
            raise PasskeyRefused
        return PasskeyMade(
            credential=bytes_to_base64url(found.credential_id),
            public_key=bytes_to_base64url(found.credential_public_key),
            counter=found.sign_count,
        )

    def credential_of(self, answer: str) -> str:
        try:
            named = json.loads(_whole(answer))["rawId"]
            return bytes_to_base64url(base64url_to_bytes(named if isinstance(named, str) else ""))
        except _MALFORMED:
            raise PasskeyRefused from None

    def counter_of(self, answer: str, nonce: str, *, public_key: str, user_id: str) -> int:
        try:
            handle = json.loads(_whole(answer))["response"].get("userHandle")
            if handle is not None and base64url_to_bytes(handle) != user_id.encode():
                raise PasskeyRefused
            found = webauthn.verify_authentication_response(
                credential=answer,
                expected_challenge=bytes.fromhex(nonce),
                expected_rp_id=self._host,
                expected_origin=self._origin,
                credential_public_key=base64url_to_bytes(public_key),
                credential_current_sign_count=0,  # what the count means is decided in core: Factor.counted
                require_user_verification=True,
            )
        except _MALFORMED:
            raise PasskeyRefused from None
        return found.new_sign_count


def _whole(answer: str) -> str:
    if len(answer) > LONGEST_ANSWER:
        raise PasskeyRefused
    return answer
