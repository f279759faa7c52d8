"""What imported data add to the architecture of a day, state by state: the figures that the record does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Outside:
    """Imported figures of one day, by the record's keys of states; all of it may be empty.

    powers       by name of the measure (such as `cinc_2016`) every state's share of capabilities
    expenditure  military expenditure in the publisher's unit; `expenditure_name` says whose and of which year
    hostile      by choice (`rivalries`, `disputes`) the pairs that are hostile, each in the order of the alphabet
    hostile_name by choice whose list it is and of which years
    versions     which datasets, at which version, were read
    """

    powers: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    expenditure: Mapping[str, float] = field(default_factory=dict)
    expenditure_name: str = ""
    hostile: Mapping[str, frozenset[Pair]] = field(default_factory=dict)
    hostile_name: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def capability(self) -> Mapping[str, float]:
        """The composite index of capabilities, by whichever name it stands; empty where none is imported."""
        return next((shares for name, shares in sorted(self.powers.items()) if name.startswith("cinc")), {})


NOTHING = Outside()
