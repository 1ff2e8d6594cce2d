"""Turns a GGUF file into a CTranslate2 model and a tokenizer, once; only this needs the gguf package."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

_LOCAL_BASE = 10_000.0  # Gemma 3: rotary base of the layers with a sliding window, every one but each sixth
_GLOBAL_EVERY = 6
_NORMAL, _ADDED = 1, 4  # kinds of pieces in a GGUF vocabulary; the others are control pieces and bytes


class Gguf:
    """A GGUF file: its fields, and its tensors as float32."""

    def __init__(self, path: Path) -> None:
        from gguf import GGUFReader

        self._reader = GGUFReader(str(path))
        self._tensors = {tensor.name: tensor for tensor in self._reader.tensors}
        self.architecture = str(self.field("general.architecture"))

    def field(self, name: str) -> Any:
        return self._reader.fields[name].contents()

    def number(self, name: str) -> Any:
        """A field of the file's architecture, as `attention.head_count`."""
        return self.field(f"{self.architecture}.{name}")

    def __contains__(self, tensor: str) -> bool:
        return tensor in self._tensors

    def tensor(self, name: str) -> np.ndarray[Any, Any]:
        """A tensor as float32, in PyTorch's order (rows are outputs)."""
        from gguf.quants import dequantize

        tensor = self._tensors[name]
        return np.ascontiguousarray(dequantize(tensor.data, tensor.tensor_type), dtype=np.float32)


def convert(gguf: Path, folder: Path, quantization: str) -> None:
    """Write the model (weights in `quantization`) and its tokenizer.json into `folder`."""
    file = Gguf(gguf)
    spec = _SPECS[file.architecture](file)
    tokens = [str(token) for token in file.field("tokenizer.ggml.tokens")]
    spec.register_vocabulary(tokens)
    spec.config.bos_token = tokens[file.field("tokenizer.ggml.bos_token_id")]
    spec.config.eos_token = tokens[file.field("tokenizer.ggml.eos_token_id")]
    spec.config.unk_token = tokens[file.field("tokenizer.ggml.unknown_token_id")]
    spec.config.layer_norm_epsilon = float(file.number("attention.layer_norm_rms_epsilon"))
    spec.validate()
    spec.optimize(quantization=quantization)
    spec.save(str(folder))
    tokenizer = _byte_level(file) if file.field("tokenizer.ggml.model") == "gpt2" else _sentence_piece(file)
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    (folder / "tarkka.json").write_text(json.dumps({"begin": _begin(file)}), encoding="utf-8")


def _begin(file: Gguf) -> str | None:
    """The token that a text begins with, where the model wants one."""
    if not file.field("tokenizer.ggml.add_bos_token"):
        return None
    return str(file.field("tokenizer.ggml.tokens")[file.field("tokenizer.ggml.bos_token_id")])


def _llama(file: Gguf) -> Any:
    from ctranslate2.specs import common_spec, transformer_spec

    spec = transformer_spec.TransformerDecoderModelSpec.from_config(
        file.number("block_count"),
        file.number("attention.head_count"),
        num_heads_kv=file.number("attention.head_count_kv"),
        activation=common_spec.Activation.SWISH,
        pre_norm=True,
        ffn_glu=True,
        rms_norm=True,
        rotary_dim=0,
        rotary_interleave=True,  # llama.cpp keeps Q and K permuted
        rotary_base=file.number("rope.freq_base"),
    )
    _fill(spec.decoder, file)
    for n, layer in enumerate(spec.decoder.layer):
        layer.self_attention.layer_norm.gamma = file.tensor(f"blk.{n}.attn_norm.weight")
        layer.ffn.layer_norm.gamma = file.tensor(f"blk.{n}.ffn_norm.weight")
    spec.decoder.scale_embeddings = False
    return spec


