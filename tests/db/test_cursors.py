import base64
import json
from datetime import UTC, datetime

import pytest

from core.errors import Invalid
from db import cursors

AT = datetime(2026, 5, 4, 12, 30, 1, 123456, tzinfo=UTC)


def packed(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content, separators=(",", ":")).encode()).decode().rstrip("=")


def test_a_cursor_comes_back_as_it_went() -> None:
    assert cursors.read(cursors.written(AT, "ключ")) == (AT, "ключ")


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "nonsense",
        "ы" * 10,
        "x" * 100_000,
        packed([AT.isoformat(), "key"]) + "=",
        packed([AT.isoformat(), "key"]).swapcase(),
        packed([AT.isoformat(), 7]),
        packed([AT.isoformat()]),
        packed([AT.isoformat(), "key", "more"]),
        packed(["2026-05-04T12:30:01", "key"]),
        packed(["yesterday", "key"]),
        packed([None, "key"]),
        packed({"at": "key"}),
        packed(7),
        base64.urlsafe_b64encode(b"[" * 200).decode().rstrip("="),
        base64.urlsafe_b64encode(b"\xff\xfe").decode().rstrip("="),
    ],
)
def test_whatever_we_did_not_write_is_invalid(cursor: str) -> None:
    with pytest.raises(Invalid) as refused:
        cursors.read(cursor)
    assert refused.value.problems[0].field == "cursor"
