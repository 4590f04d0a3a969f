"""Letters against a real SMTP server in this process."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from clients.mail_messages import address_of, message_of
from clients.mail_spool import NoPostman, SpoolPostman
from clients.smtp_mail import MailServer, SmtpPostman, mail_server
from core.mail import MailNotTaken, MailRefused, WrittenLetter
from dev import ports

LETTER = WrittenLetter(
    id="0" * 32,
    to="olga@example.org",
    sender_name="Анна & friends",
    host="anna.example",
    subject="Вас приглашают",
    text="Здравствуйте!\n.\nA dot alone ends nothing.\n",
    html="<p>Здравствуйте!</p>",
    reply_to="anna@example.org",
)
SENDER = "noreply@{host}"


@dataclass
class Mailbox:
    """What the server took; what it says to a recipient (*refusal*), a letter (*distaste*) or a sender (*disdain*) that
    it does not want."""

    refusal: str = ""
    distaste: str = ""
    disdain: str = ""
    taken: list[Envelope] = field(default_factory=list)

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, server: object, session: object, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.disdain or "250 OK"

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: object, session: object, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: object, session: object, envelope: Envelope) -> str:  # noqa: N802 - as above
        if self.distaste:
            return self.distaste
        self.taken.append(envelope)
        return "250 OK"

    def read(self) -> EmailMessage:
        [envelope] = self.taken
        assert isinstance(envelope.content, bytes)
        return message_from_bytes(envelope.content, _class=EmailMessage, policy=default)


@contextmanager
def serving(mailbox: Mailbox, **options: Any) -> Iterator[MailServer]:
    controller = Controller(mailbox, hostname="127.0.0.1", port=ports.pick(), enable_SMTPUTF8=True, **options)
    controller.start()
    try:
        yield MailServer(host="127.0.0.1", port=controller.port, is_sealed=False)
    finally:
        controller.stop()


async def test_a_letter_arrives_with_both_its_parts() -> None:
    mailbox = Mailbox()
    with serving(mailbox) as server:
        await SmtpPostman(server, sender=SENDER).deliver(LETTER)

    [envelope] = mailbox.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("noreply@anna.example", ["olga@example.org"])
    message = mailbox.read()
    assert str(message["From"]) == "Анна & friends <noreply@anna.example>"
    assert str(message["Subject"]) == "Вас приглашают"
    assert (str(message["To"]), str(message["Reply-To"])) == ("olga@example.org", "anna@example.org")
    assert message["Message-ID"] == f"<{'0' * 32}@anna.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"
    plain, html = [part.get_content() for part in message.iter_parts()]
    assert plain.replace("\r\n", "\n") == LETTER.text
    assert html.strip() == LETTER.html


@pytest.mark.parametrize(
    "wrong", [replace(LETTER, subject="Hello\r\nBcc: all@example.org"), replace(LETTER, sender_name="A\nBcc: b@c.d")]
)
async def test_nobody_adds_a_header(wrong: WrittenLetter) -> None:
    mailbox = Mailbox()
    with serving(mailbox) as server:
        await SmtpPostman(server, sender=SENDER).deliver(wrong)

    assert mailbox.read()["Bcc"] is None
    assert mailbox.taken[0].rcpt_tos == ["olga@example.org"]


async def test_an_address_is_one_address_whatever_stands_in_it() -> None:
    mailbox = Mailbox()
    with serving(mailbox) as server:
        await SmtpPostman(server, sender=SENDER).deliver(replace(LETTER, to="a,b;c@пример.рф"))

    assert mailbox.taken[0].rcpt_tos == ['"a,b;c"@xn--e1afmkfd.xn--p1ai']
    [to] = mailbox.read()["To"].addresses
    assert to.username == "a,b;c"


async def test_a_name_beyond_ascii_travels_when_the_server_can() -> None:
    mailbox = Mailbox()
    with serving(mailbox) as server:
        await SmtpPostman(server, sender=SENDER).deliver(replace(LETTER, to="ольга@example.org"))

    assert mailbox.taken[0].rcpt_tos == ["ольга@example.org"]


@pytest.mark.parametrize("to", ["nobody", "@example.org", "olga@", f"a@{'b' * 70}.org", "a@b..c"])
async def test_what_is_no_address_is_refused(to: str) -> None:
    mailbox = Mailbox()
    with serving(mailbox) as server, pytest.raises(MailRefused):
        await SmtpPostman(server, sender=SENDER).deliver(replace(LETTER, to=to))

    assert mailbox.taken == []


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        ("550 no such user here", MailRefused),
        ("550 5.1.1 no such user here", MailRefused),
        ("552 5.2.2 mailbox full", MailRefused),
        ("450 4.2.0 greylisted", MailNotTaken),
        ("452 too many", MailNotTaken),
        ("550 5.7.26 unauthenticated mail is not accepted", MailNotTaken),
        ("554 5.7.1 relaying denied", MailNotTaken),
        ("530 5.7.0 sign in first", MailNotTaken),
        ("530 sign in first", MailNotTaken),
    ],
)
@pytest.mark.parametrize("stage", ["to", "data"])
async def test_the_servers_reason_is_told_and_whether_it_lasts(
    stage: str, refusal: str, error: type[MailNotTaken | MailRefused]
) -> None:
    mailbox = Mailbox(refusal=refusal) if stage == "to" else Mailbox(distaste=refusal)
    with serving(mailbox) as server, pytest.raises(error) as refused:
        await SmtpPostman(server, sender=SENDER).deliver(LETTER)

    assert type(refused.value) is error
    assert refusal in str(refused.value)


async def test_a_sender_whom_the_server_does_not_want_is_the_operators_to_mend() -> None:
    with serving(Mailbox(disdain="550 5.1.8 no such domain")) as server, pytest.raises(MailNotTaken, match=r"5\.1\.8"):
        await SmtpPostman(server, sender=SENDER).deliver(LETTER)


async def test_a_server_that_is_away_is_tried_again_later() -> None:
    server = MailServer(host="127.0.0.1", port=ports.pick(), is_sealed=False)

    with pytest.raises(MailNotTaken):
        await SmtpPostman(server, sender=SENDER).deliver(LETTER)
    with pytest.raises(MailNotTaken):
        await SmtpPostman(server, sender=SENDER).greet()


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
async def test_name_and_password_are_given() -> None:
    def check(server: object, session: object, envelope: object, mechanism: str, data: Any) -> AuthResult:
        is_right = (data.login, data.password) == (b"terrace", b"p@ss/word")
        return AuthResult(success=is_right, handled=False)  # else it believes that the client was told already

    mailbox = Mailbox()
    with serving(mailbox, authenticator=check, auth_require_tls=False, auth_required=True) as server:
        with pytest.raises(MailNotTaken, match="535"):
            await SmtpPostman(replace(server, user="terrace", password="wrong"), sender=SENDER).deliver(LETTER)
        right = SmtpPostman(mail_server(f"smtp://terrace:p%40ss%2Fword@127.0.0.1:{server.port}"), sender=SENDER)
        await right.greet()
        await right.deliver(LETTER)

    assert len(mailbox.taken) == 1


async def test_a_password_is_not_sent_in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clients.smtp_mail._is_here", lambda host: False)
    with serving(Mailbox()) as server, pytest.raises(MailNotTaken, match="no TLS"):
        await SmtpPostman(replace(server, user="terrace", password="secret"), sender=SENDER).greet()


async def test_a_server_that_cannot_prove_who_it_is_gets_nothing(tmp_path: Path) -> None:
    mailbox = Mailbox()
    with (
        serving(mailbox, tls_context=_self_signed(tmp_path)) as server,
        pytest.raises(MailNotTaken, match=r"(?i)certificate"),
    ):
        await SmtpPostman(server, sender=SENDER).deliver(LETTER)

    assert mailbox.taken == []


async def test_tls_from_the_first_byte_asks_for_a_certificate_too(tmp_path: Path) -> None:
    listening = await asyncio.start_server(_hang_up, "127.0.0.1", ports.pick(), ssl=_self_signed(tmp_path))
    async with listening:
        server = MailServer(host="127.0.0.1", port=listening.sockets[0].getsockname()[1], is_sealed=True)
        with pytest.raises(MailNotTaken, match=r"(?i)certificate"):
            await SmtpPostman(server, sender=SENDER).deliver(LETTER)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", MailServer(host="mail.example", port=25, is_sealed=False)),
        ("smtps://mail.example", MailServer(host="mail.example", port=465, is_sealed=True)),
        ("smtp://a:b@[::1]:587", MailServer(host="::1", port=587, is_sealed=False, user="a", password="b")),
    ],
)
def test_the_server_by_its_url(url: str, server: MailServer) -> None:
    assert mail_server(url) == server


async def test_letters_that_are_not_sent_can_be_read(tmp_path: Path) -> None:
    spool = SpoolPostman(tmp_path / "outbox", sender=SENDER)
    assert await spool.list_newest() == []

    await spool.deliver(LETTER)
    await spool.deliver(replace(LETTER, id="1" * 32, subject="Second"))

    newest, oldest = await spool.list_newest()
    assert (newest.subject, oldest.subject) == ("Second", "Вас приглашают")
    assert (oldest.to, oldest.text, oldest.html.strip()) == (LETTER.to, LETTER.text, LETTER.html)
    assert await spool.find(newest.name) == newest
    assert [oct(path.stat().st_mode & 0o777) for path in (tmp_path / "outbox").iterdir()] == ["0o600", "0o600"]


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "20261123T154509000000-" + "0" * 32, "x\0"])
async def test_the_spool_shows_letters_only(tmp_path: Path, name: str) -> None:
    assert await SpoolPostman(tmp_path, sender=SENDER).find(name) is None


async def test_the_spool_tells_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MailNotTaken):
        await SpoolPostman(tmp_path / "file", sender=SENDER).deliver(LETTER)


async def test_without_a_mail_server_letters_wait() -> None:
    with pytest.raises(MailNotTaken, match="TERRACE_MAIL__URL"):
        await NoPostman().deliver(LETTER)


def test_a_message_is_plain_ascii_where_it_can_be() -> None:
    assert message_of(LETTER, sender=SENDER).as_bytes().isascii()
    assert address_of("Olga@EXAMPLE.org").addr_spec == "Olga@EXAMPLE.org"


def _hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


def _self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    dated = made.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    pem = dated.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "server.pem"
    path.write_bytes(key.private_bytes(*form) + pem)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    return context
