"""Every setting, declared once: the start-up check and docs/settings.md are made from this."""

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from review.errors import BadInput

MODELS = ("none", "smollm2", "gemma")


def _size(text: str) -> int:
    """A number of bytes: digits, or digits with k, M or G (powers of 1024)."""
    scale = {"k": 2**10, "m": 2**20, "g": 2**30}.get(text[-1:].lower(), 1)
    number = int(text[:-1] if scale > 1 else text)
    if number <= 0:
        raise ValueError(text)
    return number * scale


def _names(text: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in text.split(",") if part.strip())
    if not names:
        raise ValueError(text)
    return names


def _switch(text: str) -> bool:
    if text not in ("on", "off"):
        raise ValueError(text)
    return text == "on"


def _model(text: str) -> str:
    if text not in MODELS:
        raise ValueError(text)
    return text


def _log_form(text: str) -> str:
    if text not in ("text", "json"):
        raise ValueError(text)
    return text


def _address(text: str) -> str:
    """An http or https address that paths can be added to, without a name and password in it."""
    parts = urlsplit(text)
    named = parts.hostname and parts.port != 0 and text.isascii()
    if text and (parts.scheme not in ("http", "https") or not named or set(text) & set("@?# ")):
        raise ValueError(text)
    return text.rstrip("/")


def _setting(name: str, default: str, parse: Callable[[str], Any], meaning: str) -> Any:
    return field(
        default_factory=lambda: parse(default),
        metadata={"name": name, "default": default, "parse": parse, "meaning": meaning},
    )


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings with their values; `from_environment` reads them."""

    instance: Path = _setting(
        "TARKKA_INSTANCE", "instance", Path, "folder for the database, the queue and the key"
    )
    database_url: str = _setting(
        "TARKKA_DATABASE_URL",
        "",
        str,
        "database, such as `postgresql://name@host/tarkka` (needs requirements-team.txt); empty: SQLite in "
        "tarkka.db of the instance folder",
    )
    queue_url: str = _setting(
        "TARKKA_QUEUE_URL",
        "",
        str,
        "job queue, such as `redis://host:6379/0` (needs requirements-team.txt); empty: SQLite in queue.db of the "
        "instance folder; `immediate:` runs jobs at once",
    )
    secret_key: str = _setting(
        "TARKKA_SECRET_KEY", "", str, "signs cookies; empty: made once and kept in the instance folder"
    )
    reviewers: tuple[str, ...] = _setting(
        "TARKKA_REVIEWERS",
        "Reviewer",
        _names,
        "names, comma between; one is signed in by itself, of several each picks theirs",
    )
    accounts: bool = _setting(
        "TARKKA_ACCOUNTS",
        "off",
        _switch,
        "`on`: people sign in with accounts and have roles in projects, and the server may be reached from "
        "other machines, see teams.md; `off`: it serves this machine alone, and nobody signs in",
    )
    trusted_proxy: str = _setting(
        "TARKKA_TRUSTED_PROXY",
        "",
        str,
        "address of the proxy in front of the server that serves https, whose X-Forwarded-For and "
        "X-Forwarded-Proto are believed; empty: there is none",
    )
    trusted_hosts: tuple[str, ...] = _setting(
        "TARKKA_TRUSTED_HOSTS",
        "127.0.0.1,localhost",
        _names,
        "host names the server answers to, comma between",
    )
    log: str = _setting(
        "TARKKA_LOG",
        "text",
        _log_form,
        "form of the log on standard error: `text`, lines for people, or `json`, one object a line",
    )
    metrics_token: str = _setting(
        "TARKKA_METRICS_TOKEN",
        "",
        str,
        "with accounts, the token that `/metrics` wants as `Authorization: Bearer TOKEN`; empty: nobody reads it",
    )
    max_upload: int = _setting(
        "TARKKA_MAX_UPLOAD", "1G", _size, "largest request body in bytes (k, M, G allowed)"
    )
    max_field: int = _setting(
        "TARKKA_MAX_FIELD", "1M", _size, "largest form field in bytes, and so the largest pasted text"
    )
    max_segment: int = _setting("TARKKA_MAX_SEGMENT", "100k", _size, "largest segment in bytes of UTF-8")

    model: str = _setting(
        "TARKKA_MODEL", "smollm2", _model, f"language model of the deep checks: {', '.join(MODELS)}"
    )

    model_dir: str = _setting(
        "TARKKA_MODEL_DIR", "", str, "folder of the language models; empty: models in the instance folder"
    )

    rewrite_url: str = _setting(
        "TARKKA_REWRITE_URL",
        "",
        _address,
        "OpenAI-compatible service that suggests rewrites, such as `http://127.0.0.1:11434/v1`; "
        "empty: none are offered and nothing is sent",
    )
    rewrite_model: str = _setting(
        "TARKKA_REWRITE_MODEL",
        "",
        str,
        "model that the rewriting service is asked for; empty: its own choice",
    )
    rewrite_key: str = _setting(
        "TARKKA_REWRITE_KEY", "", str, "key of the rewriting service, if it wants one"
    )

    comet_model: str = _setting(
        "TARKKA_COMET_MODEL",
        "",
        str,
        "checkpoint file of a COMET model, for its scores beside the others; needs the package "
        "`unbabel-comet`; empty: no COMET scores",
    )

    categories: str = _setting(
        "TARKKA_CATEGORIES",
        "",
        str,
        "TSV file with the kinds of error that reviewers mark and what each weighs; empty: those of MQM, "
        "see errors.md",
    )

    @property
    def models_folder(self) -> Path:
        """Where the enabled language models are."""
        return Path(self.model_dir) if self.model_dir else self.instance / "models"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read what is set; BadInput names a setting whose value cannot be read."""
        values: dict[str, Any] = {}
        for declared in fields(cls):
            text = environ.get(declared.metadata["name"], "").strip()
            if text:
                values[declared.name] = _parse(declared, text)
        return cls(**values)


def _parse(declared: Field[Any], text: str) -> Any:
    try:
        return declared.metadata["parse"](text)
    except ValueError:
        raise BadInput(
            f"{declared.metadata['name']} is set to {text!r}, which cannot be read: "
            f"it is the {declared.metadata['meaning']}."
        ) from None
