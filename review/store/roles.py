"""Roles in a project, pure data."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody may do in a project, least first; an admin is that in all of them."""

    READER = "reader"
    REVIEWER = "reviewer"
    LEAD = "lead"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        return list(Role).index(self)
