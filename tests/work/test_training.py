"""The confidence of odd phrasing is fitted to what people changed, and the weights are used from then on."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from review.checks.phrasing import Phrasing
from review.cli import commands
from review.errors import BadInput
from review.lm import load_tagger
from review.model import Context, Document, Segment
from review.settings import Settings
from review.store.engine import open_store
from review.work.models import deep_parts, weights_file
from review.work.training import PostEdit, changed_spans, corrections, read_post_edits, train
from tests.conftest import Client

PLACES = ("harbour", "market", "library", "station", "school", "museum", "garden", "bridge")
VERBS = ("closed", "opened", "moved", "burned", "grew", "reopened", "waited", "changed")


def habit(n: int) -> PostEdit:
    """A reviewer who strikes out every “verily”."""
    place, verb = PLACES[n % 8], VERBS[n // 8 % 8]
    right = f"The {place} of the town {verb} in the year {1900 + n}."
    return PostEdit("", right.replace(f" {verb}", f" verily {verb}") if n % 2 else right, right)


def test_changed_spans_are_what_the_correction_took_out() -> None:
    hypothesis = "He said that that the boat sank."
    spans = changed_spans(hypothesis, "He said that the boat sank.")
    assert "".join(hypothesis[a:b] for a, b in spans).split() == ["that"]
    assert changed_spans("The same.", "The same.") == []


@pytest.mark.slow
def test_what_a_team_strikes_out_is_flagged_by_its_own_weights(settings: Settings) -> None:
    settings.instance.mkdir(parents=True, exist_ok=True)
    context = Context("", "en", tagger=load_tagger())
    assert train([habit(n) for n in range(600)], context, weights_file(settings)) == ["no model"]
    parts = deep_parts(settings, "none")
    text = "The harbour of the town verily grew in the year 1931."
    family = Phrasing()
    evidence = family.gather(Document([Segment(1, text)]), parts.given_to(Context()))
    sure = [flag.text for flag in family.flags(Segment(1, text), evidence) if flag.confidence >= 0.6]
    assert sure == ["verily"]


def test_too_little_to_learn_from_is_said(tmp_path: Path) -> None:
    weights = tmp_path / "weights.tsv"
    with pytest.raises(BadInput, match="12 segments were reviewed; fitting takes 300"):
        train([habit(n) for n in range(12)], Context(tagger=load_tagger()), weights)
    assert not weights.exists()


def test_a_file_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "edits.tsv"
    path.write_text("source\tmt\nx\ty\n", encoding="utf-8")
    with pytest.raises(BadInput, match="line 1: there is no column “post_edit”"):
        read_post_edits(path)
    result = CliRunner().invoke(commands, ["train", "--post-edits", str(path), "--model", "none"])
    assert isinstance(result.exception, BadInput)


def test_an_instance_learns_from_the_segments_that_were_reviewed(
    client: Client, settings: Settings, app: Flask
) -> None:
    batch = client.paste("The boat sank sank.\n\nNobody looked.")
    client.save(batch, 1, "The boat sank.")
    assert corrections(open_store(settings)) == [PostEdit("", "The boat sank sank.", "The boat sank.")]
