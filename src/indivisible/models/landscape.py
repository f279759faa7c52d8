"""Landscape: a state is as secure as few of its ties go against the two camps that fit all ties best.

Axelrod and Bennett, "A Landscape Theory of Aggregation", British Journal of Political Science 23(2), 1993, 211-233; as
recalled. The best two camps have the least energy: the least weight of friendly ties across and hostile ties inside.
score_i = - what is frustrated of i's own ties, as an interval over all divisions into two camps that are best.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats, Integers
from indivisible.measures.frustration import worst_for
from indivisible.models.base import ALL, BLIND, Because, Parameter, Part, Reading, Settings, Sight, Value, sight_of
from indivisible.models.camps import (
    Relations,
    Torn,
    relations_of,
    solved,
    torn,
    torn_between,
    touched_camps,
)
from indivisible.models.coalitions import EU_42_7_TREATIES

name: str = "landscape"
scale: str = "ordinal"
reads: frozenset[str] = frozenset({"hostility", "pledges.defence", "pledges.nonaggression", "power"})
needs: tuple[str, ...] = ()

_SOURCE = "Axelrod and Bennett 1993, as recalled"
_BOTH_KINDS = "defence_or_nonaggression"
parameters: Mapping[str, Parameter] = {
    p.name: p
    for p in (
        Parameter("friends", "defence", "which pledges, in either direction, make a friendly tie",
                  "a convention; Doreian and Mrvar 2015 take alliances", choices=("defence", _BOTH_KINDS)),
        Parameter("weights", "none", "does a tie count one, or the power at its ends (in thousandths of the mightiest)",
                  _SOURCE, choices=("none", "power")),
        Parameter("eu_42_7", True, "does Article 42(7) of the EU Treaty count as a defence pledge",
                  "the Treaty says so; its reading is disputed"),
    )
}  # fmt: skip
varied: Mapping[str, tuple[Value, ...]] = {"friends": ("defence", _BOTH_KINDS)}

_BLIND_STEPS = dict.fromkeys(("deploy", "observe", "remove"), BLIND)
_PLEDGE_STEPS = dict.fromkeys(
    ("accede", "denounce", "dissolve", "enact", "found", "pledge", "ratify", "release", "suspend", "withdraw"), ALL
)
_SIGHT = _BLIND_STEPS | _PLEDGE_STEPS | dict.fromkeys(("cap", "set"), BLIND)
_SIGHT_OF_POWER = _BLIND_STEPS | _PLEDGE_STEPS | dict.fromkeys(("cap", "set"), ALL)
_NAMED = 3


def assumes(settings: Settings) -> str:
    """Everybody is in one of two camps, and the best division is the one there is."""
    pledge = "a defence pledge" if settings.choice("friends") == "defence" else "a defence or non-aggression pledge"
    return f"{pledge} is a friendly tie, and states fall into the two camps that fit all ties best"


def read(arrays: Arrays, settings: Settings) -> Reading:
    """Every state's score: minus what is frustrated of its ties, lowest and highest over all best divisions.

    The best score is known where every best division, with every tie in doubt settled either way, gives the same.
    Raises MissingData where hostility is not covered on that day.
    """
    relations = _relations(arrays, settings)
    sized = relations.at_best_sizes()
    whole, likely = torn(relations), torn(sized)
    known = likely.low == likely.high
    low, high, middle = (np.subtract(0.0, frustrated) for frustrated in (whole.high, whole.low, likely.high))
    best: Floats = np.where(known, middle, np.nan)
    nobody = np.zeros(len(arrays.states), dtype=bool)

    @cache
    def shown(i: int) -> _Shown:
        if known[i]:
            return _shown(sized, likely, i, certain=True)
        return _shown(relations, whole, i, certain=False)

    return Reading(
        model=name, settings=settings, states=arrays.states,
        low=low, best=best, high=high, unopposed=nobody,
        because=lambda i: _because(shown(i), arrays, i),
        parts=lambda i: _parts(shown(i), arrays, settings, i),
        note=_note(relations),
    )  # fmt: skip


def change_bounds(before: Arrays, after: Arrays, settings: Settings) -> tuple[Floats, Floats]:
    """Lowest and highest change of every score: any best division before against any after, every doubt settled alike.

    Exactly zero for a state of whose ties, and the blocks they belong to, nothing changed.
    """
    old, new = _relations(before, settings), _relations(after, settings)
    least, most = torn_between(old, new)
    still = ~touched_camps(old, new)
    return np.where(still, 0.0, np.subtract(0.0, most)), np.where(still, 0.0, np.subtract(0.0, least))


def touched(before: Arrays, after: Arrays, settings: Settings) -> Bools:
    """For which states a tie of their own changed, or any tie in a block (a part that no single state holds
    together) that they belong to.
    """
    return touched_camps(_relations(before, settings), _relations(after, settings))


def can_show(step_kind: str, settings: Settings, *, touches: frozenset[str] | None = None) -> Sight:
    """What landscape could show of a step: of every pledge that comes or goes, anything; camps may change as a whole.

    Figures of power count only where ties weigh by power.
    """
    by_power = settings.choice("weights") == "power"
    seen = reads if by_power else reads - {"power"}
    if settings.choice("friends") == "defence":
        seen = seen - {"pledges.nonaggression"}
    if touches is not None and not touches & seen:
        return BLIND
    return sight_of(step_kind, _SIGHT_OF_POWER if by_power else _SIGHT)


def _relations(arrays: Arrays, settings: Settings) -> Relations:
    kinds = ["defence"] if settings.choice("friends") == "defence" else ["defence", "nonaggression"]
    without = () if settings.switch("eu_42_7") else EU_42_7_TREATIES
    return relations_of(arrays, kinds=kinds, without=without, by_power=settings.choice("weights") == "power")


@dataclass(frozen=True, slots=True)
class _Shown:
    """One world and one best division of it, as state i sees them: its ties by how they fit, [n] each.

    Where only a bound is known, `bound` is what at most is frustrated, and nothing is shown. `at_best` is what another
    division that is just as good frustrates for it, where nothing is in doubt but which of them stands.
    """

    friends: Bools
    foes: Bools
    across: Bools
    inside: Bools
    size: Integers
    certain: bool
    bound: int | None = None
    at_best: int | None = None

    @property
    def both(self) -> Bools:
        """States that are friend and foe at once."""
        return self.friends & self.foes

    @property
    def wrong(self) -> Integers:
        """[n]: how many ties to each do not fit."""
        wrong: Integers = self.across.astype(np.int64) + self.inside + self.both
        return wrong


def _shown(relations: Relations, found: Torn, i: int, *, certain: bool) -> _Shown:
    """A division in which as much of i's ties is frustrated as in any, or the bound where none is found."""
    if found.exact[i]:
        holding = next(one for one in relations.worlds if relations.torn_in(one).high[i] == found.high[i])
        friends, foes = relations.at(holding)
        wrong = worst_for(relations.divided(holding), i)
        other = int(found.low[i]) if not certain and relations.settled else None
        torn_ties = friends[i] & wrong, foes[i] & wrong
        shown = _Shown(friends[i], foes[i], *torn_ties, relations.most, certain, at_best=other)
        if relations.most @ shown.wrong == found.high[i]:  # else another corner of the sizes is the worst
            return shown
    nothing, bound = np.zeros(len(found.low), dtype=bool), int(found.high[i])
    friends, foes = relations.friends.possible, relations.foes.possible
    return _Shown(friends[i], foes[i], nothing, nothing, relations.most, certain, bound)


