"""What all rows share."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import TIMESTAMP, MetaData, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.elements import KeyedColumnElement

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_TYPES = {
    str: Text(),
    datetime: TIMESTAMP(timezone=True),
    list[str]: ARRAY(Text()),
    list[list[str]]: JSONB(),
    dict[str, str]: JSONB(),
}


class TenantRow(DeclarativeBase):
    """A row in a tenant's schema: nothing here names the schema, the transaction has entered it."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = _TYPES


class PlatformRow(DeclarativeBase):
    """A row of what the operator owns."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = _TYPES


def columns(row: type[DeclarativeBase], *, without: Collection[str] = ()) -> list[KeyedColumnElement[Any]]:
    """The columns by name: never a `*` (a migration may add one), never the session's older copy of a row."""
    return [column for column in row.__table__.columns if column.key not in without]


def values_of(entity: "DataclassInstance", *, without: Collection[str] = ()) -> dict[str, Any]:
    """The entity's fields for the columns of the same names; psycopg takes a tuple for a composite, so lists."""
    found = {field.name: getattr(entity, field.name) for field in fields(entity) if field.name not in without}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}
