"""Pages from Word files."""
