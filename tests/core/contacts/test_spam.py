import pytest

from core.contacts.entities import Extra, MessageState, SpamReason
from core.contacts.spam import SUSPECT, Signs, Work, judged
from tests.core.contacts_house import message

QUIET = Signs(seconds=60, work=Work.DONE, is_trapped=False, alike=0)
BARE = Signs(seconds=None, work=Work.NONE, is_trapped=False, alike=0)


def test_a_message_without_any_sign_scores_nothing() -> None:
    seen = judged(message(text="See https is a word"), QUIET)

    assert (seen.score, seen.reasons, seen.state) == (0, (), MessageState.UNREAD)


def test_one_without_stamp_and_work_is_still_a_message() -> None:
    seen = judged(message(text="My site: https://vera.example"), BARE)

    assert seen.reasons == (SpamReason.NO_STAMP, SpamReason.NO_WORK, SpamReason.LINKS)
    assert (seen.score, seen.state) == (60, MessageState.UNREAD)


@pytest.mark.parametrize(
    ("text", "name", "signs", "reason"),
    [
        ("https://a https://b https://c www.d t.me/e", "V", QUIET, SpamReason.LINKS),
        ("Hi", "See https://a.example", QUIET, SpamReason.LINK_IN_NAME),
        ("[url=x]y[/url]", "V", Signs(seconds=1, work=Work.DONE, is_trapped=False, alike=0), SpamReason.MARKUP),
        ("Hi", "V", Signs(seconds=9, work=Work.DONE, is_trapped=True, alike=0), SpamReason.TRAP),
        ("Hi", "V", Signs(seconds=1, work=Work.WRONG, is_trapped=False, alike=0), SpamReason.QUICK),
    ],
)
def test_signs_that_are_enough(text: str, name: str, signs: Signs, reason: SpamReason) -> None:
    seen = judged(message(text=text, name=name), signs)

    assert seen.state is MessageState.SPAM
    assert seen.score >= SUSPECT
    assert reason in seen.reasons


def test_links_in_answers_to_questions_count_too() -> None:
    seen = judged(message(extra=(Extra(label="Site", value="https://a https://b"),)), QUIET)

    assert (seen.score, seen.reasons) == (30, (SpamReason.LINKS,))
