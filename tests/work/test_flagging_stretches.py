"""A long file without documents is flagged a stretch at a time, with the flags that it would have in one."""

import pytest

from review.work import flag_jobs
from tests.conftest import Client

# A name that is right in one place tells that another form of it, some lines away, is not.
LINES = [f"Text number {n} is plain." for n in range(60)]
LINES[9], LINES[12], LINES[41] = "Borrell came.", "They met Borrellin there.", "The the end came ."


def flags(client: Client) -> list[str]:
    answer = client.upload(translation="\n".join(LINES).encode(), layout="lines")
    exported = client.export(int(answer.location.rsplit("/", 1)[1]), "jsonl").decode()
    return [line.partition('"flags": ')[2].partition('"decisions"')[0] for line in exported.splitlines()]


def test_stretches_have_the_flags_of_the_whole(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = flags(client)
    assert "Borrellin" in whole[12]
    monkeypatch.setattr(flag_jobs, "_CHUNK", 11)  # the two names lie in different ones
    assert flags(client) == whole
