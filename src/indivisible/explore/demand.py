"""What a designer asks of a package: that a state does not lose, that another gains, that a body consents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

TAKEN, NO_LOSS, GAIN, COVERED, CONSENT, ROBUST = "taken", "no_loss", "gain", "covered", "consent", "robust"
KINDS = (TAKEN, GAIN, COVERED, CONSENT, NO_LOSS, ROBUST)


@dataclass(frozen=True, order=True)
class Demand:
    """One thing that a package has to meet. `who` is a state, or a lever for `taken`; `model` says by whose reading."""

    kind: str
    who: str
    model: str = ""
    lever: str = ""  # to which consent is asked

    def says(self, names: Mapping[str, str]) -> str:
        """The demand as a clause."""
        who = names.get(self.who, self.who)
        if self.kind == TAKEN:
            return f"lever {self.who} is taken"
        if self.kind == NO_LOSS:
            return f"{who} does not lose under {self.model}"
        if self.kind == GAIN:
            return f"{who} gains under {self.model}"
        if self.kind == COVERED:
            return f"somebody is pledged to defend {who}"
        if self.kind == CONSENT:
            return f"{who} consents to lever {self.lever}, its members going by {self.model}"
        if self.kind == ROBUST:
            return f"{who} loses in few enough draws of {self.model}"
        raise ValueError(self.kind)


def in_words(demands: Iterable[Demand], names: Mapping[str, str]) -> str:
    """Several demands as one sentence: `no package ... at once`."""
    clauses = [one.says(names) for one in sorted(demands, key=lambda d: (KINDS.index(d.kind), d.who, d.model))]
    if len(clauses) == 1:
        return f"No package meets this alone: {clauses[0]}."
    return f"No package meets these at once: {'; '.join(clauses)}."
