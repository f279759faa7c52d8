"""Allocation: a state is secure if, with what its friends give it, it withstands all that its adversaries could send.

The power allocation game: Li, Liu and Morse 2017-18; Li and Morse, "Games on signed graphs", Automatica, 2022; the
definitions as recalled. Every state divides its power between itself, its friends and its adversaries. Equilibria are
many, so none is taken for a prediction: score_i is 1 if i survives the worst that its adversaries can do, otherwise 0.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats
from indivisible.models.base import ALL, BLIND, Because, Parameter, Part, Reading, Settings, Sight, Value, sight_of
from indivisible.models.coalitions import EU_42_7_TREATIES
from indivisible.models.survival import (
    MOST_DOUBTS,
    Case,
    Confrontation,
    assuredly,
    confrontation,
    group_of,
    never_worse,
    possibly,
    touched_pools,
)

name: str = "allocation"
scale: str = "ordinal"
reads: frozenset[str] = frozenset({"power", "hostility", "pledges.defence"})
needs: tuple[str, ...] = ()

parameters: Mapping[str, Parameter] = {
    p.name: p
    for p in (
        Parameter("output", "assured", "survives when friends share out what they do not need (assured), or with all "
                  "that they have (possible)", "Li and Morse 2022, as recalled; both read as the worst case",
                  choices=("assured", "possible"), side_by_side=True),
        Parameter("eu_42_7", True, "does Article 42(7) of the EU Treaty count as a defence pledge",
                  "the Treaty says so; its reading is disputed"),
    )
}  # fmt: skip
varied: Mapping[str, tuple[Value, ...]] = {"eu_42_7": (True, False)}

_JOINS = Sight(actor_gains=True, actor_loses=False, third_gains=True, third_loses=False)
_LEAVES = Sight(actor_gains=False, actor_loses=True, third_gains=False, third_loses=True)
_ANY_STATE = {"cap": ALL, "deploy": BLIND, "enact": ALL, "observe": BLIND, "remove": BLIND, "set": ALL}
_SIGHT_POSSIBLE = _ANY_STATE | {
    **dict.fromkeys(("accede", "found", "pledge", "ratify"), _JOINS),
    **dict.fromkeys(("denounce", "dissolve", "release", "suspend", "withdraw"), _LEAVES),
}
_SIGHT_ASSURED = _ANY_STATE | {
    **dict.fromkeys(("dissolve", "found", "ratify"), ALL),
    **dict.fromkeys(("accede", "pledge"), Sight(True, False, True, True)),
    **dict.fromkeys(("denounce", "release", "suspend", "withdraw"), Sight(False, True, True, True)),
}
_NAMED = 3


def assumes(settings: Settings) -> str:
    """Adversaries may all turn on every state at once; friends give by the output chosen."""
    all_at_once = "a state's adversaries may all send all they have against it"
    if settings.choice("output") == "possible":
        return f"{all_at_once}, and all its friends give it all they have"
    return f"{all_at_once}, and against any other at once; every state keeps what it needs, and shares out the rest"


def read(arrays: Arrays, settings: Settings) -> Reading:
    """Every state's score: 1 if it survives, 0 if not; between them where that hangs on what is not known.

    A state to which nobody is hostile is unopposed. Raises MissingData where hostility is not covered on that day.
    """
    conflict = _confrontation(arrays, settings)
    joint = settings.choice("output") == "assured"
    sure, maybe = _survives(conflict, joint=joint)
    pointed = conflict.at_best_points()
    likely, unlikely = _survives(pointed, joint=joint)
    unopposed: Bools = np.logical_not(conflict.hostile.possible.any(axis=1))
    low, high = np.where(unopposed, np.nan, sure), np.where(unopposed, np.nan, maybe)
    known = likely == unlikely
    best = np.where(unopposed | ~known, np.nan, likely)

    @cache
    def shown(i: int) -> _Shown:
        one, survives = (pointed, bool(likely[i])) if known[i] else (conflict, False)
        return _shown(one, i, survives=survives, certain=bool(known[i]), joint=joint)

    return Reading(
        model=name, settings=settings, states=arrays.states, low=low, best=best, high=high, unopposed=unopposed,
        because=lambda i: None if unopposed[i] else _because(shown(i), arrays.states, i),
        parts=lambda i: () if unopposed[i] else _parts(shown(i), arrays.states, i),
        note=_note(arrays, conflict),
    )  # fmt: skip


def change_bounds(before: Arrays, after: Arrays, settings: Settings) -> tuple[Floats, Floats]:
    """Lowest and highest change of every score. No gain, or no loss, where that is proved whatever is not known;
    otherwise any score before and any after. Infinite where a state becomes or ceases to be unopposed.
    """
    old, new = _confrontation(before, settings), _confrontation(after, settings)
    joint = settings.choice("output") == "assured"
    sure_before, maybe_before = (flags.astype(float) for flags in _survives(old, joint=joint))
    sure_after, maybe_after = (flags.astype(float) for flags in _survives(new, joint=joint))
    low, high = sure_after - maybe_before, maybe_after - sure_before
    unhurt, unhelped = never_worse(old, new, joint=joint)
    low, high = np.where(unhurt, np.maximum(low, 0.0), low), np.where(unhelped, np.minimum(high, 0.0), high)
    was, is_ = (~one.hostile.possible.any(axis=1) for one in (old, new))
    maybe_was, maybe_is = (~one.hostile.sure.any(axis=1) for one in (old, new))
    low, high = np.where(was & ~is_, -np.inf, low), np.where(is_ & ~was, np.inf, high)
    high = np.where(was & ~is_, np.where(maybe_is, 0.0, -np.inf), high)
    low = np.where(is_ & ~was, np.where(maybe_was, 0.0, np.inf), low)
    still = ~touched_pools(old, new, joint=joint) | (was & is_)
    return np.where(still, 0.0, low), np.where(still, 0.0, high)


def touched(before: Arrays, after: Arrays, settings: Settings) -> Bools:
    """For which states their power changed, or who is pledged or hostile to them, or what these have; when friends
    share out, also all this for everybody who shares givers with them.
    """
    joint = settings.choice("output") == "assured"
    return touched_pools(_confrontation(before, settings), _confrontation(after, settings), joint=joint)


def can_show(step_kind: str, settings: Settings, *, touches: frozenset[str] | None = None) -> Sight:
    """What allocation could show of a step taken by one state; a step by several is the sum of those of each.

    *Possible* sees no loss from a pledge: what friends have is counted in full for each. *Assured* does: a friend who
    comes to guard another has less to spare for the first.
    """
    if touches is not None and not touches & reads:
        return BLIND
    return sight_of(step_kind, _SIGHT_ASSURED if settings.choice("output") == "assured" else _SIGHT_POSSIBLE)


def _confrontation(arrays: Arrays, settings: Settings) -> Confrontation:
    return confrontation(arrays, without=() if settings.switch("eu_42_7") else EU_42_7_TREATIES)


def _survives(conflict: Confrontation, *, joint: bool) -> tuple[Bools, Bools]:
    return assuredly(conflict) if joint else possibly(conflict)


Amounts = tuple[tuple[int, float], ...]  # rows and powers, the largest first


@dataclass(frozen=True, slots=True)
class _Shown:
    """What decides for one state, at the end of what is not known that counts: its own power, all that could be sent
    against it, and who would send and give how much. `group` are those who go short together with it, which `lacks` so
    much, while all who may give to any of it can `spare` so much.
    """

    survives: bool
    certain: bool
    own: float
    threat: float
    foes: Amounts
    givers: Amounts = ()
    group: tuple[int, ...] = ()
    lacks: float = 0.0
    spare: float = 0.0
    in_doubt: bool = False

    @property
    def gifts(self) -> float:
        """All that is given to it."""
        return sum(amount for _, amount in self.givers)


def _shown(conflict: Confrontation, i: int, *, survives: bool, certain: bool, joint: bool) -> _Shown:
    worst, best = conflict.ends
    case = best if certain and not survives else worst
    low, high = conflict.power.low, conflict.power.high
    own, sent = (high, low) if case is best else (low, high)
    foes = _largest(np.flatnonzero(case.hostile[i]).tolist(), sent)
    shown = _Shown(survives, certain, float(own[i]), float(sent[case.hostile[i]].sum()), foes)
    if joint:
        return _joint(shown, conflict, case, i)
    gives = conflict.gives.possible if case is best else conflict.gives.sure
    return replace(shown, givers=_largest(np.flatnonzero(gives[:, i]).tolist(), own))


def _joint(shown: _Shown, conflict: Confrontation, case: Case, i: int) -> _Shown:
    """What one largest sharing out gives to i, or with whom it goes short."""
    worst, _ = conflict.ends
    if len(conflict.doubtful_gifts) > MOST_DOUBTS:
        return replace(shown, in_doubt=not shown.survives or shown.own < shown.threat)
    for holding in conflict.settlings():
        sharing, gifts = conflict.shared(case, holding)
        if shown.survives:
            given = sorted(((amount, j) for (j, k), amount in sharing.given.items() if k == i), reverse=True)
            return replace(shown, givers=tuple((j, amount * conflict.unit) for amount, j in given))
        if i in sharing.short:
            group, pool = group_of(sharing, gifts, i)
            needed, spared = (sum(of[k] for k in rows) for of, rows in ((case.need, group), (case.surplus, pool)))
            givers = sorted(((case.surplus[j] * conflict.unit, j) for j in pool), reverse=True)
            boundless = case is worst and np.isinf(conflict.power.high[case.hostile[group].any(axis=0)]).any()
            lacks = math.inf if boundless else needed * conflict.unit
            named = tuple((j, amount) for amount, j in givers)
            return replace(shown, givers=named, group=tuple(group), lacks=lacks, spare=spared * conflict.unit)
    return replace(shown, in_doubt=True)


def _largest(rows: Sequence[int], power: Floats) -> Amounts:
    return tuple((k, float(power[k])) for k in sorted(rows, key=lambda k: (-power[k], k)))


def _because(shown: _Shown, states: tuple[str, ...], i: int) -> Because:
    return Because(
        leader="",
        against=tuple(states[k] for k, _ in shown.foes),
        defenders=(states[i], *(states[j] for j, _ in shown.givers)),
        against_sum=shown.threat,
        defenders_sum=shown.own + shown.gifts,
        certain=shown.certain,
        told=_told(shown, states, i),
    )


def _told(shown: _Shown, states: tuple[str, ...], i: int) -> str:
    if shown.threat == 0.0:
        return "nobody who is hostile to it has any power"
    told = f"{_named(shown.foes, states)} could send {_amount(shown.threat)} against its {_amount(shown.own)}"
    if shown.own >= shown.threat:
        return f"{told}: enough by itself"
    if shown.in_doubt:
        return f"{told}; too many pledges are in doubt to say who would give it what"
    if not shown.givers:
        why = "no friend has anything to spare for it" if shown.group else "nobody is pledged to defend it"
        return f"{told}, and {why}"
    if not shown.group:
        enough = "enough" if shown.survives else "not enough"
        return f"{told}; {_named(shown.givers, states)} would give it {_amount(shown.gifts)}: {enough}"
    friends, spare = _named(shown.givers, states), _amount(shown.spare)
    others = [(k, 0.0) for k in shown.group if k != i]
    if not others:
        return f"{told}; of the {_amount(shown.lacks)} that it lacks {friends} can spare {spare}"
    return f"{told}; it and {_named(others, states)} lack {_amount(shown.lacks)}, of which {friends} can spare {spare}"


def _named(rows: Sequence[tuple[int, float]], states: tuple[str, ...]) -> str:
    names = ["{" + states[row] + "}" for row, _ in rows]
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _amount(power: float) -> str:
    return "an amount without bound" if math.isinf(power) else f"{power:.3g}"


def _parts(shown: _Shown, states: tuple[str, ...], i: int) -> tuple[Part, ...]:
    """The score in one part, and at weight nothing what was compared for it."""
    score = "survives" if shown.survives else "does not survive"
    parts = [Part(score, "", float(shown.survives), 1.0, "term")]
    parts.append(Part("own power", states[i], shown.own, 0.0, "term"))
    for k, power in shown.foes:
        label, value = ("could send", power) if math.isfinite(power) else ("could send any amount", 0.0)
        parts.append(Part(label, states[k], value, 0.0, "term", (states[k], states[i]), hostile=True))
    for j, amount in shown.givers:
        label = "could spare, for all who lack something" if shown.group else "would give"
        parts.append(Part(label, states[j], amount, 0.0, "term", None if shown.group else (states[j], states[i])))
    return tuple(parts)


def _note(arrays: Arrays, conflict: Confrontation) -> str:
    """How many states have an adversary at all, and whether some are pledged and hostile at once."""
    hostile = conflict.hostile.possible
    opposed, n = int(hostile.any(axis=1).sum()), len(arrays.states)
    pledged = arrays.ties("defence").possible
    both = int(np.triu(hostile & (pledged | pledged.T)).sum())
    told = f"{opposed} of {n} states have an adversary" if opposed else "No state has an adversary"
    if both:
        told += (
            f"; {both} {'pair is' if both == 1 else 'pairs are'} pledged and hostile at once, which counts as hostile"
        )
    return f"{told}."
