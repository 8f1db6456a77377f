"""What a benchmark says: figures with their targets, as rows and as JSON."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

COLUMNS = ("figure", "native", "ours", "cpu", "ratio", "target", "verdict")


@dataclass(frozen=True)
class Target:
    """What must be reached: a value of ours, or how many times native it is.

    :param kind: `at most` or `at least` a value of ours; `times native`
    """

    kind: str
    value: float

    def reached(self, ours: float, ratio: float) -> bool:
        if self.kind == "at most":
            return ours <= self.value
        return (ratio if self.kind == "times native" else ours) >= self.value

    def __str__(self):
        signs = {"at most": "<= %g", "at least": ">= %g", "times native": ">= %g x"}
        return signs[self.kind] % self.value


@dataclass(frozen=True)
class Figure:
    """One thing measured both ways in the same run.

    :param unit: what `native` and `ours` count, e.g. `ms` or `mails/s`
    :param native: None where Odoo has nothing of the kind
    :param cpu: how much of `ours` processors worked, where it was looked at
    :param agree: whether both gave the same result
    """

    name: str
    unit: str
    native: float | None
    ours: float
    target: Target
    agree: bool = True
    more_is_better: bool = False
    cpu: float = 0

    @property
    def ratio(self) -> float:
        """How many times better ours is; 0 where there is nothing to compare with."""
        if self.native is None:
            return 0
        better, worse = self.native, self.ours
        if self.more_is_better:
            better, worse = worse, better
        return better / worse if worse else float("inf")

    def verdict(self, judged: bool) -> str:
        """`ok` or `short`; `-` where timing is not judged; `DIFFERS` for wrong."""
        if not self.agree:
            return "DIFFERS"
        if not judged:
            return "-"
        return "ok" if self.target.reached(self.ours, self.ratio) else "short"

    def row(self, judged: bool) -> tuple[str, ...]:
        return (
            f"{self.name} ({self.unit})",
            "-" if self.native is None else f"{self.native:,.1f}",
            f"{self.ours:,.1f}",
            f"{self.cpu:,.1f}" if self.cpu else "-",
            "-" if self.native is None else f"{self.ratio:,.1f} x",
            str(self.target),
            self.verdict(judged),
        )


def table(figures: list[Figure], judged: bool) -> str:
    """The figures as aligned rows under a headline."""
    rows = [COLUMNS, *(figure.row(judged) for figure in figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def good(figures: list[Figure], judged: bool) -> bool:
    return all(figure.verdict(judged) in ("ok", "-") for figure in figures)


def write(file: Path, figures: list[Figure], judged: bool, **about):
    """Write the figures as JSON, with `about` the run."""
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = [
        asdict(figure) | {"ratio": figure.ratio, "verdict": figure.verdict(judged)}
        for figure in figures
    ]
    text = json.dumps({**about, "judged": judged, "figures": rows}, indent=4)
    file.write_text(text + "\n", encoding="utf-8")
