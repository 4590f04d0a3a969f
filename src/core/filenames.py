"""What uploaded files are called."""

FILENAME_BYTES = 200


def safe_filename(filename: str) -> str:
    """The last part of *filename*, fit to be a file's name on this machine; how it ends tells what is in it."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if sign.isprintable()).encode("utf-8", "ignore")
    return kept[-FILENAME_BYTES:].decode("utf-8", "ignore").strip(". ") or "archive"
