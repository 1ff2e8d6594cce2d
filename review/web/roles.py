"""What role each route needs: one table, which the guard keeps and the documentation is made from."""

from review.store.roles import Role

SAFE = ("GET", "HEAD", "OPTIONS")
# For whoever is signed in: what these show or change is their own.
ANYBODY = (
    "home.start",
    "batches.index",
    "own_keys.show",
    "own_keys.change",
    "views.change",
    "sureness.change",
    "accounts.sign_out",
    "account.show",
    "account.change_password",
    "account.make_token",
    "account.revoke_token",
    "projects.index",
    "api.projects.index",
    "api.batches.index",
)
# Before signing in.
OPEN = (
    "static",
    "watching.alive",
    "watching.ready",
    "watching.metrics",  # to whoever has its token
    "accounts.sign_in",
    "accounts.sign_in_as",
    "invitations.show",
    "invitations.accept",
    "invitations.accept_newly",
    "password_links.show",
    "password_links.use",
    "api.description.show",
)
# Sent by POST, for what they send is long, and changing nothing that a person made.
_ASKING = (
    "segments.check",
    "annotations.panel",
    "inserting.show",
    "comparisons.ask",
    "batches.scores",
    "api.scores.ask",
)
LEADING = (
    "imports.paste",
    "imports.files",
    "imports.encoding",
    "tables.choose",
    "tables.take_table",
    "import_jobs.show",
    "import_jobs.progress",
    "import_jobs.cancel",
    "import_jobs.again",
    "annotations.import_marks",
    "batches.delete",
    "batches.details",
    "batches.stop",
    "batches.go_on",
    "names.keep",
    "names.forget",
    "names.import_list",
    "terms.add",
    "terms.withdraw",
    "terms.import_list",
    "checks.mute",
    "studies.start",
    "studies.close",
    "studies.take_agreed",
    "studies.adjudicate",
    "projects.rename",
    "projects.set_role",
    "projects.invite",
    "projects.withdraw",
    "api.batches.create",
    "api.batches.delete",
    "api.imports.show",
    "api.imports.cancel",
    "api.imports.again",
)
ADMINISTERING = (
    "projects.create",
    "audit.show",
    "people.index",
    "people.show",
    "people.set_disabled",
    "people.set_admin",
    "people.make_link",
    "people.remove",
)
# Routes that name no batch and no project in their path: the form or the address does, or the last visit.
CHOOSING = (
    "imports.paste",
    "imports.files",
    "imports.encoding",
    "checks.index",
    "checks.show",
    "checks.mute",
    "names.export",
    "terms.export",
    "api.batches.create",
)


def role_for(endpoint: str, method: str) -> Role | None:
    """The role that a route needs in its project; None where none is needed."""
    if endpoint in OPEN or endpoint in ANYBODY:
        return None
    if endpoint in ADMINISTERING:
        return Role.ADMIN
    if endpoint in LEADING:
        return Role.LEAD
    return Role.READER if method in SAFE or endpoint in _ASKING else Role.REVIEWER
