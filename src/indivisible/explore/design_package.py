"""One package of the answer, as data: who gains, who consents, how sure it is, and what each lever adds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from indivisible.architecture.steps import actors_of
from indivisible.assess.assess import kept_constants
from indivisible.assess.judge import sight_of
from indivisible.assess.verdict import GAINS, NOT_SEEN, UNCHANGED, UNKNOWN, VERDICTS
from indivisible.explore.demand import Demand, ordered
from indivisible.explore.design import Found, Miss, losses
from indivisible.explore.due import due, told
from indivisible.explore.interplay import bits, places_of
from indivisible.explore.lever import change_of_levers
from indivisible.explore.search import IMPOSSIBLE
from indivisible.models.base import Sight

SHARED_OUT = 20  # packages for which what each lever adds is worked out
HARMLESS = 1_000  # packages that meet every demand of which the levers are listed
TRIED = 8  # packages with one lever more than a nearest miss that are judged in full
_BY_POWER = ("deterrence", "distance")  # models whose score is the log of own power over that of others


def ids(found: Found, package: int) -> list[str]:
    """The levers of a package."""
    return [lever.id for lever in found.examiner.worlds.taken(package)]


def package_of(found: Found, number: int, package: int) -> dict[str, Any]:
    """A package of the frontier, the `number`th."""
    examiner = found.examiner
    judged, seen = examiner.judge(package), sights(found, package)
    rows = examiner.rows.tolist()
    return {
        "levers": ids(found, package),
        "worth": _worth(found, package),
        "models": [
            {
                "model": label,
                "counts": {v: sum(one.verdicts[i] == v for i in rows) for v in VERDICTS},
                "gains": [examiner.states[i] for i in rows if one.verdicts[i] == GAINS],
                "indifferent": [examiner.states[i] for i in rows if one.verdicts[i] == UNCHANGED],
                "no_loss_but_unknown": [examiner.states[i] for i in rows if one.verdicts[i] == UNKNOWN],
                "can_show": asdict(seen[label]),
            }
            for label, one in judged.items()
        ],
        "blind": list(examiner.blind(package)),
        "models_part": parting(found, package),
        "consents": [
            {"model": label, **one.to_dict()} for label in examiner.labels for one in examiner.asked_of(package, label)
        ],
        "draws": _draws(found, package),
        "each_lever_adds": told(due(examiner, package), rows, examiner.states) if number <= SHARED_OUT else None,
    }


def _worth(found: Found, package: int) -> list[dict[str, Any]]:
    """What a package is worth in each respect, named; numbers that are not finite are left unknown."""
    listed, worth = [], iter(found.worths[package])
    for wish in found.case.aims.prefer:
        for label in found.examiner.labels if wish in ("most_gain", "leximin") else (None,):
            numbers = [one if math.isfinite(one) else None for one in next(worth)]
            listed.append({"wish": wish, "model": label, "worth": numbers})
    return listed


def sights(found: Found, package: int) -> dict[str, Sight]:
    """By model, what it could have shown of a package."""
    examiner = found.examiner
    worlds, start = examiner.worlds, examiner.worlds.comparison(0)
    change = change_of_levers("package", "package", worlds.taken(package))
    actors = actors_of(change, worlds.before, worlds.record)
    comparison = replace(start, change=change, arrays_after=worlds.after(package), actors=actors)
    return {label: sight_of(model, settings, comparison) for label, model, settings in examiner.runs}


def harmless(found: Found) -> list[list[str]]:
    """The levers of the packages known to meet every demand, the smallest packages first, up to HARMLESS of them."""
    order = sorted(found.worths, key=lambda one: (one.bit_count(), places_of(one)))
    return [ids(found, package) for package in order[:HARMLESS]]


def unseen(found: Found) -> list[str]:
    """Levers that can be taken alone and then change nothing that the models read."""
    examiner = found.examiner
    failures = found.looked.failures
    alone = (1 << k for k in range(len(examiner.worlds.levers)) if failures.get(1 << k, IMPOSSIBLE) != IMPOSSIBLE)
    return [ids(found, one)[0] for one in alone if not examiner.worlds.seen(one, examiner.reads)]


def parting(found: Found, package: int) -> list[str]:
    """The watched states of which models that see the package say different things."""
    examiner = found.examiner
    judged = [one.verdicts for one in examiner.judge(package).values()]
    parted = []
    for i in examiner.rows.tolist():
        said = {one[i] for one in judged} - {NOT_SEEN, UNKNOWN}
        if len(said) > 1:
            parted.append(examiner.states[i])
    return parted


def _draws(found: Found, package: int) -> list[dict[str, Any]] | None:
    """By model, the largest share of draws in which a watched state loses; None where nothing was drawn."""
    examiner, harm = found.examiner, found.case.harm
    if not harm.draws:
        return None
    seen = examiner.worlds.seen(package, examiner.reads)
    shares = examiner.shares_lost(seen, kept_constants(harm.settings))
    listed = []
    for label in examiner.labels:
        lost = {examiner.states[i]: float(shares[label][i]) for i in examiner.rows.tolist()} if label in shares else {}
        most = max(lost.values(), default=0.0)
        who = [state for state, share in lost.items() if share == most and most > 0.0]
        listed.append({"model": label, "draws": harm.draws, "seed": harm.seed, "most_lost": most, "states": who})
    return listed


def miss_of(found: Found, miss: Miss) -> dict[str, Any]:
    """A package that fails few demands, and what would compensate those who lose."""
    examiner = found.examiner
    judged = losses(examiner, miss)
    mending = _mending(found, miss, list(judged))
    return {
        "levers": ids(found, miss.package),
        "failed": [one.to_dict() for one in ordered(miss.failed)],
        "losses": [
            {
                "state": demand.who,
                "model": demand.model,
                "verdict": one.verdicts[row := examiner.row[demand.who]],
                "change": [_finite(one.low[row]), _finite(one.high[row])],
                "defenders_would_have_to_bring": _needed(found, demand, float(one.low[row])),
                "levers_that_help": _helping(found, demand),
                "levers_that_make_good": mending.get(demand, []),
            }
            for demand, one in judged.items()
        ],
    }


def _finite(number: float) -> float | None:
    return float(number) if math.isfinite(number) else None


def _needed(found: Found, demand: Demand, low: float) -> float | None:
    """By what factor its own side would have to be stronger to make a loss good, where the model divides powers."""
    name = next(model.name for label, model, _ in found.examiner.runs if label == demand.model)
    return math.exp(-low) if name in _BY_POWER and math.isfinite(low) and low < 0.0 else None


def _mending(found: Found, miss: Miss, lost: Sequence[Demand]) -> dict[Demand, list[str]]:
    """By loss, the levers with which, added to a nearest miss, the loser no longer loses; the first TRIED that may."""
    examiner = found.examiner
    wanted = bits(examiner.place[demand] for demand in lost)
    mending: dict[Demand, list[str]] = {}
    for k in _hopeful(found, miss, wanted):
        failed = examiner.fails(miss.package | 1 << k)
        for demand in lost:
            if not failed >> examiner.place[demand] & 1:
                mending.setdefault(demand, []).append(examiner.worlds.levers[k].id)
    return mending


def _hopeful(found: Found, miss: Miss, wanted: int) -> list[int]:
    """Levers with which not all who lose by a nearest miss are quickly seen to lose."""
    failures = found.looked.failures
    hopeful = []
    for k in range(len(found.examiner.worlds.levers)):
        failed = IMPOSSIBLE if miss.package >> k & 1 else failures.get(miss.package | 1 << k, IMPOSSIBLE)
        if failed != IMPOSSIBLE and failed & wanted != wanted:
            hopeful.append(k)
    return hopeful[:TRIED]


def _helping(found: Found, demand: Demand) -> list[str]:
    """Levers that, taken alone, make the loser gain under the same model."""
    examiner, failures = found.examiner, found.looked.failures
    screen = examiner.screens[demand.model]
    helping = []
    for k, lever in enumerate(examiner.worlds.levers):
        known = failures.get(1 << k, IMPOSSIBLE) != IMPOSSIBLE
        if known and float(screen.change(1 << k)[examiner.row[demand.who]]) > screen.bound + screen.margin:
            helping.append(lever.id)
    return helping


def counted(found: Found) -> dict[str, Any]:
    """How many packages there are, and what became of them."""
    looked = found.looked
    impossible = sum(failed == IMPOSSIBLE for failed in looked.failures.values())
    in_all: int | None = looked.in_all if looked.in_all < 1 << 53 else None
    ruled_out = None if in_all is None or not looked.proven else in_all - len(looked.failures)
    return {
        "sets_of_levers": in_all,
        "looked_at": len(looked.failures),
        "of_these_by_local_search": looked.nearby,
        "ruled_out": ruled_out,
        "impossible": impossible,
        "judged_in_full": found.judged_in_full,
        "left_out_as_beaten": found.left_out,
        "not_come_to": found.waiting,
        "proven": found.proven,
        "complete_up_to_levers": looked.complete_to,
        "why_not_proven": found.looked.why_not or found.stopped or None,
    }


def sample(states: Sequence[str], most: int) -> str:
    """Names between commas, the first of many."""
    more = f" and {len(states) - most} more" if len(states) > most else ""
    return f"{', '.join(states[:most])}{more}"
