"""Several people at once, and a session that has ended."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from werkzeug.test import TestResponse

from review.settings import Settings
from tests.team import signed_in, team

pytestmark = pytest.mark.slow

NAMES = ("Aino", "Ben", "Carl", "Dora")


@pytest.mark.fault(23)
def test_text_a_comment_a_dismissal_and_a_draft_changed_at_once_are_all_there(settings: Settings) -> None:
    app = team(settings, *NAMES)
    aino, ben, carl, dora = (signed_in(app, name) for name in NAMES)
    batch = aino.paste("Then the the talks ended.\n\nMore.")
    aino.save(batch, 1, "Then the the talks began.")
    page = f"/batches/{batch}/segments/1"
    flag = re.search(r'name="dismiss" value="(\d+)"', aino.page(page))
    assert flag

    def say(words: str) -> Callable[[], TestResponse]:
        return lambda: ben.post(
            f"{page}/comments", comment=words, system="1", text="Then the the talks began."
        )

    sent = [
        say("Which talks?"),
        lambda: carl.post(f"{page}/decide", flag=flag.group(1), kind="dismissed", system="1"),
        lambda: dora.post(f"{page}/draft", text="A draft.", version="1", system="1"),
        lambda: aino.save(batch, 2, "More talks."),
    ]
    with ThreadPoolExecutor(len(sent)) as pool:
        answers = [one.result() for one in [pool.submit(send) for send in sent]]
    assert [answer.status_code for answer in answers] == [303, 200, 303, 303]
    shown = dora.page(page)
    assert "Which talks?" in shown
    assert "A draft." in shown
    assert "1 dismissed" in shown
    assert aino.export(batch) == b"Then the the talks began.\n\nMore talks.\n"
    app.extensions["tarkka"].engine.dispose()


@pytest.mark.fault(20)
def test_a_cookie_from_before_signing_out_opens_nothing(settings: Settings) -> None:
    app = team(settings, *NAMES)
    aino = signed_in(app, "Aino")
    kept = aino.inner.get_cookie("tarkka")
    assert kept
    assert aino.get("/batches").status_code == 200
    aino.post("/sign-out")
    replayed = app.test_client()
    replayed.set_cookie("tarkka", kept.value)
    assert replayed.get("/batches").location.startswith("/sign-in")
    app.extensions["tarkka"].engine.dispose()
