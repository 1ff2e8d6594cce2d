"""A whole job by the API alone, on a real server with its worker; the pages then tell the same."""

from html import unescape
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.conftest import DEMO
from tests.programs import BASE, demo_files
from tests.running import Server, Visitor, serving, wait_until

pytestmark = pytest.mark.slow


class Script:
    """What somebody writes to use the API."""

    def __init__(self, server: Server) -> None:
        self.here = server.address.rstrip("/")
        self.session = requests.Session()
        self.session.headers["Origin"] = self.here

    def ask(self, method: str, path: str, **more: Any) -> Any:
        """One request; its answer, or a failure that tells the problem."""
        answer = self.session.request(method, self.here + path, timeout=60, **more)
        assert answer.status_code < 300, answer.text
        kind = answer.headers.get("Content-Type")
        return answer.json() if kind == "application/json" else answer.content

    def pages(self, path: str, key: str, **query: Any) -> list[Any]:
        """All of a list that comes in pages."""
        found, after = [], {}
        while True:
            page = self.ask("GET", path, params=query | after)
            found += page[key]
            if page["next"] is None:
                return found
            after = {"after": page["next"]}


def checked(batch: dict[str, Any]) -> bool:
    return all(batch[name]["state"] == "done" for name in ("checks", "deep_checks"))


def test_a_job_from_files_to_export(tmp_path: Path) -> None:
    server = serving(tmp_path / "instance")
    try:
        script = Script(server)
        made = script.ask(
            "POST", f"{BASE}/batches", files=demo_files(), data={"source_lang": "fi", "title": "Harbour"}
        )
        here = made["links"]["self"]
        wait_until(lambda: checked(script.ask("GET", here)))
        texts = corrected(script, made["links"])
        exported = script.ask("GET", f"{here}/exports/text").decode().splitlines()
        north = (DEMO / "sys.north.en").read_text(encoding="utf-8").splitlines()
        assert exported == [texts.get(number, text) for number, text in enumerate(north, start=1)]
        wait_until(lambda: script.ask("GET", made["links"]["scores"])["state"] == "there")
        compare_with_pages(script, made["links"], texts)
        script.ask("DELETE", here, params={"title": "Harbour"})
        assert script.session.get(script.here + here).status_code == 404
    finally:
        server.stop()


def corrected(script: Script, links: dict[str, str]) -> dict[int, str]:
    """Dismiss a flag, put in the first suggestion of each surest one, confirm what has none; the new texts."""
    left = script.pages(links["flags"], "flags", system=1)[0]
    where = f"{links['segments']}/{left['segment']}"
    assert script.ask("POST", f"{where}/flags/{left['id']}/dismiss", json={})["state"] == "dismissed"
    script.ask("POST", f"{where}/comments", json={"text": "This one is right."})
    texts: dict[int, str] = {}
    for one in script.pages(links["segments"], "segments", limit=5, confidence=0.9):
        where = f"{links['segments']}/{one['number']}"
        usable = [flag for flag in one["flags"] if flag["suggestions"]]
        if not one["flags"]:
            script.ask("POST", f"{where}/confirm", json={"version": one["version"]})
        elif usable:
            flag = usable[0]
            text = one["text"][: flag["start"]] + flag["suggestions"][0] + one["text"][flag["end"] :]
            sent = {
                "json": {"text": text, "version": one["version"]},
                "headers": {"Idempotency-Key": "put in"},
            }
            assert script.ask("POST", f"{where}/corrections", **sent) == script.ask(
                "POST", f"{where}/corrections", **sent
            )
            texts[one["number"]] = text
    assert len(texts) > 5
    return texts


def compare_with_pages(script: Script, links: dict[str, str], texts: dict[int, str]) -> None:
    """What people see: texts, counts, scores, files."""
    visitor, page = Visitor(script.here), links["page"]
    for number, text in texts.items():
        assert text in unescape(visitor.get(f"{page}/segments/{number}").text)
    shown = unescape(visitor.get(page).text)
    assert "Harbour" in shown
    batch, scores = script.ask("GET", links["self"]), script.ask("GET", links["scores"])
    system = batch["systems"][0]
    assert system["edited"] == len(texts)
    for told in (*scores["systems"][0]["machine"], *scores["systems"][0]["corrected"]):
        assert f"{told['value']:.1f}" in shown, told
    assert scores["systems"][0]["hter"] == system["hter"]
    assert f"{system['hter']:.1f}" in shown
    for kind in ("text", "tsv", "tmx"):
        by_page = visitor.get(f"{page}/export/{kind}").text
        assert script.ask("GET", f"{links['exports']}/{kind}").decode() == by_page, kind
