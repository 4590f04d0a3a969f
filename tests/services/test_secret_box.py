import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Unavailable
from services.secret_box import FernetSecretBox
from tests.services.rings import NEW, OLD, ROTATED


@given(st.text())
def test_what_is_sealed_can_be_opened(secret: str) -> None:
    box = FernetSecretBox(NEW)

    assert box.open(box.seal(secret)) == secret


def test_a_sealed_secret_does_not_show() -> None:
    assert "hunter2" not in FernetSecretBox(NEW).seal("hunter2")


def test_an_older_key_still_opens() -> None:
    assert FernetSecretBox(ROTATED).open(FernetSecretBox(OLD).seal("hunter2")) == "hunter2"


def test_the_newest_key_seals() -> None:
    assert FernetSecretBox(NEW).open(FernetSecretBox(ROTATED).seal("hunter2")) == "hunter2"


@pytest.mark.parametrize("sealed", ["", "x", "gAAAAA", "\ud800", "é" * 50])
def test_nothing_else_opens(sealed: str) -> None:
    with pytest.raises(Unavailable):
        FernetSecretBox(NEW).open(sealed)


def test_a_key_that_was_dropped_opens_no_more() -> None:
    with pytest.raises(Unavailable):
        FernetSecretBox(NEW).open(FernetSecretBox(OLD).seal("hunter2"))
