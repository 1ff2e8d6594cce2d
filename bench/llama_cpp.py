"""llama.cpp as another engine for the same GGUF file: its pieces, and their log-probabilities."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

_CONTEXT = 1024  # pieces


class LlamaCpp:
    """One model; texts are read one after the other, as the binding has it."""

    def __init__(self, gguf: Path, threads: int) -> None:
        from ik_llama_cpp._internals import IkContext, IkModel

        self._model = IkModel(str(gguf))
        self._context = IkContext(self._model, n_ctx=_CONTEXT, n_threads=threads, flash_attn=False)

    def pieces(self, text: str) -> list[int]:
        """The numbers of a text's pieces."""
        return self._model.tokenize(text, add_bos=False)

    def read(self, pieces: Sequence[int]) -> None:
        """Read pieces, so that the logits after each are there."""
        from ik_llama_cpp import _ctypes_api as api
        from ik_llama_cpp._internals import make_batch_range

        self._context.kv_cache_clear()
        batch = make_batch_range(list(pieces))
        for i in range(len(pieces)):
            batch.logits[i] = 1
        failed = self._context.decode(batch)
        api.llama_batch_free(batch)
        if failed:
            raise RuntimeError(f"llama.cpp could not read {len(pieces)} pieces: {failed}")

    def logprobs(self, pieces: Sequence[int]) -> list[float]:
        """The log-probability of each piece but the first, given those before."""
        self.read(pieces)
        found = []
        for i, piece in enumerate(pieces[1:]):
            logits = np.ctypeslib.as_array(self._context.get_logits(i), (self._model.n_vocab,))
            top = logits.max()
            found.append(float(logits[piece] - top - np.log(np.exp(logits - top).sum())))
        return found