def _gemma3(file: Gguf) -> Any:
    from ctranslate2.specs import common_spec, transformer_spec

    spec = transformer_spec.TransformerDecoderModelSpec.from_config(
        file.number("block_count"),
        file.number("attention.head_count"),
        num_heads_kv=file.number("attention.head_count_kv"),
        head_dim=file.number("attention.key_length"),
        activation=common_spec.Activation.GELUTanh,
        pre_norm=True,
        ffn_glu=True,
        rms_norm=True,
        rotary_dim=file.number("attention.key_length"),
        rotary_interleave=False,
        rotary_base=_LOCAL_BASE,
        pre_post_layer_norm=True,
        qk_norm=True,
    )
    _fill(spec.decoder, file)
    norms = {
        "input_layer_norm": "attn_norm",
        "post_attention_layer_norm": "post_attention_norm",
        "pre_feedforward_layer_norm": "ffn_norm",
        "post_feedforward_layer_norm": "post_ffw_norm",
    }
    for n, layer in enumerate(spec.decoder.layer):
        for ours, theirs in norms.items():
            getattr(layer, ours).gamma = file.tensor(f"blk.{n}.{theirs}.weight")
        layer.self_attention.q_norm.gamma = file.tensor(f"blk.{n}.attn_q_norm.weight")
        layer.self_attention.k_norm.gamma = file.tensor(f"blk.{n}.attn_k_norm.weight")
        base = file.number("rope.freq_base") if (n + 1) % _GLOBAL_EVERY == 0 else _LOCAL_BASE
        layer.self_attention.rotary_base = np.dtype("float32").type(base)
    spec.decoder.scale_embeddings = True
    return spec


_SPECS: dict[str, Callable[[Gguf], Any]] = {"llama": _llama, "gemma3": _gemma3}


def _fill(decoder: Any, file: Gguf) -> None:
    """The weights that both architectures have alike."""
    from ctranslate2.converters import utils
    from ctranslate2.specs import common_spec

    embeddings = file.tensor("token_embd.weight")
    decoder.embeddings.weight = embeddings
    decoder.projection.weight = file.tensor("output.weight") if "output.weight" in file else embeddings
    decoder.layer_norm.gamma = file.tensor("output_norm.weight")
    for n, layer in enumerate(decoder.layer):
        parts = [common_spec.LinearSpec() for _ in range(3)]
        for part, name in zip(parts, ("attn_q", "attn_k", "attn_v"), strict=True):
            part.weight = file.tensor(f"blk.{n}.{name}.weight")
        utils.fuse_linear(layer.self_attention.linear[0], parts)
        layer.self_attention.linear[1].weight = file.tensor(f"blk.{n}.attn_output.weight")
        layer.ffn.linear_0.weight = file.tensor(f"blk.{n}.ffn_gate.weight")
        layer.ffn.linear_0_noact.weight = file.tensor(f"blk.{n}.ffn_up.weight")
        layer.ffn.linear_1.weight = file.tensor(f"blk.{n}.ffn_down.weight")


def _byte_level(file: Gguf) -> Any:
    """GPT-2’s byte-level BPE; this family keeps every digit apart."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    tokens = file.field("tokenizer.ggml.tokens")
    merges = [tuple(merge.split(" ")) for merge in file.field("tokenizer.ggml.merges")]
    tokenizer = Tokenizer(models.BPE({token: i for i, token in enumerate(tokens)}, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def _sentence_piece(file: Gguf) -> Any:
    """SentencePiece’s BPE: a pair of pieces joins if the whole is a piece, better scores first.

    Pieces that the vocabulary’s makers added (runs of spaces and line ends, HTML tags) come whole out of a text
    first; control pieces never come out of one.
    """
    from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers

    tokens = file.field("tokenizer.ggml.tokens")
    scores, kinds = file.field("tokenizer.ggml.scores"), file.field("tokenizer.ggml.token_type")
    place = {token: i for i, token in enumerate(tokens)}
    normal = {token for token, kind in zip(tokens, kinds, strict=True) if kind == _NORMAL}
    merges = [
        (-scores[place[whole]], place[whole[:cut]], place[whole[cut:]], whole[:cut], whole[cut:])
        for whole in normal
        for cut in range(1, len(whole))
        if whole[:cut] in normal and whole[cut:] in normal
    ]
    merges.sort()
    unknown = tokens[file.field("tokenizer.ggml.unknown_token_id")]
    tokenizer = Tokenizer(
        models.BPE(
            place, [(m[3], m[4]) for m in merges], unk_token=unknown, byte_fallback=True, fuse_unk=True
        )
    )
    added = [token for token, kind in zip(tokens, kinds, strict=True) if kind == _ADDED]
    tokenizer.add_tokens([AddedToken(token, normalized=False) for token in added])
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    )
    return tokenizer
