"""SmolLM2's architecture (Llama) in plain numpy and float32: slow, and nothing in it that could be set wrong twice."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from review.lm.convert import Gguf


def _norm(x: Any, gain: Any, epsilon: float) -> Any:
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + epsilon) * gain


def _rotate(x: Any, base: float) -> Any:
    """Positions (first axis) as turns of neighbouring pairs of the last axis."""
    length, _, width = x.shape
    turn = np.exp(1j * np.arange(length)[:, None] * base ** (-np.arange(0, width, 2) / width))[:, None]
    turned = (x[..., 0::2] + 1j * x[..., 1::2]) * turn
    return np.stack([turned.real, turned.imag], -1).reshape(x.shape).astype(np.float32)


def logprobs(file: Gguf, pieces: Sequence[int]) -> Any:
    """The log-probability of each piece but the first, given those before."""
    length, width = len(pieces), file.number("rope.dimension_count")
    heads, shared = file.number("attention.head_count"), file.number("attention.head_count_kv")
    base, epsilon = file.number("rope.freq_base"), file.number("attention.layer_norm_rms_epsilon")
    embeddings = file.tensor("token_embd.weight")
    x = embeddings[list(pieces)]
    future = np.triu(np.full((length, length), -np.inf), 1)
    for n in range(file.number("block_count")):
        w = {
            name: file.tensor(f"blk.{n}.{name}.weight")
            for name in "attn_norm attn_q attn_k attn_v attn_output ffn_norm ffn_gate ffn_up ffn_down".split()
        }
        h = _norm(x, w["attn_norm"], epsilon)
        q = _rotate((h @ w["attn_q"].T).reshape(length, heads, width), base)
        k = _rotate((h @ w["attn_k"].T).reshape(length, shared, width), base).repeat(heads // shared, 1)
        v = (h @ w["attn_v"].T).reshape(length, shared, width).repeat(heads // shared, 1)
        weight = np.exp(np.einsum("qhd,khd->hqk", q, k) / width**0.5 + future)
        weight /= weight.sum(-1, keepdims=True)
        x = x + np.einsum("hqk,khd->qhd", weight, v).reshape(length, -1) @ w["attn_output"].T
        h = _norm(x, w["ffn_norm"], epsilon)
        gate = h @ w["ffn_gate"].T
        x = x + (gate / (1 + np.exp(-gate)) * (h @ w["ffn_up"].T)) @ w["ffn_down"].T
    logits = _norm(x, file.tensor("output_norm.weight"), epsilon).astype(np.float64) @ embeddings.T
    logits -= logits.max(-1, keepdims=True)
    return logits[range(length - 1), list(pieces[1:])] - np.log(np.exp(logits[:-1]).sum(-1))
