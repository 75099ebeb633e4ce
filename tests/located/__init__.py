"""Text and YAML with a line for everything."""
