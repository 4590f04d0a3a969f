"""A file of questions on its way into a site, and what to send where files come in."""

from __future__ import annotations

from typing import Any

import httpx

IMPORTS = "/api/v1/matrix/imports"
_FILE = {"file": ("forged.csv", b"sheet,section,subsection,question\nnone,One,Two,{tag}?\n", "text/csv")}
SENT: dict[str, dict[str, Any]] = {
    f"POST {IMPORTS}": {"data": {"format": "csv"}, "files": _FILE},
    "POST /admin/matrix/import": {"data": {"format": "csv"}, "files": _FILE},
    "POST /admin/matrix/import/{matrix_import_id:str}/confirmation": {"data": {"row-2": "on"}},
    "POST /admin/matrix/import/{matrix_import_id:str}/cancellation": {"data": {}},
    f"DELETE {IMPORTS}/{{matrix_import_id:str}}": {},
}


async def file_of(client: httpx.AsyncClient, word: str) -> str:
    """The id of the owner's import, whose only row has no place in her site."""
    content = f"sheet,section,subsection,question\nnone,One,Two,Secret {word}?\n"
    begun = await client.post(IMPORTS, files={"file": ("mine.csv", content.encode(), "text/csv")})
    assert begun.status_code == 202
    return str(begun.json()["id"])
