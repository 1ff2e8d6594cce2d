"""What is written for deploying says only what there is: commands, options, settings, files."""

import configparser
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from review.cli import commands
from review.settings import Settings
from tests.conftest import ROOT

UNITS = sorted((ROOT / "docs" / "systemd").glob("tarkka*.[st]*"))
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
PAGES = [
    ROOT / name
    for name in (
        "Dockerfile",
        "compose.yaml",
        "docs/deploying.md",
        "docs/compose.env",
        "docs/systemd/tarkka.env",
    )
]


def unit(file: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(file, encoding="utf-8")
    return parser


def commands_in_files() -> Iterator[tuple[str, list[str]]]:
    """Every command of ours that a file runs: where, and its words."""
    for name, service in COMPOSE["services"].items():
        if service.get("image") == "tarkka":
            yield f"compose.yaml: {name}", service["command"]
            yield f"compose.yaml: {name}, healthcheck", service["healthcheck"]["test"][4:]
    for found in re.findall(r'^(?:CMD|    CMD) \[(?:"python", "-m", "review", )?(.+)\]$', DOCKERFILE, re.M):
        yield "Dockerfile", re.findall(r'"([^"]+)"', found)
    for file in [*UNITS, ROOT / "docs" / "deploying.md"]:
        for found in re.findall(r"-m review ([^\n'`\"]+)", file.read_text(encoding="utf-8")):
            yield file.name, shlex.split(found.replace("%%", "%").replace("[", "").replace("]", ""))


@pytest.mark.parametrize(("where", "words"), list(commands_in_files()))
def test_every_command_is_one_that_there_is(where: str, words: list[str]) -> None:
    command: click.Command = commands
    rest = [word for word in words if word]
    while isinstance(command, click.Group):
        command, rest = command.commands[rest[0]], rest[1:]
    options = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
    assert {word for word in rest if word.startswith("--")} <= options, where


@pytest.mark.parametrize("file", [*PAGES, *UNITS], ids=lambda f: f.name)
def test_every_setting_is_one_that_there_is(file: Path) -> None:
    known = {one.metadata["name"] for one in fields(Settings)}
    assert set(re.findall(r"TARKKA_[A-Z_]+", file.read_text(encoding="utf-8"))) <= known


def test_settings_of_compose_can_be_read() -> None:
    settings = Settings.from_environment(COMPOSE["x-tarkka"]["environment"])
    assert settings.accounts
    assert settings.log == "json"
    network = COMPOSE["networks"]["default"]["ipam"]["config"][0]
    assert settings.trusted_proxy == network["gateway"]


def test_secrets_of_compose_are_in_its_example_and_nowhere_else() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+)", text))
    example = (ROOT / "docs" / "compose.env").read_text(encoding="utf-8")
    assert set(re.findall(r"^(\w+)=", example, re.M)) == asked
    secrets = {"POSTGRES_PASSWORD", "TARKKA_SECRET_KEY", "TARKKA_METRICS_TOKEN"}
    assert set(re.findall(r"^(\w+)=$", example, re.M)) == secrets
    assert ".env" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


def test_services_of_compose_start_in_order_and_are_looked_after() -> None:
    services = COMPOSE["services"]
    for name, service in services.items():
        assert service["healthcheck"]["test"], name
        for other, about in service.get("depends_on", {}).items():
            assert other in services
            assert about["condition"] == "service_healthy"
        named = [volume.partition(":")[0] for volume in service["volumes"] if ":" in volume]
        assert named
        assert set(named) <= COMPOSE["volumes"].keys()
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_the_image_copies_what_exists_and_runs_as_nobody_in_particular() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for words in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.M):
        for source in words.split()[:-1]:
            assert (ROOT / source).exists(), source
            assert any(Path(source).match(line[1:]) for line in ignored if line.startswith("!")), source
    assert re.findall(r"^USER (\d+)", DOCKERFILE, re.M) == ["10001"]
    bases = set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.M))
    assert all(re.fullmatch(r"[a-z]+:[\w.-]+", base) and not base.endswith(":latest") for base in bases)


@pytest.mark.parametrize("file", UNITS, ids=lambda f: f.name)
def test_units_are_hardened(file: Path) -> None:
    if file.suffix == ".timer":
        return
    service = unit(file)["Service"]
    for name, value in {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "PrivateTmp": "yes"}.items():
        assert service[name] == value
    assert service["User"] == "tarkka"
    assert service["StateDirectory"].split()[0] == "tarkka"
    assert service["CapabilityBoundingSet"] == ""


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """Its own verifier, on copies whose programs are ones that exist on this machine."""
    if shutil.which("systemd-analyze") is None:
        if os.environ.get("CI"):
            pytest.fail("there is no systemd-analyze, and in CI there must be one")
        pytest.skip("there is no systemd here")
    for file in UNITS:
        text = file.read_text(encoding="utf-8").replace("/opt/tarkka/.venv/bin/python", "/bin/sh")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    for file in UNITS:
        command = ["systemd-analyze", "verify", str(tmp_path / file.name)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        assert file.name not in run.stderr, run.stderr
