"""Where generators of sites keep what, and at which addresses they show it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from core.blog.entities import PostKind
from core.locales import LOCALES
from services.archives.front_matter import Fields

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
OTHER_TEXTS = (".html", ".htm", ".org", ".rst", ".adoc", ".asciidoc", ".mdx", ".ipynb", ".textile", ".txt")
_DATED = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})[-_](.+)")
_ROOTS = ("content", "source", "src")
_POSTS = frozenset({"posts", "post", "_posts", "_drafts", "drafts", "blog", "articles", "notes"})
_PAGES = frozenset({"pages", "_pages", "page"})
_SCAFFOLDING = frozenset(
    {
        "archetypes",
        "themes",
        "layouts",
        "_layouts",
        "_includes",
        "_sass",
        "_site",
        "public",
        "vendor",
        "i18n",
        "templates",
    }
)
_ABOUT_THE_FOLDER = frozenset(
    {"readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "security"}
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the path of a file says, *path* being relative to the archive's own folder."""

    path: PurePosixPath
    lang: str
    stem: str
    folders: tuple[str, ...]
    is_in_content: bool

    @classmethod
    def of(cls, name: str) -> Layout:
        path = PurePosixPath(name)
        folders = [folder for folder in path.parts[:-1] if folder != "."]
        is_in_content = bool(folders) and folders[0].lower() in _ROOTS
        folders = folders[1:] if is_in_content else folders
        lang = ""
        if folders and folders[0].lower() in LOCALES:
            lang, folders = folders[0].lower(), folders[1:]
        stem = path.stem
        inner, dot, suffix = stem.rpartition(".")
        if dot and suffix.lower() in LOCALES:
            stem, lang = inner, suffix.lower()
        return cls(path=path, lang=lang, stem=stem, folders=tuple(folders), is_in_content=is_in_content)

    @property
    def is_list(self) -> bool:
        """A page that only heads a list of others, or the front page."""
        if self.stem.lower() == "_index":
            return True
        return self.stem.lower() == "index" and (not self.folders or self.folders[-1].lower() in _POSTS)

    @property
    def is_scaffolding(self) -> bool:
        return bool(self.path.parts[:-1]) and any(part.lower() in _SCAFFOLDING for part in self.path.parts[:-1])

    @property
    def is_about_the_folder(self) -> bool:
        return self.stem.lower() in _ABOUT_THE_FOLDER

    @property
    def is_draft(self) -> bool:
        return any(folder.lower() in ("_drafts", "drafts") for folder in self.folders)

    @property
    def named(self) -> str:
        """The name of the file, or of the folder of a bundle, without a date."""
        name = self.folders[-1] if self.stem.lower() == "index" and self.folders else self.stem
        dated = _DATED.fullmatch(name)
        return dated[4] if dated else name

    @property
    def date(self) -> str:
        """The date in the name; empty for none."""
        name = self.folders[-1] if self.stem.lower() == "index" and self.folders else self.stem
        dated = _DATED.fullmatch(name)
        return f"{dated[1]}-{dated[2]:0>2}-{dated[3]:0>2}" if dated else ""

    @property
    def group(self) -> str:
        """The same for all languages of a text."""
        return "/".join((*self.folders, self.stem))

    def kind(self, fields: Fields) -> PostKind:
        said = fields.text("kind", "type", "layout").lower()
        if said in ("post", "posts", "blog", "article"):
            return PostKind.POST
        if said == "page" or fields.flag("is_page", "page") or any(folder.lower() in _PAGES for folder in self.folders):
            return PostKind.PAGE
        is_bare = not self.folders or (self.stem.lower() == "index" and len(self.folders) == 1)
        is_dated = self.date or fields.moment("date", "published_date", "published_at", "publish_date")
        return PostKind.PAGE if self.is_in_content and is_bare and not is_dated else PostKind.POST

    def addresses(self, fields: Fields, slug: str) -> list[str]:
        """Where Hugo, Jekyll and Bear showed it when nobody said otherwise."""
        folders = [folder for folder in self.folders if not folder.startswith("_")]
        if self.stem.lower() == "index":
            folders = folders[:-1]
        found = ["/".join(["", *folders, slug]), "/".join(["", *folders, self.named])]
        if any(folder.startswith("_") for folder in self.folders) and self.date:
            day = "/".join(self.date.split("-"))
            category = "/".join(name.lower() for name in fields.several("categories", "category"))
            found = [f"/{day}/{slug}.html", f"/{day}/{slug}"]
            found += [f"/{category}/{day}/{slug}.html", f"/{category}/{day}/{slug}"] if category else []
        return found
