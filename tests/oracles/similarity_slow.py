"""Similarity of two portfolios as the textbooks write it, one pair and one column at a time: slow and obvious."""

from __future__ import annotations

import math
from collections.abc import Sequence

Numbers = Sequence[float]


def known_of_both(x: Numbers, y: Numbers, w: Numbers) -> list[tuple[float, float, float]]:
    return [(a, b, c) for a, b, c in zip(x, y, w, strict=True) if not math.isnan(a) and not math.isnan(b)]


def apart(a: float, b: float, distance: str) -> float:
    if distance == "nominal":
        return float(a != b)
    return abs(a - b) if distance == "absolute" else (a - b) ** 2


def s(x: Numbers, y: Numbers, w: Numbers, span: float, distance: str = "absolute") -> float:
    columns = known_of_both(x, y, w)
    total = sum(c for _, _, c in columns)
    if total == 0:
        return math.nan
    return 1 - 2 * sum(c * apart(a, b, distance) for a, b, c in columns) / (total * apart(0, span, distance))


def chance_corrected(x: Numbers, y: Numbers, w: Numbers, distance: str, *, pooled: bool) -> float:
    """Kappa, or pi if `pooled`: every column of one against every column of the other is what chance expects."""
    columns = known_of_both(x, y, w)
    total = sum(c for _, _, c in columns)
    if total == 0:
        return math.nan
    seen = sum(c * apart(a, b, distance) for a, b, c in columns) / total
    first = [(a, c / total) for a, _, c in columns]
    second = [(b, c / total) for _, b, c in columns]
    if pooled:
        first = second = [(a, c / 2) for a, c in first + second]
    expected = sum(c * d * apart(a, b, distance) for a, c in first for b, d in second)
    return 1 - seen / expected if expected > 1e-12 else math.nan


def tau_b(x: Numbers, y: Numbers, w: Numbers) -> float:
    columns = known_of_both(x, y, w)
    concordant = discordant = untied_x = untied_y = 0.0
    for k, (a, b, c) in enumerate(columns):
        for other_a, other_b, other_c in columns[:k]:
            weight = c * other_c
            product = (a - other_a) * (b - other_b)
            concordant += weight * (product > 0)
            discordant += weight * (product < 0)
            untied_x += weight * (a != other_a)
            untied_y += weight * (b != other_b)
    if untied_x == 0 or untied_y == 0:
        return math.nan
    return (concordant - discordant) / math.sqrt(untied_x * untied_y)
