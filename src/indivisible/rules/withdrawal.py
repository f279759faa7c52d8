"""How a state leaves a treaty: the notice, the reasons, the ones to be told; by the case and by the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indivisible.rules.base import Case, bond
from indivisible.rules.conduct import requires
from indivisible.rules.facts import TRUTH, Fact, Facts
from indivisible.rules.finding import NOT_APPLICABLE, UNKNOWN, Finding
from indivisible.rules.in_time import LEAVING, leaving
from indivisible.values import Truth

REASONS = Fact("reasons_stated", TRUTH, "Whether the notice states the extraordinary events that the state cites.")
TOLD = Fact("all_told", TRUTH, "Whether the notice went to all whom the article names.")
LEAVING_FACTS = (*LEAVING, REASONS)  # of a text between two
TOLD_FACTS = (*LEAVING_FACTS, TOLD)  # of a text among many
LEAVING_NAMES = tuple(fact.name for fact in LEAVING_FACTS)
TOLD_NAMES = tuple(fact.name for fact in TOLD_FACTS)
RECORDED = "by the record"


def notice(case: Case, article: str, months: int, *, reasons: bool = True, told: bool = False) -> Iterator[Finding]:
    """Whether a party that leaves gave notice in time, and said why and to whom, by the facts of the case.

    `reasons`: the text asks for them; `told`: it names others than the parties' own pair to be told.
    """
    yield leaving(article, case.facts, months)
    if reasons:
        yield requires(case, f"{article} reasons", REASONS.name, remedy="state the extraordinary events")
    if told:
        yield requires(case, f"{article} addressees", TOLD.name, remedy="tell all whom the article names")


def withdrawal(
    case: Case, treaty: str, article: str, months: int, *, reasons: bool = True, told: bool = False
) -> Iterator[Finding]:
    """The same, and beside it what the record has of the state, if it has a withdrawal."""
    found = list(_withdrawals(case, treaty, article, months))
    if not found or any(name in case.facts.values for name in TOLD_NAMES):
        yield from notice(case, article, months, reasons=reasons, told=told)
    yield from found


def recorded(case: Case, treaty: str, article: str, months: int) -> Iterator[Finding]:
    """The notice and the end that the record has for the state; what only the state itself asserts is left out."""
    found = list(_withdrawals(case, treaty, article, months))
    yield from found or [Finding(article, NOT_APPLICABLE, "The record has no withdrawal of the state of the case.")]


def _withdrawals(case: Case, treaty: str, article: str, months: int) -> Iterator[Finding]:
    if not case.state:
        return
    acts = [claim for claim in case.record.claims(subject=case.state, field="act", object=treaty) if not claim.speaker]
    notices = [claim for claim in acts if claim.value == "withdrawal_notified"]
    for gone in (claim for claim in acts if claim.value == "withdrawn"):
        before = [claim for claim in notices if claim.span.from_latest <= gone.span.from_earliest]
        values = {"left_on": gone.span.from_earliest}
        if before:
            values["notified_on"] = max(claim.span.from_latest for claim in before)
        found = leaving(article, Facts(case.facts.known, values, RECORDED), months)
        yield replace(found, basis="record", because=f"By the record: {found.because}")


def suspension(case: Case, treaty: str, article: str) -> Finding:
    """What a suspension is under a text that has no clause for it: a practice on which the parties differ.

    No verdict follows from the text alone; what the parties say of it stands beside the findings.
    """
    tied = bond(case.record, treaty, case.state, case.day) if case.state else None
    if tied is None or tied.suspended is Truth.NO:
        return Finding(article, NOT_APPLICABLE, "The record has no suspension on that day.")
    told = "The text has no clause on suspension: it is a practice, of which the text does not say what follows."
    return Finding(article, UNKNOWN, told)
