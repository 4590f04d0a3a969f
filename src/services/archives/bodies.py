"""HTML of an item as its body."""

from core.text import N_
from services.archives.addresses import Journey
from services.markdown_writer import HTML_LENGTH, written


def from_html(html: str, journey: Journey) -> str:
    if len(html) > HTML_LENGTH:
        journey.notes.add(N_("%(field)s: cut to %(limit)d characters."), field="HTML", limit=HTML_LENGTH)
    return written(html[:HTML_LENGTH], journey.edit)
