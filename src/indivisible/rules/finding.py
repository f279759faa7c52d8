"""What one article says of one case: kept or not, by how much, and why; unknown never reads as kept."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from indivisible.values import Estimate, Truth

KEPT, BROKEN, UNKNOWN, NOT_APPLICABLE = "yes", "no", "unknown", "not_applicable"
VERDICTS = (KEPT, BROKEN, UNKNOWN, NOT_APPLICABLE)
AUTHORITIES = ("", "legal", "political", "draft")
CONDITION = "condition"
"""The kind of an article that nobody can break: what a word covers, or what must be so before a text binds."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a case is within one article.

    `limit` is the number of the article and `value` what stands against it, in `unit`; `margin` is how far the value
    stays below the limit at the least (negative: by how much it is over at the least), None where that is not known.
    `hypothetical` marks a text that does not bind on the day: what would be so. `reading` names whose interpretation,
    where readings differ. `remedy` says what would make it compliant. `notice` is the last day on which a notice could
    have been given. `state` is whom the finding is about, where it is about one; `basis` is declared or estimated
    figures, where a case has both. `authority` is empty where it is that of the text. `kind` is that of the article:
    for a condition, yes and no say whether it is met.
    """

    article: str
    verdict: str
    because: str
    limit: float | None = None
    value: Estimate | None = None
    unit: str = ""
    zone: str = ""
    group: str = ""
    margin: float | None = None
    hypothetical: bool = False
    reading: str = ""
    authority: str = ""
    confidence: str = "high"
    remedy: str = ""
    notice: str = ""
    state: str = ""
    basis: str = ""
    under: str = ""
    kind: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"no verdict is called {self.verdict!r}")
        if self.authority not in AUTHORITIES:
            raise ValueError(f"no authority is called {self.authority!r}")

    def to_dict(self) -> dict[str, Any]:
        """One finding as JSON (contracts, section 1)."""
        return {
            "article": self.article,
            "under": self.under or self.article,
            "kind": self.kind or None,
            "verdict": self.verdict,
            "limit": self.limit,
            "value": None if self.value is None else [self.value.low, _finite(self.value.high)],
            "unit": self.unit or None,
            "zone": self.zone or None,
            "group": self.group or None,
            "state": self.state or None,
            "basis": self.basis or None,
            "margin": self.margin,
            "hypothetical": self.hypothetical,
            "reading": self.reading or None,
            "authority": self.authority,
            "confidence": self.confidence,
            "because": self.because,
            "remedy": self.remedy or None,
            "notice": self.notice or None,
        }


def _finite(end: float) -> float | None:
    """An open end is null in JSON."""
    return end if math.isfinite(end) else None


def verdict_of(truth: Truth) -> str:
    """A three-valued answer to "is it kept?" as a verdict."""
    return {Truth.YES: KEPT, Truth.NO: BROKEN, Truth.UNKNOWN: UNKNOWN}[truth]


def all_kept(findings: Iterable[Finding]) -> str:
    """The verdict on several findings together: broken if any is, else unknown if any is, else kept.

    What does not apply takes no part; if nothing applies, nothing does.
    """
    found = {one.verdict for one in findings}
    for verdict in (BROKEN, UNKNOWN, KEPT):
        if verdict in found:
            return verdict
    return NOT_APPLICABLE


def at_most(value: Estimate | None, limit: float) -> tuple[str, float | None]:
    """Whether a value is at most the limit, and the margin that is sure; unknown where the interval crosses it."""
    if value is None:
        return UNKNOWN, None
    if value.high <= limit:
        return KEPT, limit - value.high
    if value.low > limit:
        return BROKEN, limit - value.low
    return UNKNOWN, None


def ceiling(finding: Finding, value: Estimate | None, limit: float, *, what: str) -> Finding:
    """The finding filled in for a number that may not be more than a limit, with the smallest reduction that mends it.

    `what` names the number in words ("battle tanks in active units in the flank zone").
    """
    verdict, margin = at_most(value, limit)
    held = "not known" if value is None or value == Estimate(0, None, math.inf) else _said(value)
    said = {
        KEPT: f"{what}: {held}, at most {limit:,.10g} allowed.",
        BROKEN: f"{what}: {held}, {-(margin or 0):,.10g} or more above the {limit:,.10g} allowed.",
        UNKNOWN: f"{what}: {held}; whether that is within {limit:,.10g} cannot be told.",
    }
    if verdict == BROKEN and value is not None and value.low == value.high:
        said[BROKEN] = f"{what}: {held}, {value.low - limit:,.10g} above the {limit:,.10g} allowed."
    return replace(
        finding, verdict=verdict, because=said[verdict], limit=limit, margin=margin,
        value=None if held == "not known" else value, remedy=_reduction(value, limit) if verdict == BROKEN else "",
    )  # fmt: skip


def _reduction(value: Estimate | None, limit: float) -> str:
    if value is None:
        return ""
    least = f"{value.low - limit:,.10g}"
    if value.low == value.high:
        return f"reduce by {least}"
    most = f"{value.high - limit:,.10g}" if math.isfinite(value.high) else "an unknown number"
    return f"reduce by at least {least}; to be sure, by {most}"


def _said(value: Estimate) -> str:
    if value.low == value.high:
        return f"{value.low:,.10g}"
    return f"{value.low:,.10g} or more" if math.isinf(value.high) else f"{value.low:,.10g} to {value.high:,.10g}"
