"""Benchmarks: each package runs with ``python -m benchmarks.NAME`` and prints ratios."""
