"""Measurements, read by people: `python -m tests.bench.bench_speech`, `--quick` for a short run.

The tests run each of them quickly, to see that it runs.
"""
