"""HTML of others as Markdown of ours."""
