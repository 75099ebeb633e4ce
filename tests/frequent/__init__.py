"""How common words are."""
