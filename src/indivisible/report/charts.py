"""Small charts as SVG text, drawn by hand: nothing is loaded, and every figure has a table beside it.

Colours come from the page's own style (classes gains, loses, unchanged, unknown, not_seen), so that a chart follows
light, dark and print. Blue and orange are told apart with every common kind of colour blindness and belong to no side.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 720
_LEFT, _RIGHT, _LINE = 180, WIDTH - 118, 24  # of a chart of changes
VERDICT_WORDS: Mapping[str, str] = {
    "gains": "gain",
    "loses": "lose",
    "unchanged": "unchanged",
    "unknown": "unknown",
    "not_seen": "not seen",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart of changes: a dot where the change is known, a line over its interval."""

    label: str
    verdict: str
    change: float
    low: float
    high: float


def counts_bar(counts: Mapping[str, int], title: str) -> str:
    """One bar, divided by verdict; the numbers stand in the parts that are wide enough and in the title."""
    total = sum(counts.values())
    said = ", ".join(f"{counts[name]} {word}" for name, word in VERDICT_WORDS.items())
    parts, x = [], 0.0
    for name in VERDICT_WORDS:
        width = WIDTH * counts[name] / total if total else 0.0
        if width:
            parts.append(
                f'<rect class="{name}" x="{x:.1f}" y="0" width="{max(width - 1.5, 1):.1f}" height="30" rx="2"/>'
            )
            if width > 26:
                parts.append(
                    f'<text class="on-{name}" x="{x + width / 2:.1f}" y="20" text-anchor="middle">{counts[name]}</text>'
                )
        x += width
    return _svg(30, f"{title}: {said}", "".join(parts), "counts")


def change_chart(rows: Sequence[Bar], title: str, *, bound: float, unit: str) -> str:
    """Changes from the greatest gain to the greatest loss; the band around zero is what does not count as a change.

    `unit` is `log_ratio` (the axis is written as a factor of the margin) or anything else (written as it is). The axis
    is stretched near zero (inverse hyperbolic sine), so that a hundredfold change does not hide a change of a tenth.
    """
    axis = _Axis.over([x for row in rows for x in (row.low, row.high, row.change)], bound, unit)
    foot = _LINE * len(rows) + 8
    parts = [
        f'<rect class="band" x="{axis.at(-bound):.1f}" y="4" width="{axis.at(bound) - axis.at(-bound):.1f}" '
        f'height="{foot - 4}"/>'
    ]
    for tick in axis.ticks:
        x = axis.at(tick)
        parts.append(
            f'<line class="{"grid" if tick else "zero"}" x1="{x:.1f}" x2="{x:.1f}" y1="4" y2="{foot}"/>'
            f'<text class="tick" x="{x:.1f}" y="{foot + 18}" text-anchor="middle">{change_text(tick, unit)}</text>'
        )
    parts += [_row(row, _LINE * n + 6 + _LINE / 2, axis, unit) for n, row in enumerate(rows)]
    return _svg(foot + 32, title, "".join(parts), "changes")


@dataclass(frozen=True, slots=True)
class _Axis:
    """From changes to places on the page."""

    low: float
    high: float
    unit_size: float
    ticks: tuple[float, ...]

    @classmethod
    def over(cls, values: Sequence[float], bound: float, unit: str) -> _Axis:
        size = bound or 0.01
        finite = [x for x in values if math.isfinite(x)]
        low, high = min([-3 * size, *finite]), max([3 * size, *finite])
        if unit == "log_ratio":
            ticks = [math.log(x) for x in (0.01, 0.1, 0.5, 0.9, 1.0, 1.1, 2.0, 10.0, 100.0, 1000.0)]
        else:
            ticks = [sign * size * x for x in (1, 10, 50) for sign in (-1, 1)] + [0.0]
        return cls(low, high, size, tuple(t for t in ticks if low <= t <= high))

    def at(self, value: float) -> float:
        first, last, here = (
            math.asinh(x / self.unit_size / 2) for x in (self.low, self.high, min(max(value, self.low), self.high))
        )
        return _LEFT + 12 + (here - first) / (last - first) * (_RIGHT - _LEFT - 24)


