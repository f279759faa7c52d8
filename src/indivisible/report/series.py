"""A series over years as a drawing: one line a column or a state, gaps where nothing is known, the table below it."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indivisible.errors import QuestionError
from indivisible.report.answer import Answer
from indivisible.report.files import html_table, replace_with

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 900, 260, 64, 40, 14, 24
LEGEND, IN_A_ROW = 18, 5
COLOURS = ("#1f6fb4", "#b5541c", "#4d7c3a", "#7a4f9c", "#8a6d1c", "#3a6f7c")
DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 4", "10 4")
MOST = len(COLOURS)  # lines of states or pairs that can be told apart
APART = 8.0  # a line this many times smaller than another gets an axis of its own
_OF = ("ccode", "ccode1", "ccode2")
_NOT_DRAWN = {
    *("year", "states", "proved", "unique", "session", "members_voting", "unsure", "roll_calls", "votes_used"),
    *("state", "name", "standard_error", *_OF),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, the years with their values (None where nothing is known), and the column they are from."""

    name: str
    points: tuple[tuple[int, float | None], ...]
    column: str = ""

    @property
    def largest(self) -> float:
        """The largest size of a value; 0 if none is known."""
        return max((abs(value) for _, value in self.points if value is not None), default=0.0)


def lines_of(rows: Sequence[Mapping[str, Any]]) -> list[Line]:
    """A line for each column of numbers; where rows are of states or pairs, one for each of these.

    Rows without a year are left out. Raises QuestionError for more states or pairs than can be told apart.
    """
    dated = [row for row in rows if isinstance(row.get("year"), int)]
    names = dict.fromkeys(name for row in dated for name in row if name not in _NOT_DRAWN)
    drawn = [name for name in names if any(_number(row.get(name)) is not None for row in dated)]
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in dated:
        groups.setdefault(_of(row), []).append(row)
    if len(groups) > MOST:
        what = f"a drawing of {len(groups):,} lines, one a state or pair, could not be read"
        raise QuestionError(
            what, do=f"name some states, --states USA,GBR or --state USA, so that at most {MOST} lines are left"
        )
    return [
        Line(
            " ".join(filter(None, (group, name.replace("_", " ")))),
            tuple((row["year"], _number(row.get(name))) for row in of),
            name,
        )
        for group, of in groups.items()
        for name in drawn
    ]


def _of(row: Mapping[str, Any]) -> str:
    """Of which state or pair a row is: by our key where it has one, else by code."""
    return str(row["state"]) if row.get("state") else " and ".join(str(row[key]) for key in _OF if key in row)


