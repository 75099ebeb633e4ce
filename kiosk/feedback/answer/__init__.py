"""One answer: what a screen sends, checked and cleaned, its recorded voice, and its record."""
