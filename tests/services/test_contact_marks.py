from datetime import UTC, datetime, timedelta

import pytest

from services.client_marks import HmacClientMarks
from services.form_stamps import HmacFormStamps
from services.key_ring import KeyRing

OLD, NEW = b"o" * 32, b"n" * 32
NOW = datetime(2026, 5, 4, 12, 0, 1, tzinfo=UTC)


def test_a_stamp_tells_when_it_was_made_also_under_a_former_secret() -> None:
    stamp = HmacFormStamps(KeyRing((OLD,)), "anna").make(NOW + timedelta(milliseconds=400))

    assert HmacFormStamps(KeyRing((NEW, OLD)), "anna").issued_at(stamp) == NOW


@pytest.mark.parametrize("damage", ["", "1777896001.", "x", "1777896002", "1777896001.\u0661"])
def test_what_we_did_not_make_tells_nothing(damage: str) -> None:
    stamps = HmacFormStamps(KeyRing((OLD,)), "anna")
    moment, _, code = stamps.make(NOW).partition(".")

    assert stamps.issued_at(damage) is None
    assert stamps.issued_at(f"{int(moment) - 1}.{code}") is None
    assert stamps.issued_at(f"{moment}.{code[:-1]}") is None
    assert HmacFormStamps(KeyRing((OLD,)), "boris").issued_at(f"{moment}.{code}") is None
    assert HmacFormStamps(KeyRing((NEW,)), "anna").issued_at(f"{moment}.{code}") is None


def test_a_client_is_one_within_a_month_of_a_site_and_nobody_else_elsewhere() -> None:
    marks = HmacClientMarks(KeyRing((OLD,)), "anna")
    mark = marks.mark("client", NOW)

    assert marks.mark("client", NOW + timedelta(days=20)) == mark
    others = {
        marks.mark("client", NOW + timedelta(days=31)),
        marks.mark("another", NOW),
        HmacClientMarks(KeyRing((OLD,)), "boris").mark("client", NOW),
        HmacClientMarks(KeyRing((NEW,)), "anna").mark("client", NOW),
    }
    assert len(others | {mark}) == 5
    assert "client" not in mark
