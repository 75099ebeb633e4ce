"""Tests of the project itself: its files, its commands, its wheel."""
