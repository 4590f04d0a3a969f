"""All settings, from environment variables only, checked together at start."""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, TypeGuard
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from config.api_settings import ApiSettings
from config.mail_settings import MailSettings
from config.webhook_settings import WebhookSettings

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
    try:
        fits = re.match(r"postgresql://[^/]*/[^/?]+", value.get_secret_value())
        fits = fits if urlsplit(value.get_secret_value()).port != 0 else None
    except ValueError:  # no number, or none of a port
        fits = None
    if not fits:
        raise ValueError("must look like postgresql://user:password@host:port/database")
    return value


def _public_url(value: str) -> str:
    if not re.fullmatch(r"https?://\{host\}(:\d+)?", value):
        raise ValueError("must look like https://{host} or http://{host}:8000")
    return value


def _endpoint(value: str) -> str:
    if not re.fullmatch(r"https?://[^/]+", value):
        raise ValueError("must look like http://host:9000, without a path")
    return value


def _network(value: str) -> str:
    try:
        ip_network(value, strict=False)
    except ValueError:
        raise ValueError("each must be an address or a network such as 10.0.0.0/8") from None
    return value


def _dsn(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"https?://[^@/\s]+@[^/\s]+/(?:\S+/)?\d+", value.get_secret_value()):
        raise ValueError("must look like https://key@host/number")
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

    endpoint: Annotated[str, AfterValidator(_endpoint)]
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


class MediaSettings(BaseModel):
    """*site_bytes* is how much the pictures of one site may take in the store, all sizes together."""

    site_bytes: int = Field(default=2 * 1024**3, ge=1024**2)


class SentrySettings(BaseModel):
    dsn: Annotated[SecretStr, AfterValidator(_dsn)] | None = None


class Settings(BaseSettings):
    """*public_url* is the pattern of absolute links, with ``{host}``; *trusted_proxies* are addresses or networks whose
    X-Forwarded-* headers count; the operator's port listens at *ops_host*:*ops_port*."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", env_ignore_empty=True, extra="ignore"
    )

    environment: Literal["local", "production"] = "production"
    public_url: Annotated[str, AfterValidator(_public_url)] = "https://{host}"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    workers: int = Field(default=1, ge=1, le=64)
    name_prefix: str = Field(default="terrace", pattern=f"^{_NAME_PREFIX}$")
    trusted_proxies: tuple[Annotated[str, AfterValidator(_network)], ...] = ()
    ops_host: str = "127.0.0.1"
    ops_port: int = Field(default=9100, ge=1, le=65535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    database: DatabaseSettings
    storage: StorageSettings
    secrets: SecretsSettings
    media: MediaSettings = MediaSettings()
    mail: MailSettings = MailSettings()
    api: ApiSettings = ApiSettings()
    webhooks: WebhookSettings = WebhookSettings()
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

    def __call__(self) -> dict[str, Any]:
        # A group of which nothing is set is there and empty: so that what it lacks is told by its full name.
        groups: dict[str, Any] = {
            name: {} for name, field in Settings.model_fields.items() if _is_group(field.annotation)
        }
        return {**groups, **super().__call__()}

    def decode_complex_value(self, field_name: str, field: Any, value: Any) -> Any:
        try:
            return super().decode_complex_value(field_name, field, value)
        except ValueError:
            return value  # validation tells it by name, together with all else

    def _load_env_vars(self) -> Mapping[str, str | None]:
        found, _ = _from_files(os.environ)
        return {**super()._load_env_vars(), **found}


def _is_group(annotation: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _from_files(environment: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What the files say, and what is wrong with those that cannot be read, by the name of the setting."""
    found: dict[str, str] = {}
    problems: dict[str, str] = {}
    for variable, path in environment.items():
        if not (variable.startswith(PREFIX) and variable.endswith(FILE_SUFFIX) and path):
            continue
        name = variable.removesuffix(FILE_SUFFIX)
        try:
            found[name.lower()] = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            problems[name] = f"{variable}: the file {path} cannot be read ({error.__class__.__name__})"
    return found, problems


def load_settings() -> Settings:
    """The settings of this process. Raises BadSettings with all problems at once, and no secret in them."""
    _, unread = _from_files(os.environ)
    told: list[tuple[str, str]] = []
    try:
        settings = Settings()  # type: ignore[call-arg]  # the values come from the environment
    except ValidationError as error:
        told = _lines(error.errors(include_input=False))
    else:
        if not unread:
            return settings
    raise BadSettings([*unread.values(), *(line for name, line in told if name not in unread)])


def unknown_settings(environment: Mapping[str, str]) -> list[str]:
    """Variables that look like settings and are none: a slip of the pen, or of another release."""
    known = {name + suffix for name in _names(Settings, PREFIX) for suffix in ("", FILE_SUFFIX)}
    return sorted(name for name in environment if name.upper().startswith(PREFIX) and name.upper() not in known)


def _names(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if _is_group(field.annotation):
            yield from _names(field.annotation, f"{prefix}{name.upper()}__")
        else:
            yield f"{prefix}{name.upper()}"


def _lines(problems: list[ErrorDetails]) -> list[tuple[str, str]]:
    """Each problem's setting and what to tell of it, a list's own length not when its items are told already."""
    locations = [problem["loc"] for problem in problems]
    lines: dict[str, str] = {}
    for problem in problems:
        where = problem["loc"]
        if any(other[: len(where)] == where and len(other) > len(where) for other in locations):
            continue
        name = PREFIX + "__".join(str(part).upper() for part in where if isinstance(part, str))
        lines.setdefault(name, f"{name}: {_WORDS.get(problem['type']) or problem['msg'].removeprefix('Value error, ')}")
    return list(lines.items())


_WORDS = {
    "missing": "must be set",
    "tuple_type": 'must be a list in JSON, for example ["one", "two"]',
}
