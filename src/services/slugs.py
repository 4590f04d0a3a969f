from slugify import slugify

from core.slugs import SLUG_LENGTH

_LONGEST_TITLE = 1_000
_APOSTROPHES = str.maketrans("", "", "'’")


class TransliteratedSlugs:
    """Any script in Latin letters ("Привет" is "privet"), cut between words."""

    def make(self, title: str) -> str:
        words = title[:_LONGEST_TITLE].translate(_APOSTROPHES)
        return str(slugify(words, max_length=SLUG_LENGTH, word_boundary=True, save_order=True))
