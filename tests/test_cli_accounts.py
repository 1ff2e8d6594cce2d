"""Accounts by command, and a server that is reached from elsewhere only where people sign in."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.conftest import ROOT
from tests.databases import environ_at
from tests.running import Server

pytestmark = pytest.mark.slow

PASSWORD = "correct horse battery\n"


def run(instance: Path, *args: str, given: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, **environ_at(instance), **more}
    command = [sys.executable, "-m", "review", *args]
    return subprocess.run(
        command, cwd=ROOT, env=environ, input=given, capture_output=True, encoding="utf-8", check=False
    )


def refused(result: subprocess.CompletedProcess[str], sentence: str) -> None:
    assert result.returncode == 2, result.stderr
    assert result.stderr.count("\n") == 1
    assert sentence in result.stderr


def test_accounts_are_made_listed_disabled_and_removed(tmp_path: Path) -> None:
    made = run(tmp_path, "accounts", "add", "Päivi", "--admin", given=PASSWORD)
    assert made.stdout == "Made the account “Päivi”.\n"
    assert PASSWORD.strip() not in made.stdout + made.stderr
    run(tmp_path, "accounts", "add", "Aino", given=PASSWORD)
    run(tmp_path, "accounts", "disable", "Aino")
    listed = run(tmp_path, "accounts", "list").stdout.splitlines()
    assert [line[12:] for line in listed] == ["Aino  (disabled)", "Päivi  (admin)"]
    run(tmp_path, "accounts", "enable", "Aino")
    assert run(tmp_path, "accounts", "password", "Aino", given="another password").returncode == 0
    run(tmp_path, "accounts", "remove", "Aino")
    assert "Aino" not in run(tmp_path, "accounts", "list").stdout
    log = run(tmp_path, "accounts", "log").stdout
    told = [line.split("account  ")[1] for line in reversed(log.splitlines())]
    assert told == [
        "made Päivi, an admin",
        "made Aino",
        "disabled Aino",
        "enabled Aino",
        "new password for Aino",
        "removed Aino",
    ]


@pytest.mark.parametrize(
    ("args", "given", "sentence"),
    [
        (("add", "Aino"), "", "Write the password to standard input"),
        (("add", "Aino"), "short\n", "A password has 10 to 1,000 characters"),
        (("add", " "), PASSWORD, "A name has 1 to 60 characters"),
        (("password", "Aino"), PASSWORD, "There is no account “Aino”"),
        (("disable", "Aino"), "", "There is no account “Aino”"),
        (("remove", "Aino"), "", "There is no account “Aino”"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    tmp_path: Path, args: tuple[str, ...], given: str, sentence: str
) -> None:
    refused(run(tmp_path, "accounts", *args, given=given), sentence)
    assert run(tmp_path, "accounts", "list").stdout == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org"])
def test_without_accounts_nobody_else_is_served(tmp_path: Path, host: str) -> None:
    refused(
        run(tmp_path, "serve", "--host", host, "--port", "0"), "have people sign in with TARKKA_ACCOUNTS=on"
    )


def test_a_word_that_is_neither_on_nor_off_is_refused(tmp_path: Path) -> None:
    refused(run(tmp_path, "list", TARKKA_ACCOUNTS="yes"), "TARKKA_ACCOUNTS is set to 'yes'")


def test_without_argon2_a_sentence_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "argon2.py").write_text("raise ModuleNotFoundError(name='argon2')\n")
    folder = tmp_path / "instance"
    path = str(tmp_path)
    refused(run(folder, "accounts", "add", "Aino", given=PASSWORD, PYTHONPATH=path), "requirements-team.txt")
    refused(
        run(folder, "serve", "--port", "0", PYTHONPATH=path, TARKKA_ACCOUNTS="on"), "requirements-team.txt"
    )


@pytest.mark.parametrize(("proxy", "secure"), [("127.0.0.1", True), ("", False)])
def test_only_a_trusted_proxy_says_that_it_came_by_https(tmp_path: Path, proxy: str, secure: bool) -> None:
    more = {"TARKKA_ACCOUNTS": "on", "TARKKA_TRUSTED_PROXY": proxy, "TARKKA_MODEL": "none"}
    server = Server({**os.environ, **environ_at(tmp_path), **more})
    try:
        asked = Request(server.address + "/sign-in", headers={"X-Forwarded-Proto": "https"})
        with urlopen(asked) as answer:
            assert ("Secure" in answer.headers["Set-Cookie"]) is secure
    finally:
        server.stop()
