"""The job queue (huey): each job is one call of a use case."""
