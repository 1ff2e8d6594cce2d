"""The Flask application: create_app(settings) puts the rooms together."""

from pathlib import Path
from secrets import token_hex

from flask import Flask

from review.jobs.queue import JobQueue
from review.settings import Settings
from review.store.engine import open_store
from review.web import (
    accepting,
    account,
    accounts,
    addresses,
    annotations,
    articles,
    audit,
    batches,
    checks,
    comments,
    comparisons,
    concordance,
    desk,
    dismissals,
    exports,
    failures,
    filters,
    guard,
    home,
    import_jobs,
    imports,
    inserting,
    invitations,
    names,
    own_keys,
    parts,
    password_links,
    people,
    progress,
    projects,
    propagation,
    replacing,
    requests,
    rewrites,
    second_review,
    security,
    segments,
    sessions,
    steps,
    studies,
    sureness,
    tables,
    terms,
    views,
    watching,
)
from review.web.api import routes as api
from review.web.desk import Desk
from review.work import passwords
from review.work.annotating import categories_of
from review.work.sessions import ensure_reviewers
from review.work.signing_in import IDLE

_NOUNS = (
    studies,  # first: it guards the others
    home,
    imports,
    import_jobs,
    tables,
    batches,
    articles,
    segments,
    annotations,
    comments,
    comparisons,
    second_review,
    rewrites,
    names,
    progress,
    exports,
    checks,
    dismissals,
    sureness,
    views,
    own_keys,
    replacing,
    accepting,
    propagation,
    terms,
    concordance,
    inserting,
    steps,
    watching,
)
# What there is besides where people sign in with accounts.
_TEAM = (account, people, password_links, projects, invitations, audit)
_HERE = Path(__file__).resolve().parent


def create_app(settings: Settings | None = None) -> Flask:
    """The application over the database and the queue that the settings name."""
    settings = settings or Settings.from_environment()
    categories_of(settings.categories)  # a table that cannot be used is told now, not when somebody marks
    app = requests.Application("tarkka", root_path=str(_HERE))
    app.config.update(
        SECRET_KEY=settings.secret_key or kept_key(settings.instance / "secret_key"),
        SESSION_COOKIE_NAME="tarkka",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        MAX_CONTENT_LENGTH=settings.max_upload,
        MAX_FORM_MEMORY_SIZE=settings.max_field,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        SEVERAL_REVIEWERS=settings.accounts or len(settings.reviewers) > 1,
        WTF_CSRF_TIME_LIMIT=None,  # a page may stay open all day
        WTF_CSRF_SSL_STRICT=False,  # security.py is stricter: it looks at Origin on every request
    )
    engine = open_store(settings)
    if settings.accounts:
        app.config["PERMANENT_SESSION_LIFETIME"] = IDLE
        passwords.get_ready()
    reviewer_ids = ensure_reviewers(engine, () if settings.accounts else settings.reviewers)
    app.extensions["tarkka"] = Desk(settings, engine, JobQueue(settings, engine), reviewer_ids)
    for room in (requests, parts, addresses, sessions, security, desk, accounts, guard, filters, failures):
        room.install(app)
    for noun in (*_NOUNS, *(_TEAM if settings.accounts else ())):
        app.register_blueprint(noun.blueprint)
    app.register_blueprint(api.blueprint)
    return app


def kept_key(file: Path) -> str:
    """The key in a file, made on first use and readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(token_hex(32), encoding="ascii")
    return file.read_text(encoding="ascii")