def _row(row: Bar, y: float, axis: _Axis, unit: str) -> str:
    known = not math.isnan(row.change)
    point = row.change if known else (row.low + row.high) / 2
    label = escape(_short(row.label))
    parts = [f'<text class="label" x="{_LEFT - 10}" y="{y + 4:.1f}" text-anchor="end">{label}</text>']
    if not math.isnan(point):
        parts.append(_line(f"stem {row.verdict}", axis.at(0), axis.at(point), y))
    if row.low != row.high:
        parts.append(_line(f"interval {row.verdict}", axis.at(row.low), axis.at(row.high), y))
    if math.isinf(point):
        tip = 9 if point > 0 else -9
        parts.append(f'<path class="{row.verdict}" d="M{axis.at(point):.1f} {y - 6:.1f}l{tip} 6l{-tip} 6z"/>')
    elif not math.isnan(point):
        hollow = "" if known else " hollow"
        parts.append(f'<circle class="{row.verdict}{hollow}" cx="{axis.at(point):.1f}" cy="{y:.1f}" r="5"/>')
    told = change_text(row.change, unit) if known else interval_text(row.low, row.high, unit)
    parts.append(f'<text class="value" x="{WIDTH - 2}" y="{y + 4:.1f}" text-anchor="end">{escape(told)}</text>')
    return "".join(parts)


def _line(kind: str, first: float, last: float, y: float) -> str:
    return f'<line class="{kind}" x1="{first:.1f}" x2="{last:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'


def strips(before: Sequence[float], after: Sequence[float], title: str) -> str:
    """Two strips of marks, one a state: the scores before and after, on one axis."""
    every = [x for x in (*before, *after) if math.isfinite(x)]
    if not every:
        return ""
    low, high = min(every), max(every)
    span = high - low or 1.0
    left, right = 64, WIDTH - 12

    def at(value: float) -> float:
        return left + (value - low) / span * (right - left)

    parts = []
    for y, label, scores in ((8, "before", before), (46, "after", after)):
        parts.append(f'<text class="label" x="{left - 12}" y="{y + 19}" text-anchor="end">{label}</text>')
        parts.append(f'<line class="grid" x1="{left}" x2="{right}" y1="{y + 14}" y2="{y + 14}"/>')
        parts += [
            f'<line class="mark" x1="{at(x):.1f}" x2="{at(x):.1f}" y1="{y + 3}" y2="{y + 25}"/>'
            for x in scores
            if math.isfinite(x)
        ]
    for tick in _ticks(low, high):
        parts.append(f'<text class="tick" x="{at(tick):.1f}" y="94" text-anchor="middle">{tick:g}</text>')
    return _svg(100, title, "".join(parts), "strips")


def change_text(value: float, unit: str) -> str:
    """A change as people read it: in log_ratio, by how many per cent the margin grew or shrank."""
    if math.isnan(value):
        return "·"
    if math.isinf(value):
        return "without limit" if value > 0 else "from no opponent"
    if unit != "log_ratio":
        return f"{value:+.3g}" if value else "0"
    if value == 0.0:
        return "0%"
    if abs(value) > math.log(3.0):
        factor = math.exp(min(abs(value), 700.0))
        sign = "×" if value > 0 else "÷"
        return f"{sign}{factor:,.0f}" if 100 <= factor < 1e9 else f"{sign}{factor:.3g}"
    share = 100.0 * math.expm1(value)
    text = f"{share:+.0f}%" if abs(share) >= 10 else f"{share:+.1f}%" if abs(share) >= 0.1 else f"{share:+.1g}%"
    return text.replace("-", "−")


def parameter_name(name: str) -> str:
    """The name of a constant as people write it."""
    return "EU 42(7)" if name == "eu_42_7" else name.replace("_", " ")


def interval_text(low: float, high: float, unit: str) -> str:
    """An interval of changes; one without any bounds says nothing."""
    if low == -math.inf and high == math.inf:
        return "·"
    first, last = change_text(low, unit), change_text(high, unit)
    if first == last:
        return first
    return f"{first} to {last[1:] if first[0] == last[0] and first[0] in '×÷' else last}"


def _ticks(low: float, high: float) -> list[float]:
    """About five round numbers from low to high."""
    span = high - low
    if span <= 0:
        return [low]
    step: float = 10.0 ** math.floor(math.log10(span / 5))
    step = next(step * factor for factor in (1, 2, 5, 10) if span / (step * factor) <= 6)
    first = math.ceil(low / step)
    return [round(n * step, 12) for n in range(first, math.floor(high / step) + 1)]


def _short(label: str) -> str:
    return label if len(label) <= 24 else label[:23] + "…"


def _svg(height: float, title: str, inside: str, name: str) -> str:
    return (
        f'<svg class="{name}" viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(title, quote=True)}">'
        f"<title>{escape(title)}</title>{inside}</svg>"
    )
