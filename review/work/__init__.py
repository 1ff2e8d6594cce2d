"""The use cases: what the pages, the command line and the jobs ask for, each one call."""
