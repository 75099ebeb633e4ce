"""Tests of people's own voices."""
