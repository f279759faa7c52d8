"""What a reader of holdings has to be told: which rows are left out on the day, and rows that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from indivisible.rules.base import Case
from indivisible.rules.facts import Facts
from indivisible.rules.holdings import HOLDINGS
from indivisible.rules.treaties.cfe_counting import CATEGORIES, counted
from indivisible.values import iso


def remarks(case: Case, *, drawn: int | None = None) -> Iterator[str]:
    """Rows of which no finding takes account, and why. Raises FileError where rows contradict each other.

    `drawn`: the day whose map of the zones is meant, if not that of the case.
    """
    rows = case.facts.table(HOLDINGS) or ()
    held = counted(case, drawn=drawn).states
    for row in rows:
        held.count(
            row.text("state") or "", row.text("basis") or "", zone=row.text("zone") or "",
            category=row.text("category") or "", status=row.text("status") or "",
        )  # fmt: skip
    later = [row for row in rows if (row.day("date") or 0) > case.day]
    if later:
        yield f"{_rows(later)} left out: dated after {iso(case.day)}."
    older = [row for row in rows if row not in later and (row.day("date") or 0) < held.dates[_key(row)]]
    if older:
        yield f"{_rows(older)} left out: there are later figures of the same state, basis and category."


def _key(row: Facts) -> tuple[str, str, str]:
    whole = row.text("category") or ""
    while CATEGORIES[whole]:
        whole = CATEGORIES[whole]
    return row.text("state") or "", row.text("basis") or "", whole


def _rows(rows: list[Facts]) -> str:
    return "1 row of the holdings is" if len(rows) == 1 else f"{len(rows)} rows of the holdings are"
