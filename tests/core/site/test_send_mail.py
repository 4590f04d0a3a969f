"""Letters from the outbox to the mail server."""

from datetime import timedelta

import pytest

from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.mail import Letter, LetterKind, MailNotTaken, MailRefused
from core.outbox import SEALED, TaskOutbox, letter_of
from core.site.use_cases.send_mail import SendMail
from core.tasks import Task, TaskInVain, TaskKind, TaskTaken
from tests.core.fakes.mail import FakeBox, FakePostman, FakeWriter
from tests.core.house import House

LETTER = Letter(
    kind=LetterKind.EMAIL_CHANGED,
    to="olga@example.org",
    values={"name": "Olga", "new_email": "o@example.org"},
    lang="ru",
    reply_to="anna@example.org",
)


def send_mail(house: House, postman: FakePostman) -> SendMail:
    return SendMail(
        access=house.access,
        tasks=house.tasks,
        box=FakeBox(),
        writer=FakeWriter(),
        postman=postman,
        transaction=house.transaction,
    )


async def posted(house: House) -> Task:
    """The task of the letter, as the runner hands it to its handler."""
    await TaskOutbox(tasks=house.tasks, box=FakeBox(), clock=house.clock).post(LETTER)
    house.transaction.settle()
    task = await house.tasks.begin(TaskKind.SEND_MAIL, now=house.clock.now())
    assert task is not None
    house.transaction.settle()
    return task


async def test_a_letter_lies_sealed_in_a_task_of_its_own(house: House) -> None:
    outbox = TaskOutbox(tasks=house.tasks, box=FakeBox(), clock=house.clock)

    await outbox.post(LETTER)
    await outbox.post(LETTER)

    first, second = house.tasks.kept.values()
    assert first.subject != second.subject
    assert first.due_at == house.clock.now()
    assert "olga" not in first.payload[SEALED]
    assert letter_of(first, FakeBox()) == LETTER


async def test_the_runner_sends_a_letter_once(house: House) -> None:
    house.admits(Role.OPERATOR)
    task, postman = await posted(house), FakePostman()

    await send_mail(house, postman)(task)

    assert [(one.id, one.to, one.reply_to) for one in postman.delivered] == [
        (task.subject, "olga@example.org", "anna@example.org")
    ]
    assert house.kept(house.tasks) == {}
    assert house.transaction.rests == 1
    with pytest.raises(TaskTaken):
        await send_mail(house, postman)(task)


async def test_a_letter_that_is_not_taken_waits(house: House) -> None:
    house.admits(Role.OPERATOR)
    task = await posted(house)

    with house.refuses(MailNotTaken) as refused:
        await send_mail(house, FakePostman(is_away=True))(task)

    assert str(refused.value) == "The letter was not taken: 451 later, please"
    assert house.clock.now() - task.due_at < timedelta(minutes=1)
    assert task.id in house.kept(house.tasks)


async def test_a_letter_that_nobody_will_take_is_in_vain(house: House) -> None:
    house.admits(Role.OPERATOR)
    task = await posted(house)

    with house.refuses(MailRefused) as refused:
        await send_mail(house, FakePostman(has_nobody=True))(task)

    assert isinstance(refused.value, TaskInVain)
    assert str(refused.value) == "The letter was refused for good: 550 no such user here"


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_is_no_runner_is_refused(house: House, role: Role, error: type[Forbidden | Unauthenticated]) -> None:
    house.admits(role)
    task, postman = await posted(house), FakePostman()

    with house.refuses(error):
        await send_mail(house, postman)(task)

    assert postman.delivered == []


@pytest.mark.parametrize("values", [{}, {"name": "Olga"}, {"name": "Olga", "new_email": "o@example.org", "path": "/"}])
def test_a_letter_that_lacks_a_word_is_not_made(values: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="email_changed needs"):
        Letter(kind=LetterKind.EMAIL_CHANGED, to="olga@example.org", values=values)
