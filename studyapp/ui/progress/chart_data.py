"""What a chart shows, as plain data: the same numbers are drawn, spoken, hovered over and saved."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a chart at ``x``, with the ends of its interval where it has one.

    ``label`` is what stands below it on the axis, ``told`` what hovering tells.
    """

    x: float
    value: float
    label: str
    told: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a calendar: ``level`` 0 (nothing) to 4 is its size, ``marked`` sets it apart."""

    day: int
    level: int
    marked: bool
    told: str


Value = str | int | float | None


@dataclass(frozen=True)
class ChartData:
    """A chart.

    ``ticks`` are the values that the axis names, ``top`` is its end, ``mark`` a value that a dashed line stands for.
    ``table`` is what is saved as CSV, its first row the header. ``note`` says how to read the chart, ``empty`` what
    will be there while there is nothing to draw.
    """

    name: str
    title: str
    note: str
    empty: str
    points: tuple[Point, ...] = ()
    cells: tuple[Cell, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()
    top: float = 1.0
    mark: float | None = None
    mark_label: str = ""
    legend: tuple[str, ...] = ()
    table: tuple[tuple[Value, ...], ...] = ()

    @property
    def spoken(self) -> str:
        """The chart in words, for who cannot see it."""
        told = [point.told for point in self.points] or [cell.told for cell in self.cells if cell.level]
        return f"{self.title}: " + ("; ".join(told) if told else self.empty)

    @property
    def filled(self) -> bool:
        """Whether there is something to draw."""
        return bool(self.points) or any(cell.level for cell in self.cells)


SHARES = ((0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %"))
"""The ticks of an axis of shares."""


def round_ticks(most: float, whole: bool = True) -> tuple[tuple[tuple[float, str], ...], float]:
    """Three round ticks from 0 up to at least ``most``, and the end of the axis."""
    steps = [base * 10**power for power in range(-1 if not whole else 0, 7) for base in (1, 2, 5)]
    step = next(step for step in steps if step * 2 >= most)
    return tuple((step * i, f"{step * i:g}") for i in range(3)), step * 2


def thinned(labels: Sequence[str], room: int) -> list[str]:
    """Labels of which as many are left out as have no room; the last one stays."""
    every = max(1, -(-len(labels) // max(1, room)))
    return [label if (len(labels) - 1 - i) % every == 0 else "" for i, label in enumerate(labels)]
