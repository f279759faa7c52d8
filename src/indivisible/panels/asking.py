"""Checks what a panel is asked for before anything is read."""

from __future__ import annotations

from pathlib import Path

from indivisible.errors import QuestionError
from indivisible.panels.blocks import RELEVANT, Plan
from indivisible.panels.peace import check_gaps
from indivisible.panels.system import check


def planned(
    unit: str,
    years: tuple[int, int],
    *,
    directed: bool,
    system: str,
    relevant: str | None,
    carry: bool,
    crosswalk: str | None,
    gaps: str,
    powers: int = 3,
    home: Path | None,
) -> Plan:
    """The plan of a panel. Raises QuestionError for a unit, span, system, rule or crosswalk that there is not."""
    if unit not in ("state-years", "dyad-years"):
        raise QuestionError(f"no unit is called {unit!r}", do="use state-years or dyad-years")
    first, last = years
    if last < first:
        raise QuestionError(f"the years end ({last}) before they begin ({first})", do="give the first year first")
    if not 1 <= first <= last <= 9998:
        raise QuestionError(f"the years {first} to {last} are no years of a panel", do="use years such as 1816 to 2016")
    check(system, crosswalk)
    check_gaps(gaps)
    if powers not in (1, 2, 3):
        raise QuestionError(f"no power {powers} of peace years is made", do="ask for powers up to 1, 2 or 3")
    pairs = unit == "dyad-years"
    if relevant is not None and relevant not in RELEVANT:
        raise QuestionError(f"no rule of relevance is called {relevant!r}", do=f"use one of: {', '.join(RELEVANT)}")
    if relevant is not None and not pairs:
        raise QuestionError("relevance is of pairs of states", do="ask for dyad-years")
    return Plan(pairs, first, last, directed, system, relevant, carry, crosswalk, gaps, powers, home=home)
