from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Integer, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.contacts.form import ContactForm, ExtraField, FieldKind
from core.errors import StaleVersion
from core.identity import UserId
from db.site import SiteRow


class SqlFormStorage:
    """A column of the site's one row: `{}` until somebody decides something."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def form(self) -> ContactForm:
        return _form_of(await self._session.scalar(select(SiteRow.contacts)) or {})

    async def save_form(self, form: ContactForm) -> ContactForm:
        saved = replace(form, version=form.version + 1)
        standing = func.coalesce(SiteRow.contacts["version"].astext.cast(Integer), 1)
        change = update(SiteRow).where(standing == form.version).values(contacts=_values(saved))
        if await self._session.scalar(change.returning(SiteRow.id)) is None:
            raise StaleVersion(current=(await self.form()).version)
        return saved


def _form_of(kept: Mapping[str, Any]) -> ContactForm:
    """What a newer release wrote besides means nothing to this one."""
    known = {name: value for name, value in kept.items() if name in ContactForm.__dataclass_fields__}
    fields = tuple(
        ExtraField(**{**field, "kind": FieldKind(field["kind"]), "choices": tuple(field["choices"])})
        for field in known.pop("fields", ())
    )
    return ContactForm(**{**known, "fields": fields, "told": tuple(UserId(one) for one in known.get("told", ()))})


def _values(form: ContactForm) -> dict[str, Any]:
    return asdict(form) | {"fields": [asdict(field) | {"kind": field.kind.value} for field in form.fields]}
