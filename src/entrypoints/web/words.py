"""Names of the product's own things, for people."""

from __future__ import annotations

from core.text import N_
from entrypoints.web.views import Choice

LANGUAGES = (Choice(value="en", label="English"), Choice(value="ru", label="Русский"))
"""Each language in its own words."""
READ_IN = {"en": "Read in English", "ru": "Читать по-русски"}
"""An invitation in the language that it leads to."""
LIST_HEADINGS = {
    "all": N_("Blog"),
    "tag": N_("Posts about “%(name)s”"),
    "author": N_("Posts by %(name)s"),
    "year": N_("Posts of %(name)s"),
}
"""Above lists of posts; a series is called as it is called."""
