import re
from collections.abc import Iterator
from html import escape

from core.markdown import Finding, FindingKind, Mentions, Rendered, Surroundings, mentioned


class FakeMarkdown:
    """One paragraph, whatever was written; *renders* counts, because rendering is slow. *langs* are those asked for."""

    def __init__(self, version: int = 1) -> None:
        self.version = version
        self.renders = 0
        self.langs: list[str] = []

    async def render(self, source: str, *, lang: str, around: Surroundings | None = None) -> Rendered:
        self.renders += 1
        self.langs.append(lang)
        said = mentioned(source)
        return Rendered(
            html=f"<p>{escape(source)}</p>" if source else "",
            version=self.version,
            words=len(source.split()),
            plain=" ".join(source.split()),
            mentions=tuple(sorted({*said.targets, *(f"media:{key}" for key in said.media)})),
            findings=tuple(_findings(source, said, around)) if around else (),
        )


def _findings(source: str, said: Mentions, around: Surroundings) -> Iterator[Finding]:
    """Line by line; the slug or the key tells where."""
    for number, line in enumerate(source.splitlines(), 1):
        for target in sorted(said.targets):
            found = around.targets.get(target)
            if target.partition(":")[2] in line and not (found and found.is_public):
                kind = FindingKind.HIDDEN_LINK if found else FindingKind.BROKEN_LINK
                yield Finding(kind=kind, line=number, subject=target)
        for key in sorted(said.media - set(around.pictures)):
            if key in line:
                yield Finding(kind=FindingKind.MISSING_PICTURE, line=number, subject=f"/media/{key}")


class FakeWriter:
    """Leaves the words."""

    async def from_html(self, html: str) -> str:
        return re.sub(r"<[^>]*>", "", html)


class FakeSlugs:
    def make(self, title: str) -> str:
        return "-".join(re.findall("[a-z0-9]+", title.lower()))
