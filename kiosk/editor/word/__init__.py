"""A Word file, opened safely and read as paragraphs, tables and pictures."""
