"""Benchmarks: ``make bench`` prints how fast kgplan is, as ratios measured in one run."""
