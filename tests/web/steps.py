"""What the tests of steps share: the boxes of a preview, and the undo of a step just made."""

import html
import re

from tests.conftest import Client


def keys(page: str) -> list[str]:
    """The keys of the changes that a preview shows."""
    return re.findall(r'name="change"[^>]*value="([^"]+)"', page)


def undo(client: Client, batch: int, page: str) -> str:
    """Press the undo of a page; the page afterwards."""
    form = re.search(r'steps/undo".*?name="step" value="(\d+)">.*?name="to" value="([^"]*)"', page, re.DOTALL)
    assert form
    step, to = form.groups()
    answer = client.post(f"/batches/{batch}/steps/undo", step=step, to=html.unescape(to))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client.page(answer.location)
