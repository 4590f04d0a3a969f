from core.contacts.entities import MessageState
from core.contacts.form import ContactForm


def test_spam_stays_no_longer_than_the_rest() -> None:
    assert ContactForm().days_of(MessageState.SPAM) == 30
    assert ContactForm().days_of(MessageState.READ) == 365
    assert ContactForm(retention_days=7).days_of(MessageState.SPAM) == 7
