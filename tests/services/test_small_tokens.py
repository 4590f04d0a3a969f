"""Invitation links, form tokens and what stands for an address."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identity import UserId
from core.users.credentials import LinkClaims, LinkPurpose
from core.users.entities import InvitationId
from services.client_keys import ClientKeys
from services.csrf_tokens import CsrfTokens
from services.invitation_tokens import HmacInvitationTokens
from services.link_tokens import HmacLinkTokens
from services.macs import as_text, from_text, mac
from services.preview_tokens import HmacPreviewTokens
from tests.services.rings import NEW, OLD, ROTATED

INVITATION = InvitationId("0123456789abcdef" * 2)
ODD = ["", ".", "x", "x.y", f"{INVITATION}.", f".{'A' * 32}", "\x00", "é.é", "\ud800.\ud800", "a" * 1_000_000]


def test_an_invitation_has_one_link_and_the_link_leads_to_it() -> None:
    links = HmacInvitationTokens(NEW, "anna")

    assert links.make(INVITATION) == links.make(INVITATION)
    assert links.read(links.make(INVITATION)) == INVITATION


def test_a_link_is_safe_in_an_address() -> None:
    assert set(HmacInvitationTokens(NEW, "anna").make(INVITATION)) <= set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
    )


def test_a_preview_has_one_link_of_one_site_and_no_other_kind_of_link_opens_it() -> None:
    previews = HmacPreviewTokens(NEW, "anna")
    link = previews.make("0123456789ab")

    assert previews.make("0123456789ab") == link
    assert previews.read(link) == "0123456789ab"
    assert HmacPreviewTokens(NEW, "boris").read(link) is None
    assert HmacInvitationTokens(NEW, "anna").read(link) is None
    assert previews.read(HmacInvitationTokens(NEW, "anna").make(INVITATION)) is None


@given(ours=st.text(max_size=30), theirs=st.text(max_size=30), invitation=st.text(max_size=60).map(InvitationId))
def test_another_sites_link_is_worthless(ours: str, theirs: str, invitation: InvitationId) -> None:
    read = HmacInvitationTokens(NEW, theirs).read(HmacInvitationTokens(NEW, ours).make(invitation))

    assert read == (invitation if ours == theirs else None)


def test_links_survive_a_new_secret_while_the_old_one_is_kept() -> None:
    link = HmacInvitationTokens(OLD, "anna").make(INVITATION)

    assert HmacInvitationTokens(ROTATED, "anna").read(link) == INVITATION
    assert HmacInvitationTokens(NEW, "anna").read(link) is None


@pytest.mark.parametrize("link", ODD)
def test_an_odd_link_leads_nowhere(link: str) -> None:
    assert HmacInvitationTokens(NEW, "anna").read(link) is None
    assert HmacPreviewTokens(NEW, "anna").read(link) is None


def test_a_form_token_is_for_one_site_and_one_visitor() -> None:
    forms = CsrfTokens(NEW)
    token = forms.make("anna", "session")

    assert forms.is_valid(token, "anna", "session")
    assert not forms.is_valid(token, "boris", "session")
    assert not forms.is_valid(token, "anna", "another")
    assert not forms.is_valid(token, "annas", "ession")
    assert not forms.is_valid(forms.make("anna", ""), "anna", "")


def test_form_tokens_never_look_the_same() -> None:
    forms = CsrfTokens(NEW)

    assert len({forms.make("anna", "session") for _ in range(20)}) == 20


def test_form_tokens_survive_a_new_secret_while_the_old_one_is_kept() -> None:
    token = CsrfTokens(OLD).make("anna", "session")

    assert CsrfTokens(ROTATED).is_valid(token, "anna", "session")
    assert not CsrfTokens(NEW).is_valid(token, "anna", "session")


@pytest.mark.parametrize("token", [*ODD, "A" * 48, "=" * 48, "é" * 48, "A" * 47 + "\n"])
def test_an_odd_form_token_is_not_valid(token: str) -> None:
    assert not CsrfTokens(NEW).is_valid(token, "anna", "session")


def test_a_link_is_no_form_token() -> None:
    link = HmacInvitationTokens(NEW, "anna").make(INVITATION)

    assert not CsrfTokens(NEW).is_valid(link.rpartition(".")[2] + "A" * 16, "anna", INVITATION)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("192.0.2.7", "::ffff:192.0.2.7"),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
        ("fe80::1%eth0", "fe80::2"),
    ],
)
def test_one_client_has_one_key(one: str, other: str) -> None:
    assert ClientKeys(NEW).key(one) == ClientKeys(NEW).key(other)


def test_other_clients_have_other_keys() -> None:
    addresses = ["192.0.2.7", "192.0.2.8", "2001:db8:1:2::1", "2001:db8:1:3::1", "", "unix:"]

    assert len({ClientKeys(NEW).key(address) for address in addresses}) == len(addresses)


def test_a_key_does_not_lead_back() -> None:
    assert ClientKeys(NEW).key("192.0.2.7") != ClientKeys(OLD).key("192.0.2.7")


@given(st.text())
def test_any_address_has_a_key(address: str) -> None:
    assert len(ClientKeys(NEW).key(address)) == 32


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_codes_tell_their_parts_apart(one: list[str], other: list[str]) -> None:
    assert (mac(b"key", *one) == mac(b"key", *other)) is (one == other)


@given(st.binary())
def test_bytes_have_one_spelling(raw: bytes) -> None:
    assert from_text(as_text(raw)) == raw


@pytest.mark.parametrize("text", ["A", "A=", "AB==", "AB\n", "+/+/", "AAAé", "AB"])
def test_other_spellings_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        from_text(text)


NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
CLAIMS = LinkClaims(
    purpose=LinkPurpose.EMAIL_CHANGE,
    user_id=UserId("u1"),
    expires_at=NOON + timedelta(hours=1),
    email="ольга@пример.рф",
)


def test_a_link_proves_what_it_was_made_for_as_long_as_that_stands() -> None:
    links = HmacLinkTokens(NEW, "anna")
    token = links.make(CLAIMS, bound="hash")

    assert links.read(token, LinkPurpose.EMAIL_CHANGE, now=NOON) == CLAIMS
    assert links.proves(token, CLAIMS, bound="hash")
    assert not links.proves(token, CLAIMS, bound="another hash")
    assert links.read(token, LinkPurpose.EMAIL_CHANGE, now=NOON + timedelta(hours=1)) is None
    assert HmacLinkTokens(ROTATED, "anna").proves(HmacLinkTokens(OLD, "anna").make(CLAIMS, bound=""), CLAIMS, bound="")


def test_a_link_serves_one_site_and_one_purpose() -> None:
    token = HmacLinkTokens(NEW, "anna").make(CLAIMS, bound="hash")

    assert not HmacLinkTokens(NEW, "boris").proves(token, CLAIMS, bound="hash")
    for_reset = HmacLinkTokens(NEW, "anna").read(token, LinkPurpose.PASSWORD_RESET, now=NOON)
    assert for_reset is not None
    assert not HmacLinkTokens(NEW, "anna").proves(token, for_reset, bound="hash")


@pytest.mark.parametrize("token", [*ODD, "W10.AAAA", "bnVsbA.AAAA", as_text(b"[" * 400), as_text(b'["a",1e99,""]')])
def test_an_odd_link_says_and_proves_nothing(token: str) -> None:
    links = HmacLinkTokens(NEW, "anna")

    assert links.read(token, LinkPurpose.PASSWORD_RESET, now=NOON) is None
    assert not links.proves(token, CLAIMS, bound="hash")
