"""The constants of bargaining that a case file can set, each with its choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from typing import Any

from indivisible.errors import FileError
from indivisible.measures.bargaining import Settings
from indivisible.measures.bargaining_votes import CHANCES, RISKS, VICTORIES, VOTES
from indivisible.rules.positions_case import number, whole

TAKES = ("best", "drawn")  # which of its bargains an actor takes: the one with the best chance, or by lot
CHOICES: Mapping[str, tuple[str, ...]] = {
    "votes": VOTES,
    "victory": tuple(VICTORIES),
    "chances": CHANCES,
    "risk": RISKS,
    "takes": TAKES,
}
NUMBERS = ("most_turns", "ends_below")


@dataclass(frozen=True)
class Chosen:
    """The model's own settings, and whether bargains are taken by lot."""

    model: Settings = field(default_factory=Settings)
    takes: str = "best"

    def to_dict(self) -> dict[str, Any]:
        """Every constant by name."""
        found = asdict(self.model)
        del found["least_turns"]
        return found | {"takes": self.takes}


def read_settings(given: Mapping[str, object], where: str) -> Chosen:
    """Settings of a case file. Raises FileError for a name or a choice that there is not."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        place = f"{where}, settings, {name}"
        if name in CHOICES:
            if value not in CHOICES[name]:
                raise FileError(f"{name} is {value!r}", where=place, do=f"write {', '.join(CHOICES[name])}")
            found[name] = value
        elif name == "most_turns":
            found[name] = whole(value, place, 1)
        elif name == "ends_below":
            found[name] = number(value, place)
            if not 0.0 < found[name] < 1.0:
                raise FileError(f"{value!r} is no share", where=place, do="write a number above 0 and below 1")
        else:
            known = (*CHOICES, *NUMBERS)
            near = ", ".join(get_close_matches(name, known)) or ", ".join(known)
            raise FileError(f"no setting is called {name!r}", where=place, do=f"near names: {near}")
    takes = found.pop("takes", "best")
    return Chosen(Settings(**found), takes)
