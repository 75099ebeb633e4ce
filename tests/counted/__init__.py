"""How many of a thing, in words."""
