"""What a designer asks of a package: that a state does not lose, that another gains, that a body consents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indivisible.architecture.duties import DOMAINS

SOMETHING, TAKEN, NO_LOSS, GAIN, COVERED, CLOSED, CONSENT, ROBUST = (
    "something", "taken", "no_loss", "gain", "covered", "closed", "consent", "robust",
)  # fmt: skip
KINDS = (SOMETHING, TAKEN, GAIN, COVERED, CLOSED, CONSENT, NO_LOSS, ROBUST)
NAMED = 8


@dataclass(frozen=True, order=True)
class Demand:
    """One thing that a package has to meet. `model` says by whose reading.

    `who` is a state, a lever for `taken`, a domain for `closed`, a state or body for `consent`.
    """

    kind: str
    who: str = ""
    model: str = ""
    lever: str = ""  # to which consent is asked

    def says(self, names: Mapping[str, str]) -> str:
        """The demand as a clause."""
        who = names.get(self.who, self.who)
        if self.kind == SOMETHING:
            return "some lever is taken"
        if self.kind == TAKEN:
            return f"lever {self.who} is taken"
        if self.kind == NO_LOSS:
            return f"{who} does not lose under {self.model}"
        if self.kind == GAIN:
            return f"{who} gains under {self.model}"
        if self.kind == COVERED:
            return f"somebody is pledged to defend {who}"
        if self.kind == CLOSED:
            return f"no two states that are asked about are without a legal duty in {DOMAINS[self.who]}"
        if self.kind == CONSENT:
            return f"{who} consents to lever {self.lever}, going by {self.model}"
        if self.kind == ROBUST:
            return f"{who} loses in few enough draws of {self.model}"
        raise ValueError(self.kind)

    def to_dict(self) -> dict[str, str | None]:
        """The demand for JSON."""
        return {"demand": self.kind, "who": self.who or None, "model": self.model or None, "lever": self.lever or None}


def ordered(demands: Iterable[Demand]) -> list[Demand]:
    """Demands in the order in which they are told."""
    return sorted(demands, key=lambda one: (KINDS.index(one.kind), one.who, one.model, one.lever))


Key = tuple[tuple[Demand, ...], str]  # what several sets share, and the model by which they differ in one loser


def blocking_said(blocking: Sequence[Sequence[Demand]], names: Mapping[str, str], *, whose: str) -> list[str]:
    """Each blocking set in one sentence; sets that differ in one losing state alone share theirs."""
    shared = Counter(key for demands in blocking for key, _ in _but_one(demands))
    alike: dict[Key, list[str]] = {}
    for demands in blocking:
        chosen = max(_but_one(demands), key=lambda one: shared[one[0]], default=((tuple(ordered(demands)), ""), ""))
        alike.setdefault(chosen[0], []).append(chosen[1])
    said = []
    for (rest, model), states in alike.items():
        clauses = [one.says(names) for one in rest]
        if model and len(states) == 1:
            clauses.append(Demand(NO_LOSS, states[0], model).says(names))
        elif model:
            clauses.append(f"no loss under {model} for even one of {len(states)} states ({_listed(states, names)})")
        at_once = "does this" if len(clauses) == 1 else "meets these at once"
        said.append(f"{whose} {at_once}: {'; '.join(clauses)}.")
    return said


def _but_one(demands: Sequence[Demand]) -> list[tuple[Key, str]]:
    """A set without one of its losers, in every way, and who that is."""
    listed = ordered(demands)
    losers = [one for one in listed if one.kind == NO_LOSS]
    return [((tuple(other for other in listed if other != one), one.model), one.who) for one in losers]


def _listed(states: Sequence[str], names: Mapping[str, str]) -> str:
    named = sorted(names.get(state, state) for state in states)
    more = f" and {len(named) - NAMED} more" if len(named) > NAMED else ""
    return f"{', '.join(named[:NAMED])}{more}"
