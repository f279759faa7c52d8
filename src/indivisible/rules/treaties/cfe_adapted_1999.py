"""The adaptation of the conventional forces treaty of 1999, never in force: ceilings for each state and territory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from indivisible.rules.base import CONSENT, LIMIT, Case, article
from indivisible.rules.facts import CHOICE, TRUTH, Fact, vocabulary
from indivisible.rules.finding import BROKEN, CONDITION, KEPT, NOT_APPLICABLE, UNKNOWN, Finding, ceiling, verdict_of
from indivisible.rules.holdings import plus
from indivisible.rules.treaties.cfe_counting import (
    GROUND,
    HOLDINGS_FACT,
    SAID,
    counted,
    state_ceilings,
    states_asked,
    table_of,
    table_sum,
)
from indivisible.rules.treaties.cfe_tables import Limit, limits
from indivisible.values import Estimate, Truth, iso

KEY: Final = "CFE_ADAPTED_1999"
AUTHORITY: Final = "legal"
COMMITMENTS: Final = "cfe_adapted_1999_commitments.csv"
FACTS = vocabulary(
    HOLDINGS_FACT,
    table_of("territorial_ceilings", "Territorial ceilings of a state, which the tables here do not hold.", "host"),
    table_of("on_territory", "Ground items on a state's territory in the area, its own and foreign.", "host"),
    table_of("stationed", "What a state has on the territory of another.", "state", "host",
             categories=(*GROUND, "troops")),
    Fact("temporary", CHOICE, "What kind of temporary deployment exceeds the territorial ceiling.",
         choices=("ordinary", "exceptional", "none")),
    Fact("host_in_flank", TRUTH, "Whether the host is one of the flank states."),
    Fact("forces_present", TRUTH, "Whether a state has forces on the territory of another."),
    Fact("host_consents", TRUTH, "Whether the host consents, explicitly and freely, as its constitution provides."),
)  # fmt: skip


def _of(number: str) -> tuple[Limit, ...]:
    return tuple(one for one in limits("cfe_adapted_1999_limits.csv") if one.article == number)


@article("I(3)", "Consent of the host", kind=CONSENT, domain="arms_control", asks=("forces_present", "host_consents"))
def host_consent(case: Case) -> Iterator[Finding]:
    """Forces of one party are on the territory of another only with its explicit consent, as its constitution
    provides."""
    present, consents = case.facts.truth("forces_present"), case.facts.truth("host_consents")
    if present is Truth.NO:
        yield Finding("I(3)", NOT_APPLICABLE, "No foreign forces are on the territory.")
        return
    kept = consents if present is Truth.YES else Truth.UNKNOWN
    told = {Truth.YES: "consents", Truth.NO: "does not consent", Truth.UNKNOWN: "is not known to consent"}[consents]
    remedy = "withdraw the forces or obtain consent" if kept is Truth.NO else ""
    yield Finding("I(3)", verdict_of(kept), f"The host {told}.", remedy=remedy)


@article("IV", "National ceilings", kind=LIMIT, domain="arms_control", asks=("holdings",))
def national(case: Case) -> Iterator[Finding]:
    """Each party has in the area no more than its national ceiling in each of the five categories, with sub-ceilings
    for infantry fighting and for heavy armament vehicles."""
    held = counted(case)
    found = _of("IV")
    asked = states_asked(case, held.states)
    yield from state_ceilings(case, [one for one in found if one.state in asked])
    listed = {one.state for one in found}
    for state in asked or ("",):
        if state not in listed:
            told = "No holdings are given." if not state else "The ceiling of this state is not in the record."
            yield Finding("IV", UNKNOWN, told, state=state, zone="area")


@article("V", "Territorial ceilings", kind=LIMIT, domain="arms_control",
         asks=("territorial_ceilings", "on_territory", "temporary", "host_in_flank"))  # fmt: skip
def territorial(case: Case) -> Iterator[Finding]:
    """On the territory of each party there are in each ground category no more items, its own and foreign ones, than
    its territorial ceiling; a temporary deployment may exceed it, in all by 153 tanks, 241 armoured combat vehicles and
    140 pieces of artillery, and in exceptional cases outside the flank states by 459, 723 and 420."""
    ceilings, there = case.facts.table("territorial_ceilings"), case.facts.table("on_territory")
    named = {row.text("host") for row in (*(ceilings or ()), *(there or ()))} - {None}
    hosts = (case.state,) if case.state else tuple(sorted(str(one) for one in named)) or ("",)
    more = _above(case)
    for host in hosts:
        for category in GROUND:
            limit = table_sum(ceilings, category, {"host": host})
            given = any(row.text("host") == host and row.text("category") == category for row in ceilings or ())
            start = Finding("V", UNKNOWN, "", unit=SAID[category], zone="territory", state=host)
            if not given or limit.low != limit.high:
                yield replace(start, because=f"{SAID[category].capitalize()}: the ceiling is not in the record.")
                continue
            extra = more[category] if more is not None else Estimate(0, None, _largest(category))
            yield _within(start, table_sum(there, category, {"host": host}), limit.low, extra, category)


def _above(case: Case) -> dict[str, Estimate] | None:
    """By how much the territorial ceiling may be exceeded for a time; None where that is not known."""
    kind, flank = case.facts.text("temporary"), case.facts.truth("host_in_flank")
    if kind is None:
        return None
    ordinary = {one.category: Estimate(one.limit, one.limit, one.limit) for one in _of("VII temporary")}
    if kind == "none":
        return dict.fromkeys(GROUND, plus(()))
    if kind == "ordinary" or flank is Truth.YES:
        return ordinary
    large = {one.category: Estimate(one.limit, one.limit, one.limit) for one in _of("VII exceptional")}
    if flank is Truth.NO:
        return large
    return {category: Estimate(ordinary[category].low, None, large[category].high) for category in GROUND}


def _largest(category: str) -> float:
    return max(one.limit for one in (*_of("VII temporary"), *_of("VII exceptional")) if one.category == category)


def _within(start: Finding, value: Estimate, limit: float, extra: Estimate, category: str) -> Finding:
    """A ceiling that may itself be known only as an interval: kept below its lowest, broken above its highest."""
    what = SAID[category].capitalize()
    low = ceiling(start, value, limit + extra.low, what=what)
    high = ceiling(start, value, limit + extra.high, what=what)
    if low.verdict == KEPT or extra.low == extra.high:
        return low
    return high if high.verdict == BROKEN else replace(low, verdict=UNKNOWN, margin=None, remedy="", because=(
        f"{what}: whether that is within the ceiling depends on what kind of temporary deployment it is."
    ))  # fmt: skip


@article("V flank", "The flank sub-ceiling", kind=LIMIT, domain="arms_control", asks=("holdings",), confidence="medium",
         whom=lambda state: any(one.state == state for one in _of("V flank")))  # fmt: skip
def flank(case: Case) -> Iterator[Finding]:
    """In its part of the flank zone the Russian Federation has at most 1,300 tanks, 2,140 armoured combat vehicles and
    1,680 pieces of artillery."""
    yield from state_ceilings(case, _of("V flank"))


@article("XXXI", "Entry into force", kind=CONDITION, domain="arms_control")
def entry_into_force(case: Case) -> Iterator[Finding]:
    """The adaptation comes into force ten days after all thirty parties have deposited instruments of ratification."""
    from indivisible.architecture.treaties import treaty
    from indivisible.architecture.treaty_answers import TreatyParties

    found = treaty(case.record, KEY, on=iso(case.day))
    assert isinstance(found, TreatyParties)
    have, signed = len(found.lists["ratified"]), len(found.lists["signatories"])
    complete = found.complete["ratified"] and found.complete["signatories"] and bool(signed)
    value = Estimate(have, have if complete else None, have if complete else signed)
    kept = Truth.UNKNOWN if not complete else Truth.YES if have >= RATIFICATIONS else Truth.NO
    told = f"{have} of {RATIFICATIONS} have ratified ({', '.join(found.lists['ratified'])})."
    remedy = f"{RATIFICATIONS - have} more ratifications" if kept is Truth.NO else ""
    yield Finding("XXXI", verdict_of(kept), told, RATIFICATIONS, value, "ratifications", remedy=remedy)


RATIFICATIONS = 30


@article("Istanbul commitments", "Withdrawals promised at Istanbul", kind=LIMIT, domain="arms_control",
         asks=("stationed",), confidence="medium", authority="political",
         whom=lambda state: any(one.state == state for one in limits(COMMITMENTS)))  # fmt: skip
def istanbul(case: Case) -> Iterator[Finding]:
    """In the Final Act of the conference and the summit's declaration the Russian Federation undertook to have on the
    territory of Georgia, from the end of 2000, no more than a temporary deployment, and to withdraw its limited items
    from Moldova by the end of 2001 and all troops by the end of 2002. A political commitment: whether ratification may
    hang on it is disputed."""
    rows = case.facts.table("stationed")
    for limit in limits(COMMITMENTS):
        if case.state and case.state != limit.state:
            continue
        start = Finding(
            limit.article, UNKNOWN, "", unit=SAID[limit.category], zone="territory", state=limit.state,
            group=limit.host, confidence=limit.confidence,
        )  # fmt: skip
        if not limit.due(case.day) and not case.hypothetical:
            yield replace(start, verdict=NOT_APPLICABLE, because=f"Promised from {iso(limit.begin or 0)} on only.",
                          limit=limit.limit)  # fmt: skip
            continue
        value = table_sum(rows, limit.category, {"state": limit.state, "host": limit.host})
        what = f"{SAID[limit.category].capitalize()} of {limit.state} in {limit.host}"
        yield ceiling(start, value, limit.limit, what=what)


OBLIGATIONS = (host_consent, national, territorial, flank, entry_into_force, istanbul)