def strips_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that can share an axis: those of one column, those up to 1 in size, the others by how large they are."""
    columns: dict[str, list[Line]] = {}
    for number, line in enumerate(lines):
        columns.setdefault(line.column or str(number), []).append(line)
    largest = {column: max(line.largest for line in own) for column, own in columns.items()}
    strips: list[list[Line]] = []
    top = math.inf
    for column in sorted((column for column in columns if largest[column] > 1.0), key=lambda column: -largest[column]):
        if strips and largest[column] * APART >= top:
            strips[-1] += columns[column]
        else:
            strips.append(list(columns[column]))
            top = largest[column]
    shares = [line for column, own in columns.items() if largest[column] <= 1.0 for line in own]
    return [*strips, *([shares] if shares else [])]


def svg(rows: Sequence[Mapping[str, Any]], *, title: str) -> str:
    """The series as one SVG figure; each line has its own dash as well as its own colour, and is named below.

    Lines of very different size have axes of their own, one above the other.
    """
    lines = lines_of(rows)
    years = [year for line in lines for year, value in line.points if value is not None]
    if not years:
        empty = f'<text x="8" y="34">{_e(title)}: nothing known</text>'
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} 60">{empty}</svg>'
    all_years = [year for line in lines for year, _ in line.points]
    parts, top = [f"<title>{_e(title)}</title>"], 0
    for strip in strips_of(lines):
        parts.append(f'<g transform="translate(0 {top})">{"".join(_strip(strip, min(all_years), max(all_years)))}</g>')
        top += HEIGHT + LEGEND * math.ceil(len(strip) / IN_A_ROW)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img" '
        f'font-family="system-ui,sans-serif" font-size="12" fill="currentColor">{"".join(parts)}</svg>'
    )


def _strip(strip: Sequence[Line], first: int, last: int) -> list[str]:
    values = [value for line in strip for _, value in line.points if value is not None]
    ticks = _ticks(min(0.0, *values), max(0.0, *values))
    frame = _Frame(first, last, ticks[0], ticks[-1])
    parts = _axes(frame, ticks)
    for number, line in enumerate(strip):
        parts += _drawn(frame, line, number)
        x, y = LEFT + 8 + 160 * (number % IN_A_ROW), HEIGHT + LEGEND * (number // IN_A_ROW)
        parts.append(
            f'<line x1="{x}" y1="{y}" x2="{x + 24}" y2="{y}" stroke="{_colour(number)}" stroke-width="2" '
            f'stroke-dasharray="{_dash(number)}"/><text x="{x + 30}" y="{y + 4}">{_e(line.name)}</text>'
        )
    return parts


class _Frame:
    """From years and values to places on the drawing."""

    def __init__(self, first: int, last: int, low: float, high: float) -> None:
        self.first, self.last, self.low, self.high = first, max(last, first + 1), low, high

    def x(self, year: float) -> float:
        return LEFT + (year - self.first) / (self.last - self.first) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        return TOP + (self.high - value) / (self.high - self.low) * (HEIGHT - TOP - BOTTOM)


def _step(span: float, most: int) -> float:
    """The smallest step of 1, 2 or 5 times a power of ten with at most `most` steps in the span."""
    power = 10.0 ** math.floor(math.log10(span / most))
    return next(power * factor for factor in (1, 2, 5, 10, 20) if span / (power * factor) <= most)


def _ticks(low: float, high: float) -> list[float]:
    """Round values from at or below `low` to at or above `high`."""
    step = _step(high - low, 5) if high > low else 1.0
    begin, end = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [number * step for number in range(begin, max(end, begin + 1) + 1)]


def _axes(frame: _Frame, ticks: Sequence[float]) -> list[str]:
    parts = []
    for value in ticks:
        y = frame.y(value)
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="currentColor" '
            f'stroke-opacity="0.18"/><text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:.6g}</text>'
        )
    every = max(1, round(_step(frame.last - frame.first, 10)))
    for year in range(frame.first, frame.last + 1):
        if year % every == 0:
            parts.append(f'<text x="{frame.x(year):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{year}</text>')
    return parts


def _drawn(frame: _Frame, line: Line, number: int) -> list[str]:
    """The line in pieces: it breaks where a value is not known, and where a year is left out."""
    pieces: list[list[str]] = [[]]
    before = None
    for year, value in line.points:
        if pieces[-1] and (value is None or before is None or year > before + 1):
            pieces.append([])
        if value is not None:
            pieces[-1].append(f"{frame.x(year):.1f},{frame.y(value):.1f}")
        before = year
    style = f'fill="none" stroke="{_colour(number)}" stroke-width="1.6" stroke-dasharray="{_dash(number)}"'
    drawn = [f'<polyline points="{" ".join(piece)}" {style}/>' for piece in pieces if len(piece) > 1]
    dots = [piece[0].split(",") for piece in pieces if len(piece) == 1]
    return drawn + [f'<circle cx="{x}" cy="{y}" r="2.2" fill="{_colour(number)}"/>' for x, y in dots]


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]


def _dash(number: int) -> str:
    return DASHES[number % len(DASHES)]


def _e(text: str) -> str:
    return html.escape(text, quote=True)


def write_drawing(answer: Answer, path: Path) -> None:
    """Write the series as `.svg`, or as an `.html` page with the drawing above the table; whole or not at all.

    An HTML page of more states or pairs than can be told apart has the table alone; an SVG file of them is refused.
    """
    rows, page = answer.rows(), path.suffix == ".html"
    try:
        figure = svg(rows, title=answer.sentence())
    except QuestionError:
        if not page:
            raise
        figure = ""
    text = html_table(answer).replace("<table>", f"<figure>{figure}</figure>\n<table>" if figure else "<table>", 1)
    replace_with(path, lambda temporary: _write(temporary, text if page else figure))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
