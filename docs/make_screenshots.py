"""Takes the pictures in docs/ with a real Chromium, from the demo corpus.

usage: python docs/make_screenshots.py
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DEMO = ROOT / "corpora" / "demo"


def review(*args: str | Path, instance: str) -> subprocess.Popen[str]:
    environ = {**os.environ, "TARKKA_INSTANCE": instance}
    command = [sys.executable, "-m", "review", *map(str, args)]
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True)


def take(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=HERE / f"{name}.png")


def work(page: Page) -> None:
    """Correct, mark and look again: the workbench in use, dark."""
    page.emulate_media(color_scheme="dark")
    page.goto("/batches/1/segments/7")
    page.keyboard.press("F8")
    page.keyboard.press("Control+Shift+F7")
    page.keyboard.type("mistr")
    page.keyboard.press("Enter")
    page.wait_for_selector("#marks-list li")
    page.keyboard.press("F2")
    page.wait_for_selector("#diff ins")
    page.screenshot(path=HERE / "workbench.png")


def main() -> None:
    with tempfile.TemporaryDirectory() as instance, sync_playwright() as playwright:
        systems = [arg for name in ("north", "south") for arg in ("--hypothesis", DEMO / f"sys.{name}.en")]
        companions = ["--source", DEMO / "source.fi", "--reference", DEMO / "reference.en"]
        review(
            "import", "--name", "The harbour of Vuorisalmi", *systems, *companions, instance=instance
        ).wait()
        server = review("serve", "--port", "0", instance=instance)
        assert server.stdout
        told = re.search(r"http://\S+", server.stdout.readline())
        assert told
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(base_url=told.group(), viewport={"width": 1280, "height": 860})
        page.goto("/batches/1")
        page.wait_for_selector("#flagging", state="detached")
        page.wait_for_selector("#deepening", state="detached", timeout=300_000)
        take(page, "/batches/1", "batch")
        take(page, "/batches/1/segments/10", "review")
        take(page, "/batches/1/names", "names")
        take(page, "/batches/1/replace?find=the+Aallotar", "replace")
        take(page, "/batches/1/article?segment=10", "article")
        take(page, "/batches/1/compare?drawn=chrf", "compare")
        take(page, "/keys", "keys")
        take(page, "/", "start")
        work(page)
        browser.close()
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
