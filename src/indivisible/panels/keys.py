"""Our own key of a state and its ISO code for the codes of a state system, as the record dates them."""

from __future__ import annotations

from datetime import date

import polars as pl

from indivisible.errors import QuestionError
from indivisible.panels.columns import Column
from indivisible.panels.system import StateYears
from indivisible.record.claim import Claim
from indivisible.record.record import Record
from indivisible.values import Truth

KEYS = ("iso3c", "state")
FIELD = {"cow": "cow_code", "gw": "gw_code"}
_RULE = {
    "state": "key of the record for the code on 31 December, or on the last day of the year that has one",
    "iso3c": "ISO 3166 alpha-3 code of that state, where it has one",
}
_ABSENT = "null: the record has no such code in the year"


def check_keys(keys: tuple[str, ...]) -> None:
    """Raise QuestionError for a kind of key that there is not."""
    for key in keys:
        if key not in KEYS:
            raise QuestionError(f"no key is called {key!r}", do=f"use: {', '.join(KEYS)}")


def key_columns(record: Record, states: StateYears, keys: tuple[str, ...]) -> list[Column]:
    """The keys asked for, one value a state-year."""
    claims = claims_by_code(record, states.system)
    pairs = zip(states.code.tolist(), states.year.tolist(), strict=True)
    own = [holder(claims.get(code, []), year) for code, year in pairs]
    made = []
    for key in keys:
        values = own if key == "state" else _iso(record, own, states.year.tolist())
        made.append(Column(key, pl.Series(values, dtype=pl.String), "record", _RULE[key], _ABSENT, "state"))
    return made


def claims_by_code(record: Record, system: str) -> dict[int, list[Claim]]:
    """The claims that a state has a code of the system, by code."""
    claims: dict[int, list[Claim]] = {}
    for claim in record.claims(field=FIELD[system]):
        claims.setdefault(int(claim.value), []).append(claim)
    return claims


def holder(claims: list[Claim], year: int) -> str | None:
    """Whose code it is at the end of the year, else whose it was last in the year."""
    closing, opening = date(year, 12, 31).toordinal(), date(year, 1, 1).toordinal()
    found = [claim.subject for claim in claims if claim.span.holds(closing) is Truth.YES]
    if found:
        return found[0] if len(set(found)) == 1 else None
    within = [c for c in claims if c.span.from_latest <= closing and c.span.to_earliest > opening]
    return max(within, key=lambda claim: claim.span.to_earliest).subject if within else None


def _iso(record: Record, own: list[str | None], years: list[int]) -> list[str | None]:
    claims: dict[str, list[Claim]] = {}
    for claim in record.claims(field="iso3"):
        claims.setdefault(claim.subject, []).append(claim)
    made: list[str | None] = []
    for state, year in zip(own, years, strict=True):
        opening, closing = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        found = [
            c.value
            for c in claims.get(state or "", [])
            if c.span.from_latest <= closing and c.span.to_earliest > opening
        ]
        made.append(found[-1] if found else None)
    return made
