"""How files are written, and what tells that one has changed."""
