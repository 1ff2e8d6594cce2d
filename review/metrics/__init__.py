"""Scores: from sacreBLEU itself, and from COMET where it is installed."""
