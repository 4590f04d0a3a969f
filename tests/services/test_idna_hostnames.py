import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tenancy.errors import InvalidHostname
from services.idna_hostnames import IdnaHostnames

hostnames = IdnaHostnames()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("anna.example", "anna.example"),
        ("ANNA.Example", "anna.example"),
        ("anna.example.", "anna.example"),
        ("anna.example:8000", "anna.example"),
        ("anna.example.:8000", "anna.example"),
        ("anna.example:", "anna.example"),
        ("localhost", "localhost"),
        ("anna.localhost:65535", "anna.localhost"),
        ("Пример.РФ", "xn--e1afmkfd.xn--p1ai"),
        ("xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai"),
        ("XN--E1AFMKFD.xn--p1ai", "xn--e1afmkfd.xn--p1ai"),
        ("faß.de", "xn--fa-hia.de"),
        ("ａｎｎａ。example", "anna.example"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[::1]:8000", "[::1]"),
        ("[0:0:0:0:0:0:0:1]", "[::1]"),
        (f"{'a' * 63}.example", f"{'a' * 63}.example"),
    ],
)
def test_one_name_has_one_spelling(text: str, name: str) -> None:
    assert hostnames.normalise(text) == name
    assert hostnames.normalise(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "..",
        ":80",
        ".anna.example",
        "anna..example",
        "anna.example..",
        "anna.example:80:80",
        "anna.example:99999",
        "anna.example:8o",
        "anna.example:-1",
        "anna@boris.example",
        "anna:pw@boris.example",
        "anna.example/",
        "http://anna.example",
        "anna.example?x",
        "anna.example#x",
        "anna\\example",
        " anna.example",
        "anna.example ",
        "anna example",
        "anna.example\r\nX: y",
        "anna\x00.example",
        "anna\t.example",
        "anna\u00a0.example",
        "anna\u200b.example\u2028",
        "anna,boris.example",
        "*.example",
        "anna_b.example",
        "-anna.example",
        "anna-.example",
        "an--na.example",
        "xn--a.example",
        "xn--.example",
        f"{'a' * 64}.example",
        ".".join(["abcdefg"] * 32) + ".toolong",
        "a" * 100_000,
        "я" * 100_000,
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "256.0.0.1",
        "1.2.3.4.5",
        "anna.example.7",
        "[::1",
        "::1",
        "[::1]x",
        "[::g]",
        "[fe80::1%eth0]",
        "\ud800.example",
    ],
)
def test_what_is_no_hostname_is_refused(text: str) -> None:
    for _ in range(2):
        with pytest.raises(InvalidHostname):
            hostnames.normalise(text)


@given(st.text() | st.text("aZя.-:1[]@", max_size=80))
def test_a_normalised_name_stays_as_it_is(text: str) -> None:
    try:
        name = hostnames.normalise(text)
    except InvalidHostname:
        return
    assert hostnames.normalise(name) == name
    assert name == name.lower()
    assert name.isascii()
    assert 1 <= len(name) <= 253