def _because(shown: _Shown, arrays: Arrays, i: int) -> Because:
    named = np.array(arrays.states)
    friends = shown.friends.copy()
    friends[i] = True
    ties = int(shown.friends.sum() + shown.foes.sum())
    wrong = int(shown.wrong.sum())
    return Because(
        leader="",
        against=tuple(named[shown.foes].tolist()),
        defenders=tuple(named[friends].tolist()),
        against_sum=float(wrong if shown.bound is None else shown.bound),
        defenders_sum=float(ties - wrong if shown.bound is None else 0),
        certain=shown.certain,
        told=_told(shown, arrays.states, ties, wrong),
        undetermined=shown.at_best is not None,
    )


def _told(shown: _Shown, states: tuple[str, ...], ties: int, wrong: int) -> str:
    unit = "" if (shown.size == 1).all() else " by weight"
    if shown.bound is not None:
        return f"of its {ties} ties, at most {shown.bound}{unit} can go against the best two camps"
    if ties == 0:
        return "it has no friend and no foe"
    if wrong == 0:
        return f"its {ties} ties all fit the two camps" if ties > 1 else "its one tie fits the two camps"
    said = []
    for which, one, many in (
        (shown.inside, "is a foe in its own camp", "are foes in its own camp"),
        (shown.across, "is a friend in the other", "are friends in the other"),
        (shown.both, "is friend and foe at once", "are friends and foes at once"),
    ):
        if which.any():
            said.append(f"{_listed(which, states)} {one if which.sum() == 1 else many}")
    told = f"of its {ties} ties {wrong} {'does' if wrong == 1 else 'do'} not fit the two camps: {'; '.join(said)}"
    if shown.at_best is None:
        return told
    return f"{told}; in another division that fits all ties as well, {shown.at_best or 'none'}{unit}"


