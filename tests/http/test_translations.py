"""Every sentence that a person sees is in the catalogues, in both languages."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import Problem, TooMany
from dev.translations import extracted, present
from entrypoints.http.translations import Translations

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "src" / "templates").rglob("*.html"))
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
NOT_SHOWN = re.compile(r"{% block body_class %}.*?{% endblock %}|{% set \w+ %}.*?{% endset %}", re.DOTALL)
ATTRIBUTE = re.compile(r"[\w-]+=\"[^\"]*\"")
NAMES = {"OpenAPI", "Ghost", "WordPress", "Hugo", "Jekyll", "Bear", "Terrace"}
MARKUP = re.compile(
    r"{#.*?#}|{%.*?%}|{{.*?}}|<script.*?</script>|<svg.*?</svg>|<kbd>.*?</kbd>|<code>.*?</code>", re.DOTALL
)
SHOWN_ATTRIBUTE = re.compile(r"\b(?:alt|title|placeholder|aria-label|label)=\"([^\"]*)\"")
LETTERS = re.compile(r"[^\W\d_]{2,}")


def strings(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (str(text),)


def test_the_catalogues_are_in_step_with_the_code() -> None:
    looked = subprocess.run(
        [sys.executable, "-m", "dev.translations", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert looked.returncode == 0, looked.stdout


def test_russian_lacks_nothing() -> None:
    missing = [message.id for message in present("ru") if message.id and not all(strings(message.string))]
    assert missing == []
    assert not [message.id for message in present("ru") if message.fuzzy and message.id]


def test_russian_has_all_its_plurals_and_says_something_else() -> None:
    catalogue = present("ru")
    assert catalogue.num_plurals == 3
    plurals = [message for message in catalogue if not isinstance(message.id, str)]
    assert plurals
    assert all(len(strings(message.string)) == 3 for message in plurals)
    same = {message.id for message in catalogue if message.id and message.id == message.string}
    assert same <= {"REST API", "Telegram"}


def test_translations_fill_in_the_same_names() -> None:
    for message in present("ru"):
        wanted = set(PLACEHOLDER.findall(strings(message.id)[-1]))
        for text in strings(message.string):
            assert set(PLACEHOLDER.findall(text)) == wanted, message.id


def test_russian_has_no_slips_of_quoting() -> None:
    """Straight quotes and backslashes come from escaping by hand; Russian quotes are «…»."""
    slipped = [
        message.id for message in present("ru") if message.id and re.search(r"[\\\"]", "".join(strings(message.string)))
    ]
    assert slipped == []


def test_code_and_templates_hold_many_sentences() -> None:
    assert len(extracted()) > 200


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "src" / "templates").as_posix())
def test_no_template_says_anything_outside_of_the_catalogues(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    bare = MARKUP.sub("", NOT_SHOWN.sub("", text))
    literal = LETTERS.findall(ATTRIBUTE.sub("", re.sub(r"<[^>]*>", " ", bare)))
    attributes = [found for value in SHOWN_ATTRIBUTE.findall(bare) for found in LETTERS.findall(value)]
    assert set(literal + attributes) <= NAMES


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (None, "en"),
        ("", "en"),
        ("ru", "ru"),
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("de, ru;q=0.3, en;q=0.2", "ru"),
        ("en;q=0.2, ru;q=0.8", "ru"),
        ("ru;q=0, en", "en"),
        ("*", "en"),
        ("ru;q=nonsense", "en"),
        ("ru;q=1.2.3", "en"),
    ],
)
def test_the_language_asked_for_first(header: str | None, wanted: str) -> None:
    assert Translations(ROOT / "src" / "translations").preferred(header) == wanted


def test_errors_are_told_in_the_readers_language() -> None:
    translations = Translations(ROOT / "src" / "translations")
    russian, english = translations.catalogue("ru"), translations.catalogue("xx")
    assert english.locale == "en"
    assert russian.error(TooMany(retry_after=3)) == "Слишком много попыток. Попробуйте позже."
    problem = Problem.of("title", "At most %(limit)d characters, please.", limit=5)
    assert english.problem(problem) == "At most 5 characters, please."
    assert russian.problem(problem) == "Не больше 5 символов, пожалуйста."
    counted = [russian.ngettext("file", "files", number) for number in (1, 3, 5, 11, 21, 22)]
    assert counted == ["файл", "файла", "файлов", "файлов", "файл", "файла"]
    assert [english.ngettext("file", "files", number) for number in (1, 2)] == ["file", "files"]
    assert russian.gettext("never said") == "never said"
