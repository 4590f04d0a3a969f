"""Templates, compiled once, in each language."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from core.locales import LOCALES
from entrypoints.http.translations import Translations
from entrypoints.web.views import PlainErrorPage


class Templates:
    """An environment for each language, so that a sentence is looked up in one dictionary; the bytecode is shared."""

    def __init__(self, folder: Path, translations: Translations, *, is_reloading: bool) -> None:
        bytecode = _Memory()
        self._environments: dict[str, Environment] = {}
        for locale in LOCALES:
            environment = _environment(folder, bytecode, is_reloading=is_reloading)
            catalogue = translations.catalogue(locale)
            environment.install_gettext_callables(  # type: ignore[attr-defined]  # given by the i18n extension
                catalogue.gettext, catalogue.ngettext, newstyle=True
            )
            self._environments[locale] = environment
            for name in environment.list_templates():
                environment.get_template(name)

    def render(self, name: str, locale: str, **context: object) -> str:
        return self._environments[locale].get_template(name).render(context)

    def plain(self, status: int, *, locale: str, request_id: str) -> bytes:
        """A page that belongs to no site."""
        page = PlainErrorPage(status=status, lang=locale, request_id=request_id)
        return self.render("errors/plain.html", locale, page=page).encode()


def _environment(folder: Path, bytecode: BytecodeCache, *, is_reloading: bool) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=is_reloading,
        cache_size=-1,
        bytecode_cache=bytecode,
    )


class _Memory(BytecodeCache):
    """What one environment compiled, the next need not."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        compiled = self._compiled.get(bucket.key + bucket.checksum)
        if compiled is not None:
            bucket.load_bytecode(BytesIO(compiled))

    def dump_bytecode(self, bucket: Bucket) -> None:
        written = BytesIO()
        bucket.write_bytecode(written)
        self._compiled[bucket.key + bucket.checksum] = written.getvalue()
