"""COMET scores, where the reviewer has installed `unbabel-comet` and has a model's files."""

import logging
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from review.errors import MissingPart

log = logging.getLogger(__name__)

_AT_ONCE = 8  # segments


def segment_scores(
    checkpoint: Path,
    sources: Sequence[str],
    hypotheses: Sequence[str],
    references: Sequence[str] | None = None,
) -> list[float]:
    """Each segment's score by the model of a checkpoint; without references for models that want none.

    MissingPart where the package, the model or a file that it needs is missing. Nothing is downloaded.
    """
    texts = {"src": sources, "mt": hypotheses}
    if references is not None:
        texts["ref"] = references
    samples = [dict(zip(texts, row, strict=True)) for row in zip(*texts.values(), strict=True)]
    load, gpus = _package()
    if not checkpoint.is_file():
        raise MissingPart(f"There is no COMET model at {checkpoint}: TARKKA_COMET_MODEL must name its file.")
    try:
        model = load(str(checkpoint), local_files_only=True)
        found = model.predict(samples, batch_size=_AT_ONCE, gpus=gpus, progress_bar=False)
        return [float(score) for score in found.scores]
    except Exception:  # of torch, lightning, transformers or the file itself: none of them ours to tell apart
        log.exception("COMET failed")
        raise MissingPart(
            f"The COMET model at {checkpoint} could not be used; the server's log says why."
        ) from None


def signature(checkpoint: Path) -> str:
    """How scores of a checkpoint were computed."""
    return f"mean × 100|refs:1|model:{checkpoint}|unbabel-comet:{version('unbabel-comet')}"


def _package() -> tuple[Any, int]:
    """What loads a model, and how many GPUs it may use."""
    try:
        import torch
        from comet import load_from_checkpoint
    except (ImportError, OSError):  # OSError: a library of torch that this machine lacks
        raise MissingPart(
            "COMET scores need the package unbabel-comet: install it beside Tarkka with "
            "`.venv/bin/python -m pip install unbabel-comet`."
        ) from None
    return load_from_checkpoint, int(torch.cuda.is_available())
