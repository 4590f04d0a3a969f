from dataclasses import replace

from core.blog.origins import id_within, origin_of
from tests.core.makers import draft


def test_a_text_is_known_by_where_it_began() -> None:
    assert origin_of(draft("one")) == "terrace:one"
    assert origin_of(replace(draft("one"), origin="ghost:1")) == "ghost:1"


def test_only_our_own_names_hold_an_id() -> None:
    assert id_within("terrace:one") == "one"
    assert id_within("ghost:1") is None
