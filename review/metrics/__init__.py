"""Scores. For now every number comes from sacreBLEU itself."""
