"""Settings: complete, checked together, silent about secrets."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from config.settings import BadSettings, Settings, load_settings, unknown_settings

ROOT = Path(__file__).parents[2]
KEY = base64.urlsafe_b64encode(bytes(32)).decode()
COMPLETE = {
    "TERRACE_DATABASE__URL": "postgresql://app:hush@localhost:5432/terrace",
    "TERRACE_STORAGE__ENDPOINT": "http://127.0.0.1:9000",
    "TERRACE_SECRETS__KEYS": f'["{KEY}"]',
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    import os

    for name in list(os.environ):
        if name.startswith("TERRACE_"):
            monkeypatch.delenv(name)
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def setting_names(model: type[BaseModel], prefix: str = "TERRACE_") -> Iterator[str]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from setting_names(field.annotation, f"{prefix}{name.upper()}__")
        else:
            yield f"{prefix}{name.upper()}"


def test_a_complete_environment_is_accepted(environment: pytest.MonkeyPatch) -> None:
    settings = load_settings()

    assert settings.environment == "production"
    assert settings.secrets.raw == (bytes(32),)


def test_all_problems_are_told_at_once_by_the_name_of_the_variable(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("TERRACE_STORAGE__ENDPOINT")
    environment.setenv("TERRACE_DATABASE__URL", "mysql://root:hush@localhost")
    environment.setenv("TERRACE_PORT", "99999")

    with pytest.raises(BadSettings) as refused:
        load_settings()

    told = "\n".join(refused.value.problems)
    assert "TERRACE_STORAGE" in told
    assert "TERRACE_DATABASE__URL" in told
    assert "TERRACE_PORT" in told
    assert "hush" not in told


def test_a_secret_may_come_from_a_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text("postgresql://app:from-file@localhost/terrace\n")
    environment.delenv("TERRACE_DATABASE__URL")
    environment.setenv("TERRACE_DATABASE__URL_FILE", str(file))

    assert load_settings().database.url.get_secret_value() == "postgresql://app:from-file@localhost/terrace"


def test_a_missing_secret_file_is_named(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("TERRACE_SENTRY__DSN_FILE", "/nowhere/dsn")

    with pytest.raises(BadSettings, match="TERRACE_SENTRY__DSN_FILE"):
        load_settings()


def test_an_empty_variable_counts_as_absent(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("TERRACE_DATABASE__OWNER_URL", "")

    assert load_settings().database.owner_url is None


def test_a_weak_key_is_refused(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("TERRACE_SECRETS__KEYS", '["c2hvcnQ="]')

    with pytest.raises(BadSettings, match="32 random bytes"):
        load_settings()


@pytest.mark.parametrize("name", ["TERRACE_SECRETS__KEYS", "TERRACE_TRUSTED_PROXIES"])
def test_a_list_that_is_no_json_is_told_by_name(environment: pytest.MonkeyPatch, name: str) -> None:
    environment.setenv(name, "10.0.0.1, hush")

    with pytest.raises(BadSettings) as refused:
        load_settings()

    told = "\n".join(refused.value.problems)
    assert name.removeprefix("TERRACE_").split("__")[0] in told
    assert "hush" not in told


def test_a_shared_store_needs_its_key(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("TERRACE_STORAGE__KEYS", "shared")

    with pytest.raises(BadSettings, match="TERRACE_STORAGE"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TERRACE_DATABASE__OWNER_URL", "postgresql://owner:x@localhost/terrace"),
        ("TERRACE_STORAGE__ROOT_ACCESS_KEY", "root"),
        ("TERRACE_STORAGE__ROOT_SECRET_KEY", "root"),
    ],
)
def test_a_production_server_refuses_the_operators_secrets(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(name, value)

    with pytest.raises(BadSettings, match=name):
        load_settings().refuse_operator_secrets()


def test_a_local_server_may_have_them(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("TERRACE_ENVIRONMENT", "local")
    environment.setenv("TERRACE_DATABASE__OWNER_URL", "postgresql://owner:x@localhost/terrace")

    load_settings().refuse_operator_secrets()


def test_the_example_lists_every_setting_and_no_other() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    application_block = text.split("--- The application")[1].split("# ---")[0]
    listed = re.findall(r"^(TERRACE_[A-Z_]+)=", application_block, flags=re.MULTILINE)

    assert sorted(listed) == sorted(setting_names(Settings))


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TERRACE_TRUSTED_PROXIES", '["nginx"]', "address or a network"),
        ("TERRACE_SENTRY__DSN", "hush", "https://key@host/number"),
        ("TERRACE_DATABASE__URL", "postgresql://u:hush@h:port/db", "postgresql://user:password@host:port/database"),
        ("TERRACE_DATABASE__OWNER_URL", "postgresql://u:hush@h:99999/db", "postgresql://user:password@host"),
        ("TERRACE_PUBLIC_URL", "https://anna.example", "https://{host}"),
        ("TERRACE_STORAGE__ENDPOINT", "http://store/path", "http://host:9000"),
    ],
)
def test_what_would_fail_later_is_told_at_start(
    environment: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    environment.setenv(name, value)

    with pytest.raises(BadSettings) as refused:
        load_settings()

    assert len(refused.value.problems) == 1
    assert refused.value.problems[0].startswith(f"{name}: ")
    assert told in refused.value.problems[0]
    assert "hush" not in refused.value.problems[0]


def test_what_is_missing_has_its_full_name(environment: pytest.MonkeyPatch) -> None:
    for name in COMPLETE:
        environment.delenv(name)

    with pytest.raises(BadSettings) as refused:
        load_settings()

    assert refused.value.problems == [f"{name}: must be set" for name in COMPLETE]


def test_no_kind_of_problem_hides_another(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("TERRACE_TRUSTED_PROXIES", "10.0.0.1")
    environment.setenv("TERRACE_SECRETS__KEYS", '["c2hvcnQ="]')
    environment.setenv("TERRACE_DATABASE__URL_FILE", "/nowhere/url")
    environment.delenv("TERRACE_DATABASE__URL")
    environment.setenv("TERRACE_PORT", "many")

    with pytest.raises(BadSettings) as refused:
        load_settings()

    told = sorted(line.partition(":")[0] for line in refused.value.problems)
    assert told == ["TERRACE_DATABASE__URL_FILE", "TERRACE_PORT", "TERRACE_SECRETS__KEYS", "TERRACE_TRUSTED_PROXIES"]


@pytest.mark.parametrize("value", ["no json", "[]", '"hush"'])
def test_a_group_that_is_no_group_is_told(environment: pytest.MonkeyPatch, value: str) -> None:
    environment.delenv("TERRACE_STORAGE__ENDPOINT")
    environment.setenv("TERRACE_STORAGE", value)

    with pytest.raises(BadSettings, match=r"^TERRACE_STORAGE[^\n]+$"):
        load_settings()


def test_a_slip_of_the_pen_is_found() -> None:
    environment = dict.fromkeys(COMPLETE, "")
    slips = {"TERRACE_TRUSTED_PROXY": "", "TERRACE_DATABSE__URL": ""}

    assert unknown_settings({**environment, **slips, "TERRACE_SENTRY__DSN_FILE": "", "PATH": ""}) == sorted(slips)
