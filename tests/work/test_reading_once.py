"""Files are read once in a process while they stay as they are, and few are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from review.work.reading_once import content_of, read_once

readings: list[Path] = []


@dataclass(frozen=True)
class One:
    path: Path

    def paths(self) -> Sequence[Path]:
        return [self.path]

    def read(self) -> str:
        readings.append(self.path)
        return self.path.read_text(encoding="utf-8")


def written(path: Path, text: str) -> One:
    path.write_text(text, encoding="utf-8")
    return One(path)


def test_a_file_is_read_again_only_once_it_has_changed(tmp_path: Path) -> None:
    readings.clear()
    one = written(tmp_path / "one", "first")
    assert [read_once(One(tmp_path / "one")) for _ in range(3)] == ["first"] * 3
    assert len(readings) == 1
    written(one.path, "second")
    assert [read_once(one) for _ in range(3)] == ["second"] * 3
    assert len(readings) == 2


def test_few_are_kept(tmp_path: Path) -> None:
    readings.clear()
    several = [written(tmp_path / str(n), str(n)) for n in range(5)]
    assert [read_once(one) for one in several for _ in range(2)] == [
        str(n) for n in range(5) for _ in range(2)
    ]
    assert len(readings) == 5
    assert read_once(several[0]) == "0"
    assert len(readings) == 6


def test_contents_are_told_apart_whatever_the_file_system_says(tmp_path: Path) -> None:
    a, b = (written(tmp_path / name, "same size").path for name in ("a", "b"))
    assert content_of(a)[1:] == content_of(b)[1:]
    written(b, "same sizf")
    assert content_of(a)[1:] != content_of(b)[1:]
    assert content_of(tmp_path / "none").size == -1
