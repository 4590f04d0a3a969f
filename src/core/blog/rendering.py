"""Texts that are rendered anew without being edited."""

OUTDATED = "outdated"
"""The subject of a RENDER_AGAIN task for all texts that an older renderer made; any other is what they mention."""
