"""The competency matrix as CSV, XLSX, JSON and Markdown files."""
