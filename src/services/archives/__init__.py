"""Archives of other platforms."""
