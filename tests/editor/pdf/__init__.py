"""Pages from PDF files."""
