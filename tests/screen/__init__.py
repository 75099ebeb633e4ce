"""The screen in a real browser, and its routes."""