def _listed(which: Bools, states: tuple[str, ...]) -> str:
    rows = np.flatnonzero(which).tolist()
    named = ", ".join("{" + states[row] + "}" for row in rows[:_NAMED])
    return named + (f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else "")


def _parts(shown: _Shown, arrays: Arrays, settings: Settings, i: int) -> tuple[Part, ...]:
    """Every tie that does not fit, by the size of its far end, less than nothing; a nought where all fit."""
    if shown.bound is not None:
        return (Part("ties, at most half of them", "", float(shown.bound), -1.0, "term"),)
    by_power = settings.choice("weights") == "power"
    found = []
    for which, label, hostile in (
        (shown.inside, "foe in its own camp", True),
        (shown.across, "friend in the other camp", False),
        (shown.both, "friend and foe at once", True),
    ):
        for j in np.flatnonzero(which).tolist():
            state = arrays.states[j] if by_power else ""  # one is one; only a size rests on figures
            tie = _tie(arrays, settings, i, j)
            found.append(Part(label, state, float(shown.size[j]), -1.0, "term", tie, hostile))
            if shown.both[j]:
                found.append(Part("the pledge between them", "", 1.0, 0.0, "term", tie))
    return tuple(found) or (Part("every tie fits", "", 0.0, 1.0, "term"),)


def _tie(arrays: Arrays, settings: Settings, i: int, j: int) -> tuple[str, str]:
    """The pledge between i and j, from the one that gave it; for foes that are pledged to nothing, from i."""
    given = arrays.ties("defence").possible
    if settings.choice("friends") != "defence":
        given = given | arrays.ties("nonaggression").possible
    one, other = arrays.states[i], arrays.states[j]
    return (other, one) if given[j, i] and not given[i, j] else (one, other)


def _note(relations: Relations) -> str:
    """How well the best division fits as a whole, and in how many ways, where no tie is in doubt."""
    friends, foes = relations.at(frozenset())
    both = int(np.triu(friends & foes).sum())
    told = f"{both} pairs are friends and foes at once. " if both > 1 else ""
    told = "One pair is friend and foe at once. " if both == 1 else told
    doubts = len(relations.doubts)
    told += {0: "", 1: "One tie is in doubt. "}.get(doubts, f"{doubts} ties are in doubt. ")
    told += "Some sizes are not known. " if (relations.least < relations.most).any() else ""
    if doubts or (relations.least < relations.most).any():
        return told.rstrip()
    found = solved(friends, foes, relations.least)
    total = int((found.size[found.network.source] * found.size[found.network.target]).sum())
    ways = "one division is best" if found.optima == 1 else f"{found.optima_found:,} divisions are equally good"
    ways = ways if found.optima is not None else f"at least {ways}"
    proof = "" if found.proved else f" (no fewer than {found.bound:,}; not proved)"
    if not found.index:
        return f"{told}All {found.network.m:,} ties fit two camps; {ways}."
    if total == found.network.m:
        return f"{told}Of {total:,} ties {found.index:,} cannot fit two camps{proof}; {ways}."
    share = 100.0 * found.index / total
    return f"{told}Of the weight of all ties {share:.3g}% cannot fit two camps{proof}; {ways}."
