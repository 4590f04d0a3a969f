"""What the editor's script reads after it sent a picture."""

from __future__ import annotations

from pydantic import BaseModel


class Uploaded(BaseModel):
    """*alt* is what was said of it so far: while it is empty, ask, and send the answer as *alt* to *edit_url* (POST,
    with the token). *notice* is a sentence for who uploaded it, often none."""

    key: str
    url: str
    markdown: str
    filename: str
    alt: str
    width: int
    height: int
    edit_url: str
    notice: str


class UploadProblem(BaseModel):
    detail: str


class UploadRefused(BaseModel):
    """The same words as the API's problem details have for it."""

    detail: str
    errors: list[UploadProblem]
