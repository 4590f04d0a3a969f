"""All settings, from environment variables only, checked together at start."""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

PREFIX = "TERRACE_"
FILE_SUFFIX = "_FILE"
KEY_BYTES = 32
_NAME_PREFIX = r"[a-z][a-z0-9]{0,11}"


class BadSettings(Exception):
    """The environment does not describe a deployment that could run; *problems* has a line for each thing wrong."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _secret_key(value: SecretStr) -> SecretStr:
    try:
        raw = base64.urlsafe_b64decode(value.get_secret_value())
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != KEY_BYTES:
        raise ValueError(f"each key must be {KEY_BYTES} random bytes in urlsafe base64")
    return value


def _database_url(value: SecretStr) -> SecretStr:
    if not re.match(r"postgresql://[^/]*/[^/?]+", value.get_secret_value()):
        raise ValueError("must look like postgresql://user:password@host:port/database")
    return value


DatabaseUrl = Annotated[SecretStr, AfterValidator(_database_url)]
SecretKey = Annotated[SecretStr, AfterValidator(_secret_key)]


class DatabaseSettings(BaseModel):
    """*url* is the application's role; *owner_url* is for migrations and the operator's commands only."""

    url: DatabaseUrl
    owner_url: DatabaseUrl | None = None
    pool_size: int = Field(default=5, ge=1, le=100)


class StorageSettings(BaseModel):
    """*keys* says how buckets are opened: ``minio`` makes a key for each, ``shared`` uses *access_key* for all.

    The root key makes buckets and keys; only the operator's commands have it.
    """

    endpoint: str = Field(pattern=r"^https?://[^/]+$")
    region: str = "us-east-1"
    keys: Literal["minio", "shared"] = "minio"
    access_key: SecretStr | None = None
    secret_key: SecretStr | None = None
    root_access_key: SecretStr | None = None
    root_secret_key: SecretStr | None = None

    @model_validator(mode="after")
    def _shared_needs_a_key(self) -> StorageSettings:
        if self.keys == "shared" and not (self.access_key and self.secret_key):
            raise ValueError("access_key and secret_key are needed when keys is “shared”")
        return self


class SecretsSettings(BaseModel):
    """*keys*: newest first; the others still open what they sealed and verify what they signed."""

    keys: tuple[SecretKey, ...] = Field(min_length=1)

    @property
    def raw(self) -> tuple[bytes, ...]:
        return tuple(base64.urlsafe_b64decode(key.get_secret_value()) for key in self.keys)


class SentrySettings(BaseModel):
    dsn: SecretStr | None = None


class Settings(BaseSettings):
    """*public_url* is the pattern of absolute links, with ``{host}``; *trusted_proxies* are addresses or networks whose
    X-Forwarded-* headers count; the operator's port listens at *ops_host*:*ops_port*."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", env_ignore_empty=True, extra="ignore"
    )

    environment: Literal["local", "production"] = "production"
    public_url: str = Field(default="https://{host}", pattern=r"^https?://\{host\}(:\d+)?$")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    workers: int = Field(default=1, ge=1, le=64)
    name_prefix: str = Field(default="terrace", pattern=f"^{_NAME_PREFIX}$")
    trusted_proxies: tuple[str, ...] = ()
    ops_host: str = "127.0.0.1"
    ops_port: int = Field(default=9100, ge=1, le=65535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    database: DatabaseSettings
    storage: StorageSettings
    secrets: SecretsSettings
    sentry: SentrySettings = SentrySettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del env_settings, dotenv_settings, file_secret_settings
        return init_settings, _EnvironmentAndFiles(settings_cls)

    @property
    def is_local(self) -> bool:
        return self.environment == "local"

    def refuse_operator_secrets(self) -> None:
        """Raise BadSettings when a production server was given what only the operator's commands may have."""
        given = {
            "TERRACE_DATABASE__OWNER_URL": self.database.owner_url,
            "TERRACE_STORAGE__ROOT_ACCESS_KEY": self.storage.root_access_key,
            "TERRACE_STORAGE__ROOT_SECRET_KEY": self.storage.root_secret_key,
        }
        problems = [
            f"{name}: must not be given to the server; only migrations and operator commands need it"
            for name, value in given.items()
            if value is not None
        ]
        if problems and not self.is_local:
            raise BadSettings(problems)


class _EnvironmentAndFiles(EnvSettingsSource):
    """Environment variables, and for each NAME_FILE the content of that file as NAME."""

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return {**super()._load_env_vars(), **_from_files(os.environ)}


def _from_files(environment: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    problems: list[str] = []
    for name, path in environment.items():
        if not (name.startswith(PREFIX) and name.endswith(FILE_SUFFIX) and path):
            continue
        try:
            found[name.removesuffix(FILE_SUFFIX).lower()] = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"{name}: the file {path} cannot be read ({error.__class__.__name__})")
    if problems:
        raise BadSettings(problems)
    return found


def load_settings() -> Settings:
    """The settings of this process. Raises BadSettings with all problems at once, and no secret in them."""
    try:
        return Settings()  # type: ignore[call-arg]  # the values come from the environment
    except SettingsError as error:
        raise BadSettings([_not_json(str(error))]) from None
    except ValidationError as error:
        lines = [_line(problem["loc"], problem["msg"]) for problem in error.errors(include_input=False)]
        raise BadSettings(lines) from None


def _line(location: tuple[int | str, ...], message: str) -> str:
    name = PREFIX + "__".join(str(part).upper() for part in location if isinstance(part, str))
    return f"{name}: {message}"


def _not_json(told: str) -> str:
    """pydantic-settings names only the outermost field; the list settings below it are few."""
    field = match[1] if (match := re.search(r'field "(\w+)"', told)) else "settings"
    return f'{PREFIX}{field.upper()}: lists are written as JSON, for example ["one", "two"]'
