"""Pictures by name."""
