"""What one article says of one case: kept or not, by how much, and why; unknown never reads as kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from indivisible.values import Estimate, Truth

KEPT, BROKEN, UNKNOWN, NOT_APPLICABLE = "yes", "no", "unknown", "not_applicable"
VERDICTS = (KEPT, BROKEN, UNKNOWN, NOT_APPLICABLE)
AUTHORITIES = ("legal", "political", "draft")


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a case is within one article.

    `limit` is the number of the article and `value` what stands against it, in `unit`; `margin` is how far the value
    stays below the limit at the least (negative: by how much it is over at the least), None where that is not known.
    `hypothetical` marks a text that does not bind on the day: what would be so. `reading` names whose interpretation,
    where readings differ. `remedy` says what would make it compliant. `notice` is the last day on which a notice could
    have been given.
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
    authority: str = "legal"
    confidence: str = "high"
    remedy: str = ""
    notice: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"no verdict is called {self.verdict!r}")
        if self.authority not in AUTHORITIES:
            raise ValueError(f"no authority is called {self.authority!r}")

    def to_dict(self) -> dict[str, Any]:
        """One finding as JSON (contracts, section 1)."""
        return {
            "article": self.article,
            "verdict": self.verdict,
            "limit": self.limit,
            "value": None if self.value is None else [self.value.low, self.value.high],
            "unit": self.unit or None,
            "zone": self.zone or None,
            "group": self.group or None,
            "margin": self.margin,
            "hypothetical": self.hypothetical,
            "reading": self.reading or None,
            "authority": self.authority,
            "confidence": self.confidence,
            "because": self.because,
            "remedy": self.remedy or None,
            "notice": self.notice or None,
        }


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
