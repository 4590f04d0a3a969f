"""What second factors are made of: codes by time, pictures of keys, codes for the drawer, challenges, passkeys."""

import hashlib
import json
import struct
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import cbor2
import pyotp
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

from core.users.factor_errors import PasskeyRefused
from core.users.proofs import Challenge, ChallengePurpose
from services.paseto_tokens import PasetoChallengeTokens
from services.pyotp_codes import PyotpCodes
from services.recovery_codes import KeyedRecoveryCodes
from services.segno_qr import SegnoQrCodes
from services.webauthn_passkeys import WebauthnPasskeys
from tests.services.rings import NEW, OLD, ROTATED

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
CHALLENGE = Challenge(
    purpose=ChallengePurpose.SECOND_STEP,
    subject="u1",
    nonce="ab" * 32,
    expires_at=NOW + timedelta(minutes=5),
    bound="b" * 32,
    secret="JBSWY3DPEHPK3PXP",
)
RFC_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
passkeys = WebauthnPasskeys(host="anna.example", origin="https://anna.example", site="Anna")


@pytest.mark.parametrize(("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_codes_are_those_of_the_rfc(seconds: int, code: str) -> None:
    """RFC 6238, appendix B, of which six digits count."""
    assert PyotpCodes().step(RFC_KEY, code, now=datetime.fromtimestamp(seconds, UTC)) == seconds // 30


def test_a_code_fits_its_step_and_those_beside_it() -> None:
    codes, app = PyotpCodes(), pyotp.TOTP(RFC_KEY)
    present = int(NOW.timestamp()) // 30
    fitting = {ahead: codes.step(RFC_KEY, app.generate_otp(present + ahead), now=NOW) for ahead in range(-3, 4)}

    assert fitting == {-3: None, -2: None, -1: present - 1, 0: present, 1: present + 1, 2: None, 3: None}
    assert [codes.step(RFC_KEY, typed, now=NOW) for typed in ("", "12345", "１２３４５６", "abcdef")] == [None] * 4


def test_keys_are_long_and_the_link_says_whose() -> None:
    codes = PyotpCodes()
    key = codes.new_key()

    assert len(key) == 32
    assert key != codes.new_key()
    assert codes.link(key, account="anna@anna.example", site="Anna: notes").startswith(
        "otpauth://totp/Anna%20%20notes:"
    )


def test_the_picture_needs_no_style_and_is_called_something() -> None:
    picture = SegnoQrCodes().svg("otpauth://totp/x", title="The <key>")

    assert picture.startswith('<svg role="img"')
    assert "<title>The &lt;key&gt;</title>" in picture
    assert "style" not in picture


def test_recovery_codes_are_known_however_they_are_typed_and_at_their_site_only() -> None:
    here, there = KeyedRecoveryCodes(NEW, "anna"), KeyedRecoveryCodes(NEW, "boris")
    code = here.make()
    kept = here.digests(code)

    assert here.digests(code.upper().replace("-", " ").replace("0", "O")) == kept
    assert there.digests(code) != kept
    assert KeyedRecoveryCodes(OLD, "anna").digests(code)[0] in KeyedRecoveryCodes(ROTATED, "anna").digests(code)
    assert [here.digests(typed) for typed in ("", "spare", "u" * 12, code + "0")] == [()] * 4


def test_a_challenge_says_what_it_was_made_for_and_to_this_site_only() -> None:
    here = PasetoChallengeTokens(NEW, "anna")
    token = here.issue(CHALLENGE)

    assert here.read(token, CHALLENGE.purpose, now=NOW) == CHALLENGE
    assert here.read(token, ChallengePurpose.PASSKEY_SIGN_IN, now=NOW) is None
    assert here.read(token, CHALLENGE.purpose, now=CHALLENGE.expires_at) is None
    assert PasetoChallengeTokens(NEW, "boris").read(token, CHALLENGE.purpose, now=NOW) is None
    assert PasetoChallengeTokens(OLD, "anna").read(token, CHALLENGE.purpose, now=NOW) is None
    assert here.read(token + "A", CHALLENGE.purpose, now=NOW) is None
    assert here.read("v4.local.x", CHALLENGE.purpose, now=NOW) is None
    old = PasetoChallengeTokens(OLD, "anna").issue(replace(CHALLENGE, secret=""))
    assert PasetoChallengeTokens(ROTATED, "anna").read(old, CHALLENGE.purpose, now=NOW) is not None


def test_browsers_are_asked_for_a_verified_user_and_a_passkey_that_names_her() -> None:
    made = json.loads(passkeys.creation("ab" * 32, user_id="u1", email="e@x.example", name="E", known=["AQID"]))
    asked = json.loads(passkeys.request("ab" * 32))

    chosen = made["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")
    assert (made["rp"], made["excludeCredentials"][0]["id"]) == ({"id": "anna.example", "name": "Anna"}, "AQID")
    assert (asked["rpId"], asked["userVerification"], asked["allowCredentials"]) == ("anna.example", "required", [])
    assert made["challenge"] == asked["challenge"]


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "null",
        "[]",
        "{",
        "[" * 20_000,
        "[" * 9_000,
        '{"id": 1}',
        '{"id":"AQID","rawId":"AQID","type":"public-key","response":null}',
        '{"id":"AQID","rawId":"AQID","type":"public-key","response":{"clientDataJSON":"e30"}}',
        '{"id":"AQID","rawId":"AQID","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"_w"}}',
        '{"rawId":"AQID","response":{"clientDataJSON":"e30","authenticatorData":"_w","signature":"_w"}}',
    ],
)
def test_what_no_browser_answers_is_refused_and_breaks_nothing(answer: str) -> None:
    with pytest.raises(PasskeyRefused):
        passkeys.made(answer, "ab" * 32)
    with pytest.raises(PasskeyRefused):
        passkeys.counter_of(answer, "ab" * 32, public_key="AQID", user_id="u1")


def registered(credential: bytes) -> str:
    """A browser's answer about a new passkey that calls itself *credential*."""
    public = ec.generate_private_key(ec.SECP256R1()).public_key().public_numbers()
    key = {1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32, "big"), -3: public.y.to_bytes(32, "big")}
    head = hashlib.sha256(b"anna.example").digest() + struct.pack(">BI", 0x45, 0) + bytes(16)
    told = head + struct.pack(">H", len(credential)) + credential + cbor2.dumps(key)
    asked = {"type": "webauthn.create", "challenge": bytes_to_base64url(bytes.fromhex("ab" * 32))}
    response = {
        "clientDataJSON": json.dumps({**asked, "origin": "https://anna.example"}).encode(),
        "attestationObject": cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": told}),
    }
    name, spelt = bytes_to_base64url(credential), {part: bytes_to_base64url(raw) for part, raw in response.items()}
    return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": spelt})


def test_a_name_of_a_passkey_may_be_so_long_and_no_longer() -> None:
    assert passkeys.made(registered(b"n" * 1023), "ab" * 32).credential == bytes_to_base64url(b"n" * 1023)

    with pytest.raises(PasskeyRefused):
        passkeys.made(registered(b"n" * 1024), "ab" * 32)


def test_what_names_nothing_is_the_name_of_none() -> None:
    assert passkeys.credential_of('{"rawId": null}') == passkeys.credential_of('{"rawId": 5}') == ""


@pytest.mark.parametrize("answer", ["", "null", "[" * 9_000, '{"other": 5}', "x" * 20_000])
def test_without_a_name_it_is_no_passkey(answer: str) -> None:
    with pytest.raises(PasskeyRefused):
        passkeys.credential_of(answer)
