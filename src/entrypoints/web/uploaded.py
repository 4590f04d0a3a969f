"""What the editor's script reads after it sent a picture."""

from __future__ import annotations

from pydantic import BaseModel


class Uploaded(BaseModel):
    url: str
    markdown: str


class UploadProblem(BaseModel):
    detail: str


class UploadRefused(BaseModel):
    """The same words as the API's problem details have for it."""

    detail: str
    errors: list[UploadProblem]
