"""The Treaty on the Union State, 1999: common defence policy, decisions by both states, and leaving.

From knowledge of the text, not re-seen: every article has confidence medium.
"""

from __future__ import annotations

from collections.abc import Iterable

from indivisible.rules.base import CONSENT, CONSULT, PERMIT, Case, article
from indivisible.rules.conduct import requires
from indivisible.rules.facts import NUMBER, TRUTH, Fact, reaches, said, vocabulary
from indivisible.rules.finding import NOT_APPLICABLE, Finding
from indivisible.rules.in_time import LEAVING, LEAVING_ASKS, YEAR, leaving
from indivisible.rules.parties import judged, when_owed
from indivisible.values import Truth

KEY = "UNION_STATE_TREATY_1999"
AUTHORITY = "legal"
FACTS = vocabulary(
    Fact("defence_question", TRUTH, "Whether a question of common defence or security arises."),
    Fact("coordinated", TRUTH, "Whether the two states coordinated their policy on it."),
    Fact("act_adopted", TRUTH, "Whether an act of the Supreme State Council is held to be adopted."),
    Fact("states_against", NUMBER, "States that did not agree to it."),
    *LEAVING,
)


@article(
    "18", "Defence and security are coordinated", kind=CONSULT, domain="defence", confidence="medium",
    asks=("defence_question", "coordinated"), source="Articles 17 and 18",
)  # fmt: skip
def coordinate(case: Case) -> Iterable[Finding]:
    """The two states pursue a joint policy in defence and coordinate their security."""
    yield requires(case, "18", "coordinated", remedy="coordinate", where=case.facts.truth("defence_question"))


@article(
    "Supreme State Council", "Acts need both states", kind=CONSENT, domain="defence", confidence="medium",
    asks=("act_adopted", "states_against"), source="Articles on the Supreme State Council",
)  # fmt: skip
def unanimity(case: Case) -> Iterable[Finding]:
    """Each state has one vote in the Supreme State Council, and no act is adopted if one of them is against it."""
    adopted, against = case.facts.truth("act_adopted"), case.facts.number("states_against")
    if adopted is Truth.NO:
        yield Finding("Supreme State Council", NOT_APPLICABLE, "No act is held to be adopted.")
        return
    told = f"States that did not agree: {said(against)}."
    truth = when_owed(adopted, ~reaches(against, 0, above=True))
    yield judged("Supreme State Council", truth, kept=told, broken=told, facts=case.facts, asked=unanimity.asks)


@article(
    "leaving", "Twelve months' notice", kind=PERMIT, domain="defence", confidence="medium", asks=LEAVING_ASKS,
    source="Final articles",
)  # fmt: skip
def leave(case: Case) -> Iterable[Finding]:
    """A state may leave twelve months after its notice."""
    yield leaving("leaving", case.facts, YEAR)


OBLIGATIONS = (coordinate, unanimity, leave)
