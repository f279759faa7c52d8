"""Whether a commission of the parties to a treaty decided by consensus: no party objected."""

from __future__ import annotations

from indivisible.rules.base import Case
from indivisible.rules.facts import NUMBER, TRUTH, Fact, reaches, said
from indivisible.rules.finding import NOT_APPLICABLE, UNKNOWN, Finding, verdict_of
from indivisible.values import Truth

CONSENSUS = (
    Fact("decision_taken", TRUTH, "Whether the commission of the parties treats a decision as taken."),
    Fact("objections", NUMBER, "Parties that objected to it.", "parties"),
)
CONSENSUS_ASKS = tuple(fact.name for fact in CONSENSUS)


def by_consensus(case: Case, article: str, body: str) -> Finding:
    """Whether a decision that the body holds taken is one: broken as soon as one party objected."""
    taken, objections = case.facts.truth("decision_taken"), case.facts.number("objections")
    if taken is Truth.NO:
        return Finding(article, NOT_APPLICABLE, f"{body} took no decision.")
    told = f"Parties that objected: {said(objections)}; one is enough."
    if taken is Truth.UNKNOWN:
        return Finding(article, UNKNOWN, f"Whether {body} treats a decision as taken is not given. {told}")
    kept = ~reaches(objections, 1)
    return Finding(article, verdict_of(kept), told, value=objections, unit="parties",
                   remedy="treat it as not taken" if kept is Truth.NO else "")  # fmt: skip
