"""Bargaining drawn: every actor's position turn by turn on each dimension, and on two dimensions the plane itself.

Lines are told apart by colour, dash and the name at their end; the drawing is of the positions alone, the table beside
it holds the rest.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from indivisible.errors import MissingData
from indivisible.report.files import replace_with, write_text
from indivisible.report.series import COLOURS, DASHES
from indivisible.rules.bargain_answer import BargainAnswer
from indivisible.rules.bargain_outcomes import HUNDRED
from indivisible.rules.positions_case import Dimension

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 900, 64, 200, 30, 34
HEIGHT, PLANE, LINE, BARS = 330, 560, 13, 816
LONGEST = 13  # letters of a name that fit between the lines and the bars
Pair = tuple[float, float]


def to_svg(answer: BargainAnswer) -> str:
    """The whole drawing as one SVG."""
    parts, top = [f"<title>{escape(answer.sentence())}</title>"], 0
    for number, dimension in enumerate(answer.found.placed.dimensions):
        parts.append(f'<g transform="translate(0 {top})">{"".join(_strip(answer, number, dimension))}</g>')
        top += _height(answer)
    if len(answer.names) == 2:
        parts.append(f'<g transform="translate(0 {top})">{"".join(_plane(answer))}</g>')
        top += PLANE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img" '
        f'font-family="system-ui,sans-serif" font-size="12" fill="currentColor">{"".join(parts)}</svg>'
    )


def _height(answer: BargainAnswer) -> int:
    """Room for every name at the right."""
    return max(HEIGHT, TOP + BOTTOM + (LINE + 1) * len(answer.keys))


def _strip(answer: BargainAnswer, number: int, dimension: Dimension) -> Iterator[str]:
    """One dimension: turns to the right, the scale upwards."""
    shares = answer.found.run.positions[:, :, number]
    turns, height = len(shares) - 1, _height(answer)
    foot = height - BOTTOM

    def x(turn: float) -> float:
        return LEFT + turn / max(turns, 1) * (WIDTH - LEFT - RIGHT)

    def y(share: float) -> float:
        return TOP + (1.0 - share) * (foot - TOP)

    yield f'<text x="8" y="18" font-weight="bold">{escape(dimension.name)}</text>'
    yield from _scale(dimension, [(LEFT, y(n / 4)) for n in range(5)], WIDTH - RIGHT)
    for turn in range(0, turns + 1, max(1, turns // 12)):
        yield _text(x(turn), foot + 18, str(turn), "middle")
    yield _text(x(turns) + 8, foot + 18, "turn", "start")
    yield from _intervals(answer, number, x(0), y)
    for actor, place in enumerate(_apart([y(share) for share in shares[-1].tolist()], foot)):
        points = [(x(turn), y(share)) for turn, share in enumerate(shares[:, actor].tolist())]
        yield _path(points, actor)
        yield f'<line x1="{x(turns):.1f}" y1="{points[-1][1]:.1f}" x2="{x(turns) + 14:.1f}" y2="{place:.1f}" ' \
              f'stroke="{_colour(actor)}" stroke-opacity="0.5"/>'  # fmt: skip
        name = answer.keys[actor]
        name = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
        yield _text(x(turns) + 18, place + 4, name, "start", colour=_colour(actor))


def _intervals(answer: BargainAnswer, number: int, x: float, y: object) -> Iterator[str]:
    """A bar at the start for each position that is an interval; for draws, a bar at the end."""
    assert callable(y)
    dimension = answer.found.placed.dimensions[number]
    for actor, one in enumerate(answer.found.placed.places):
        figure = one.position[number]
        if figure.low < figure.high:
            yield _bar(x - 6 - 3 * (actor % 4), y(dimension.share(figure.low)), y(dimension.share(figure.high)), actor)
    spread = answer.found.spread
    if spread is not None:
        low, _, high = spread.percentiles[:, :, number]
        for actor in range(len(answer.keys)):
            yield _bar(BARS + (WIDTH - 8 - BARS) * (actor + 0.5) / len(low), y(low[actor]), y(high[actor]), actor)
        yield _text(WIDTH - 8, 18, "90% of draws", "end")


def _plane(answer: BargainAnswer) -> Iterator[str]:
    """Two dimensions: paths from the first positions to the last, over what the rule leaves."""
    first, second = answer.found.placed.dimensions
    left = answer.found.left
    foot, right = PLANE - BOTTOM, LEFT + PLANE - TOP - BOTTOM

    def at(one: float, other: float) -> Pair:
        return LEFT + one * (right - LEFT), TOP + (1.0 - other) * (foot - TOP)

    yield f'<text x="8" y="18" font-weight="bold">{escape(second.name)} over {escape(first.name)}</text>'
    yield from _scale(second, [at(0, n / 4) for n in range(5)], right)
    for n in range(5):
        yield _text(at(n / 4, 0)[0], foot + 18, f"{first.figure(n / 4):.4g}", "middle")
    yield _text(right + 24, TOP + 12, "○ start   ● end", "start")
    if left is not None:
        wide, high = (step / HUNDRED for step in left.grid.steps)
        for one, other in (left.grid.places[left.uncovered] / HUNDRED).tolist():
            (x, y), (to_x, to_y) = at(one - wide / 2, other + high / 2), at(one + wide / 2, other - high / 2)
            yield _rect(x, y, max(to_x - x, 3.0), max(to_y - y, 3.0))
        corners = [at(one / HUNDRED, other / HUNDRED) for one, other in left.core.corners]
        if corners:
            yield _polygon(corners)
        yield from _legend(right + 24, bool(corners))
    for actor, key in enumerate(answer.keys):
        points = [at(*pair) for pair in answer.found.run.positions[:, actor].tolist()]
        yield _path(points, actor)
        (x, y), (end_x, end_y) = points[0], points[-1]
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="none" stroke="{_colour(actor)}" stroke-width="1.5"/>'
        yield f'<circle cx="{end_x:.1f}" cy="{end_y:.1f}" r="3.5" fill="{_colour(actor)}"/>'
        yield _text(x + 6, y - 6, key, "start", colour=_colour(actor))


def _legend(x: float, core: bool) -> Iterator[str]:
    yield _rect(x, TOP + 26, 14, 12) + _text(x + 20, TOP + 36, "uncovered", "start")
    if core:
        yield _polygon([(x, TOP + 48), (x + 14, TOP + 48), (x + 14, TOP + 60), (x, TOP + 60)])
    yield _text(x + 20 * core, TOP + 58, "core" if core else "the core is empty", "start")


def _scale(dimension: Dimension, ends: Sequence[Pair], right: float) -> Iterator[str]:
    for n, (x, y) in enumerate(ends):
        yield (
            f'<line x1="{x:.1f}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="currentColor" '
            f'stroke-opacity="0.18"/>'
        ) + _text(x - 24, y + 4, f"{dimension.figure(n / 4):.4g}", "end")


def _apart(places: Sequence[float], foot: float) -> list[float]:
    """Heights for names, as near to the ends of their lines as they fit one above the other."""
    order = sorted(range(len(places)), key=lambda one: places[one])
    found = list(places)
    above = float(TOP - LINE)
    for one in order:
        found[one] = max(found[one], above + LINE)
        above = found[one]
    below = float(foot + LINE)
    for one in reversed(order):
        found[one] = min(found[one], below - LINE)
        below = found[one]
    return found


def _path(points: Sequence[Pair], actor: int) -> str:
    told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return (
        f'<polyline points="{told}" fill="none" stroke="{_colour(actor)}" stroke-width="1.6" '
        f'stroke-dasharray="{DASHES[actor // len(COLOURS) % len(DASHES)]}"/>'
    )


def _bar(x: float, low: float, high: float, actor: int) -> str:
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{low:.1f}" y2="{high:.1f}" stroke="{_colour(actor)}" '
        f'stroke-width="2" stroke-opacity="0.7"/>'
    )


def _rect(x: float, y: float, width: float, height: float) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="currentColor" '
        f'fill-opacity="0.12"/>'
    )


def _polygon(corners: Sequence[Pair]) -> str:
    told = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return (
        f'<polygon points="{told}" fill="currentColor" fill-opacity="0.25" stroke="currentColor" stroke-width="4" '
        f'stroke-linejoin="round"/>'
    )


def _text(x: float, y: float, text: str, anchor: str, *, colour: str = "currentColor") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'


def _colour(actor: int) -> str:
    return COLOURS[actor % len(COLOURS)]


def _dash(actor: int) -> Any:
    """A dash as matplotlib writes it."""
    lengths = tuple(map(float, DASHES[actor // len(COLOURS) % len(DASHES)].split()))
    return (0, lengths) if lengths else "-"


def write_svg(answer: BargainAnswer, path: str | os.PathLike[str]) -> Path:
    """Write the drawing, whole or not at all. Raises FileError."""
    return write_text(to_svg(answer), path)


def write_png(answer: BargainAnswer, path: str | os.PathLike[str]) -> Path:
    """Write the turns as a PNG. Raises MissingData where matplotlib is not installed, FileError as others do."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingData("a PNG needs matplotlib, which is not installed", do="write .svg, or install it") from None
    found = answer.found
    figure = Figure(figsize=(9, 3.4 * len(answer.names)), layout="constrained")
    for number, (dimension, axes) in enumerate(
        zip(found.placed.dimensions, figure.subplots(len(answer.names), squeeze=False)[:, 0], strict=True)
    ):
        shares = found.run.positions[:, :, number]
        for actor, key in enumerate(answer.keys):
            figures = [dimension.figure(share) for share in shares[:, actor].tolist()]
            axes.plot(figures, color=_colour(actor), linestyle=_dash(actor), label=key)
        axes.set_ylim(dimension.low, dimension.high)
        axes.set_ylabel(dimension.name)
        axes.set_xlabel("turn")
        axes.xaxis.get_major_locator().set_params(integer=True)
    figure.legend(*axes.get_legend_handles_labels(), loc="outside right center", frameon=False)
    target = Path(path)
    replace_with(target, lambda temporary: figure.savefig(temporary, format="png", dpi=150))
    return target
