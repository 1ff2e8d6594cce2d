"""How a source language inflects names: every base form that a word may be a form of."""
