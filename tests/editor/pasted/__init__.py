"""Pages from what was copied in another program."""
