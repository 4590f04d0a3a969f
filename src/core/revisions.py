"""Numbers of revisions, whatever has them."""


def revision_number(text: str) -> int | None:
    """The number that somebody wrote into an address, or None for what cannot be one."""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= 9 else None
