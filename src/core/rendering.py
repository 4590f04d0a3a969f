"""Texts that are rendered anew without being edited."""

OUTDATED = "outdated"
"""The subject of a task to render again all texts that an older renderer made; any other is what they mention."""
GOING_ON = "?after="
"""Behind the subject of a task that goes on where another one has stopped, the last text that was rendered."""
