"""What the checks on meaning know of words: one declarative table per language."""
