"""Measurements, run by hand: `python -m tests.bench.bench_speech`. The tests do not run them."""
