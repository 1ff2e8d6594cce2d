"""Tarkka: review machine translations, flag what is wrong in them, score them."""

__version__ = "0.1.0"
