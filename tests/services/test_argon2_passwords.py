import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from passlib.context import CryptContext

from core.errors import Unavailable
from services.argon2_passwords import MEMORY_KIB, Argon2Passwords


@pytest.fixture
async def passwords() -> AsyncIterator[Argon2Passwords]:
    made = Argon2Passwords()
    yield made
    made.close()


async def test_a_password_fits_its_own_hash_only(passwords: Argon2Passwords) -> None:
    hashed = await passwords.hash("correct horse")

    assert await passwords.verify("correct horse", hashed)
    assert not await passwords.verify("correct hors", hashed)
    assert not await passwords.verify("", hashed)


async def test_it_is_argon2id_as_owasp_asks(passwords: Argon2Passwords) -> None:
    assert (await passwords.hash("correct horse")).startswith(f"$argon2id$v=19$m={MEMORY_KIB},t=2,p=1$")


async def test_what_looks_the_same_is_the_same(passwords: Argon2Passwords) -> None:
    assert await passwords.verify("cafe\u0301 secret", await passwords.hash("caf\u00e9 secret"))


@pytest.mark.parametrize("password", ["\ud800" * 10, "with \x00 in it", "пароль длинный", "🔑" * 10])
async def test_any_characters_make_a_password(passwords: Argon2Passwords, password: str) -> None:
    hashed = await passwords.hash(password)

    assert await passwords.verify(password, hashed)
    assert not await passwords.verify(password + "x", hashed)


async def test_nobody_has_no_password(passwords: Argon2Passwords) -> None:
    assert not await passwords.verify("nobody has this password", None)
    assert not await passwords.verify("", None)


@pytest.mark.parametrize("damaged", ["", "plain", "$argon2id$", "$2b$12$abcdefghijklmnopqrstuv"])
async def test_a_hash_that_is_none_fits_nothing(passwords: Argon2Passwords, damaged: str) -> None:
    assert not await passwords.verify("correct horse", damaged)
    assert passwords.is_outdated(damaged)


async def test_a_book_is_no_password(passwords: Argon2Passwords) -> None:
    book = "a" * 1_000_000
    hashed = await passwords.hash("a" * 200)

    assert not await passwords.verify(book, hashed)
    with pytest.raises(ValueError, match="too long"):
        await passwords.hash(book)


async def test_only_the_beginning_of_a_long_password_is_not_enough(passwords: Argon2Passwords) -> None:
    assert not await passwords.verify("a" * 1_025, await passwords.hash("a" * 1_024))


async def test_weaker_hashes_are_outdated(passwords: Argon2Passwords) -> None:
    weak = CryptContext(schemes=["argon2"], argon2__memory_cost=1024, argon2__time_cost=1, argon2__parallelism=1)

    assert passwords.is_outdated(weak.hash("correct horse"))
    assert not passwords.is_outdated(await passwords.hash("correct horse"))


async def test_unknown_users_take_as_long_as_known_ones(passwords: Argon2Passwords) -> None:
    hashed = await passwords.hash("correct horse")
    await passwords.verify("warm", None)

    known = [await _seconds(passwords, "wrong", hashed) for _ in range(7)]
    unknown = [await _seconds(passwords, "wrong", None) for _ in range(7)]
    endless = [await _seconds(passwords, "wrong" * 10_000, hashed) for _ in range(7)]

    assert 0.5 < min(unknown) / min(known) < 2
    assert 0.5 < min(endless) / min(known) < 2


async def _seconds(passwords: Argon2Passwords, password: str, hashed: str | None) -> float:
    """Of work in all threads of this process: what others do on this machine says nothing about ours."""
    begin = time.process_time()
    await passwords.verify(password, hashed)
    return time.process_time() - begin


async def test_a_crowd_is_turned_away_and_the_rest_is_served(passwords: Argon2Passwords) -> None:
    answers = await asyncio.gather(*(passwords.verify("x", None) for _ in range(80)), return_exceptions=True)

    refused = sum(isinstance(answer, Unavailable) for answer in answers)
    assert 1 <= refused <= 46
    assert answers.count(False) == 80 - refused
    assert await passwords.verify("x", None) is False
