"""Flags on garbled names: found, rightly mended and falsely raised, on real translations.

usage: python bench/names.py MEASURE SET_DIR…

MEASURE is the script that counts one set (it prints JSON, takes --with-source, --human and --system);
a SET_DIR holds source.XX, reference.en, sys.NAME.en and garbled.tsv. Systems of today's kind are counted
apart from the weak ones, which leak far more names.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measure import print_table  # noqa: E402

MODERN = ("google", "microsoft", "bergamot-base-memory", "bergamot-tiny")
HEADER = ("set", "systems", "source", "garbled", "found", "right first", "precision between", "false / 1,000")


def measured(script: str, folder: Path, *options: str) -> dict[str, object]:
    command = [sys.executable, script, str(folder), *options]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout
    return dict(json.loads(answer))


def told(share: object) -> str:
    return "–" if share is None else f"{share:.2f}"


def row(folder: Path, systems: str, source: str, found: dict[str, object]) -> list[str]:
    precision = f"{told(found['precision_low'])} – {told(found['precision_high'])}"
    false = f"{found['false_alarms_per_1000_segments']:.1f}"
    shares = (told(found["recall"]), told(found["suggestion"]))
    return [folder.name, systems, source, str(found["garbled"]), *shares, precision, false]


def main() -> None:
    script, *folders = sys.argv[1:]
    rows = []
    for folder in map(Path, folders):
        names = sorted(path.name[4:-3] for path in folder.glob("sys.*.en"))
        groups = {
            "modern": [name for name in names if name in MODERN],
            "weak": [name for name in names if name not in MODERN],
        }
        for source, option in (("yes", ["--with-source"]), ("no", [])):
            for title, members in groups.items():
                if members:
                    chosen = [part for name in members for part in ("--system", name)]
                    rows.append(row(folder, title, source, measured(script, folder, *chosen, *option)))
            human = measured(script, folder, "--human", *option)
            human["precision_low"] = human["precision_high"] = None
            rows.append(row(folder, "human", source, human))
    print_table("Garbled names", HEADER, rows)


if __name__ == "__main__":
    main()
