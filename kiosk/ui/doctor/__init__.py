"""Looks whether a computer is ready to be a kiosk, and gives a plain answer to each question."""
