"""Words that one slip of a finger makes: trigrams are blind to letters that changed places, and in short words."""

_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя")
_SHORT = 5


def slips(word: str) -> list[str]:
    """*word* with two neighbours swapped; a short one also with one letter another, missing or too many."""
    if not word:
        return []
    ways = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {head + tail[1] + tail[0] + tail[2:] for head, tail in ways if len(tail) > 1}
    if len(word) <= _SHORT:
        letters = next((alphabet for alphabet in _ALPHABETS if word[0] in alphabet), "")
        found |= {head + letter + tail[skipped:] for head, tail in ways for letter in letters for skipped in (0, 1)}
        found |= {head + tail[1:] for head, tail in ways}
    return sorted(found - {word, ""})
