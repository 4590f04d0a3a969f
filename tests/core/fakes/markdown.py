import re
from html import escape

from core.markdown import Rendered


class FakeMarkdown:
    """One paragraph, whatever was written; *renders* counts, because rendering is slow. *langs* are those asked for."""

    def __init__(self, version: int = 1) -> None:
        self.version = version
        self.renders = 0
        self.langs: list[str] = []

    async def render(self, source: str, *, lang: str) -> Rendered:
        self.renders += 1
        self.langs.append(lang)
        html = f"<p>{escape(source)}</p>" if source else ""
        return Rendered(html=html, version=self.version, words=len(source.split()))


class FakeSlugs:
    def make(self, title: str) -> str:
        return "-".join(re.findall("[a-z0-9]+", title.lower()))
