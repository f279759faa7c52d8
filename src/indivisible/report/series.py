"""A series over years as a drawing: one line a column, gaps where nothing is known, the table behind it."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from indivisible.report.answer import Answer
from indivisible.report.files import html_table, replace_with

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 900, 320, 56, 34, 16, 16
COLOURS = ("#1f6fb4", "#b5541c", "#4d7c3a", "#7a4f9c", "#8a6d1c", "#3a6f7c")
DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 4", "10 4")


def numeric_columns(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Columns that hold numbers other than the keys of a row, in their order."""
    keys = {"year", "ccode", "ccode1", "ccode2", "states", "proved", "unique"}
    names = dict.fromkeys(name for row in rows for name in row if name not in keys)
    return [
        n for n in names if any(isinstance(r.get(n), (int, float)) and not isinstance(r.get(n), bool) for r in rows)
    ]


def svg(rows: Sequence[Mapping[str, Any]], *, title: str) -> str:
    """The series as one SVG figure; each line has its own dash as well as its own colour, and is named beside it.

    Lines of different size share the axis of the largest. Rows without a year are left out.
    """
    dated = [row for row in rows if isinstance(row.get("year"), int)]
    columns = numeric_columns(dated)
    years = [int(row["year"]) for row in dated]
    values = [float(row[c]) for row in dated for c in columns if isinstance(row.get(c), (int, float))]
    if not years or not values:
        empty = f'<text x="8" y="34">{_e(title)}: nothing known</text>'
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} 60">{empty}</svg>'
    low, high = min(0.0, *values), max(values) or 1.0
    frame = _Frame(min(years), max(years), low, high if high > low else low + 1.0)
    parts = [f"<title>{_e(title)}</title>", *_axes(frame)]
    for number, column in enumerate(columns):
        parts += _line(frame, [(int(r["year"]), r.get(column)) for r in dated], number)
        x = LEFT + 8 + 150 * (number % 5)
        y = HEIGHT + 18 * (number // 5)
        parts.append(
            f'<line x1="{x}" y1="{y}" x2="{x + 24}" y2="{y}" stroke="{_colour(number)}" stroke-width="2" '
            f'stroke-dasharray="{_dash(number)}"/><text x="{x + 30}" y="{y + 4}">{_e(column)}</text>'
        )
    height = HEIGHT + 18 * ((len(columns) - 1) // 5) + 24
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="system-ui,sans-serif" font-size="12" fill="#333">{"".join(parts)}</svg>'
    )


class _Frame:
    """From years and values to places on the drawing."""

    def __init__(self, first: int, last: int, low: float, high: float) -> None:
        self.first, self.last, self.low, self.high = first, max(last, first + 1), low, high

    def x(self, year: float) -> float:
        return LEFT + (year - self.first) / (self.last - self.first) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        return TOP + (self.high - value) / (self.high - self.low) * (HEIGHT - TOP - BOTTOM)


def _axes(frame: _Frame) -> list[str]:
    parts = []
    for step in range(5):
        value = frame.low + (frame.high - frame.low) * step / 4
        y = frame.y(value)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:.3g}</text>')
    every = max(1, round((frame.last - frame.first) / 8 / 5) * 5)
    for year in range(frame.first, frame.last + 1):
        if (year - frame.first) % every == 0:
            parts.append(f'<text x="{frame.x(year):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{year}</text>')
    return parts


def _line(frame: _Frame, points: Sequence[tuple[int, Any]], number: int) -> list[str]:
    """The line in pieces: it breaks where a value is not known."""
    pieces: list[list[str]] = [[]]
    for year, value in points:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            pieces[-1].append(f"{frame.x(year):.1f},{frame.y(float(value)):.1f}")
        elif pieces[-1]:
            pieces.append([])
    style = f'fill="none" stroke="{_colour(number)}" stroke-width="1.6" stroke-dasharray="{_dash(number)}"'
    drawn = [f'<polyline points="{" ".join(piece)}" {style}/>' for piece in pieces if len(piece) > 1]
    dots = [piece[0].split(",") for piece in pieces if len(piece) == 1]
    return drawn + [f'<circle cx="{x}" cy="{y}" r="2.2" fill="{_colour(number)}"/>' for x, y in dots]


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]


def _dash(number: int) -> str:
    return DASHES[number % len(DASHES)]


def _e(text: str) -> str:
    return html.escape(text, quote=True)


def write_drawing(answer: Answer, path: Path) -> None:
    """Write the series as `.svg`, or as an `.html` page with the drawing above the table; whole or not at all."""
    figure = svg(answer.rows(), title=answer.sentence())
    if path.suffix == ".svg":
        replace_with(path, lambda temporary: _write(temporary, figure))
    else:
        page = html_table(answer).replace("<table>", f"<figure>{figure}</figure>\n<table>", 1)
        replace_with(path, lambda temporary: _write(temporary, page))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
