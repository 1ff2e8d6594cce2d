"""The database: schema and queries, the only room that imports SQLAlchemy.

A function here is verb_noun, one transaction, and writes only the columns it names. Corrections and
decisions are appended, never overwritten.
"""
