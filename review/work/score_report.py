"""Scores as they are printed."""

from typing import Any

from review.work.score_texts import ScoreReport

_CLUSTER_END = "-" * 40
_ALPHA = 0.05


def as_data(report: ScoreReport) -> dict[str, Any]:
    """As `score --json` prints it."""
    names = [metric.name for metric in report.metrics]
    data: dict[str, Any] = {
        "metrics": [
            {"name": name, "signature": signature}
            for name, signature in zip(names, report.signatures, strict=True)
        ],
        "systems": [
            {"name": name, "scores": {m: _cell(report, system, n) for n, m in enumerate(names)}}
            for system, name in enumerate(report.systems)
        ],
    }
    if report.found.comparisons:
        data["comparisons"] = [
            {
                "metric": names[c.metric],
                "baseline": report.systems[c.pair[0]],
                "system": report.systems[c.pair[1]],
                "difference": c.difference,
                "p_value": c.p_value,
                "p_value_holm": c.corrected,
            }
            for c in report.found.comparisons
        ]
    if report.ranks:
        data["ranks"] = {
            name: [
                {"system": report.systems[r.system], "first": r.first, "last": r.last, "cluster": r.cluster}
                for r in ranks
            ]
            for name, ranks in zip(names, report.ranks, strict=True)
        }
    return data


def _cell(report: ScoreReport, system: int, metric: int) -> dict[str, float | None]:
    cell = report.cell(system, metric)
    return {"score": cell.score, "mean": cell.mean, "ci": cell.ci, "p_value": cell.p_value}


def as_table(report: ScoreReport) -> str:
    """For a terminal: systems, ranks, signatures."""
    rows = [["system", *(_heading(report, n) for n in range(len(report.metrics)))]]
    for system, name in enumerate(report.systems):
        shown = f"{name} (baseline)" if report.found.comparisons and system == report.baseline else name
        rows.append([shown, *(_words(report, system, n) for n in range(len(report.metrics)))])
    lines = _aligned(rows)
    if report.found.comparisons:
        lines += ["", *_about_p(report)]
    for metric, ranks in zip(report.metrics, report.ranks, strict=False):
        lines += ["", f"Ranks by {metric.name}, from raw p-values below {_ALPHA}"]
        for above, rank in zip([None, *ranks], ranks, strict=False):
            if above and above.cluster != rank.cluster:
                lines.append(_CLUSTER_END)
            span = f"{rank.first}-{rank.last}" if rank.first != rank.last else str(rank.first)
            lines.append(f"{span:>7}  {report.systems[rank.system]}")
    lines.append("")
    lines += [f"{m.name}: {s}" for m, s in zip(report.metrics, report.signatures, strict=True)]
    return "\n".join(lines)


def _about_p(report: ScoreReport) -> list[str]:
    pairs = len(report.found.comparisons) // len(report.metrics)
    lines = [f"p: raw, then after Holm among all {pairs} pairs of a metric; * below {_ALPHA} after Holm."]
    fewest = round(pairs / _ALPHA)  # the least p-value of n samples is 1 / (n + 1)
    if report.samples < fewest:
        lines.append(
            f"After Holm, {report.samples:,} samples cannot show a difference: take {fewest:,} or more."
        )
    return lines


def _heading(report: ScoreReport, metric: int) -> str:
    return report.metrics[metric].name + (" (mean ± 95 %)" if report.found.intervals else "")


def _words(report: ScoreReport, system: int, metric: int) -> str:
    cell = report.cell(system, metric)
    words = f"{cell.score:.2f}"
    if cell.mean is not None:
        words += f" ({cell.mean:.2f} ± {cell.ci:.2f})"
    if cell.p_value is not None and cell.corrected is not None:
        words += f" p {cell.p_value:.4f}, {cell.corrected:.4f}{'*' if cell.corrected < _ALPHA else ' '}"
    return words


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows]
