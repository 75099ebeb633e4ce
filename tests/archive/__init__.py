"""A zip that somebody else made."""
