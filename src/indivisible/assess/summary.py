"""The honest summary of an assessment: what the models say, where they differ, and what they cannot say.

Plain sentences that name the models. They never say which model is right or whether the change is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from indivisible.architecture.architecture import Pledge
from indivisible.architecture.change import PLEDGE_KINDS
from indivisible.assess.assessment import Judgement, NotRun, Variant
from indivisible.assess.comparison import Comparison
from indivisible.assess.headline import expenses, headline, sureness
from indivisible.assess.words import counted, listed, named
from indivisible.models import MODELS
from indivisible.models.base import Sight
from indivisible.values import Truth

_NAMED = 8


def summary(
    comparison: Comparison,
    judgements: Sequence[Judgement],
    variants: Sequence[Variant],
    not_run: Sequence[NotRun],
    *,
    names: Mapping[str, str],
    on: str,
    recalled: Sequence[str],
    sources: Sequence[str],
) -> tuple[str, ...]:
    """All sentences, in the order of a reader's questions."""
    told = [_opening(comparison, judgements, on), *_moved(comparison, judgements), *headline(judgements, names)]
    told += sureness(judgements, comparison.actors, names)
    told += expenses(judgements, names)
    seeing = [j for j in judgements if j.counts.not_seen < len(j.states)]
    for judgement in seeing or judgements:
        told += [_counts(judgement), _losses(judgement)]
        taken = judgement.assumes
        told += [f"In {judgement.label} {taken}."] if taken else []
        told += [f"{judgement.label}: {note}" for note in judgement.notes]
    told += [line for j in judgements for line in _constants(j.label, variants, names)]
    told += [line for j in judgements for one in j.reach for line in one.sentences(names)]
    told += [
        f"Power by {power} is not imported, so the tables of constants leave it out."
        for power in sorted({v.power for v in variants if v.counts is None})
    ]
    told += _hostility(comparison, judgements)
    told += [f"{one.model} did not run: {one.why}; {one.do}." for one in not_run]
    told += _unknown_figures(comparison, names)
    told += [f"Not expressed by any step: {one}." for one in comparison.change.not_expressed]
    told += _recalled(recalled, sources)
    return tuple(told)


def _opening(comparison: Comparison, judgements: Sequence[Judgement], on: str) -> str:
    models = listed([j.label for j in judgements])
    n = len(comparison.change.steps)
    count = "no step" if n == 0 else "1 step" if n == 1 else f"{n} steps"
    return (
        f"{comparison.change.title}: {count} on the architecture of {on}, with all figures frozen and power measured "
        f"by {comparison.power}, read by {models}; models are rivals and are never averaged."
    )


def _moved(comparison: Comparison, judgements: Sequence[Judgement]) -> Iterator[str]:
    """What the change moves in the architecture itself, whether or not a model reads it."""
    before, after = comparison.before, comparison.after
    moved = [words for kind in PLEDGE_KINDS for words in _moved_pledges(before.pledges, after.pledges, kind)]
    for name, one, other in (
        ("membership", before.memberships, after.memberships),
        ("deployment", before.deployments, after.deployments),
    ):
        if set(one) != set(other):
            moved.append(f"touches {counted(len(set(one) ^ set(other)), 'entry')} of {name}")
    limits = len(set(after.caps.items()) - set(before.caps.items()))
    if limits:
        moved.append(f"sets {counted(limits, 'limit')}")
    if not comparison.change.steps:
        return
    yield f"In the architecture it {listed(moved)}." if moved else "Nothing that an architecture holds is moved by it."
    if moved and all(j.counts.not_seen == len(j.states) for j in judgements):
        yield f"None of that changes anything that {listed([j.label for j in judgements])} read."


def _moved_pledges(before: Sequence[Pledge], after: Sequence[Pledge], kind: str) -> Iterator[str]:
    """What comes and goes of one kind of pledge; a pledge between states that have one by another treaty is no tie."""
    old, new = ({(p.sender, p.receiver, p.treaty) for p in one if p.kind == kind} for one in (before, after))
    for verb, found, others in (("adds", new - old, old), ("ends", old - new, new)):
        tied = {(sender, receiver) for sender, receiver, _ in others}
        ties = {(sender, receiver) for sender, receiver, _ in found} - tied
        beside = sum((sender, receiver) in tied for sender, receiver, _ in found)
        if ties:
            also = f" (and {counted(beside, 'such pledge')} beside another treaty's)" if beside else ""
            yield f"{verb} {counted(len(ties), 'directed tie')} of {kind}{also}"
        elif beside:
            yield f"{verb} {counted(beside, 'directed pledge')} of {kind} beside another treaty's"


def _counts(j: Judgement) -> str:
    c = j.counts
    unseen = f", {c.not_seen} not seen, since nothing that the model reads for them changed" if c.not_seen else ""
    return (
        f"{j.label}: {_short(j)}, {c.unchanged} unchanged, {c.unknown} unknown{unseen}. Effects above "
        f"{_percent(j.materiality)} count; {', '.join(_at(j, level) for level in _others(j))}."
    )


def _others(j: Judgement) -> list[str]:
    """The bounds at which counts stand beside the one in use: five per cent (one, where five is in use), and none."""
    first = "0.01" if j.materiality == 0.05 else "0.05"
    return [first, *(["0"] if j.materiality else ["0.01"])]


def _at(j: Judgement, level: str) -> str:
    return f"of any size {_short(j, level)}" if level == "0" else f"above {_percent(float(level))} {_short(j, level)}"


def _percent(share: float) -> str:
    return f"{100 * share:.3g}%"


def _short(j: Judgement, level: str = "") -> str:
    counts = j.counts_at[level] if level else j.counts
    return f"{_verb(counts.gains, 'gain')} and {_verb(counts.loses, 'lose')}"


def _verb(n: int, verb: str) -> str:
    return f"{n} {verb}s" if n == 1 else f"{n} {verb}"


def _losses(j: Judgement) -> str:
    sight = j.can_show
    if j.counts.loses:
        return f"{j.label}: somebody loses."
    if sight == Sight(False, False, False, False):
        return f"{j.label} sees nothing of this change, so it can show neither a gain nor a loss."
    if not sight.third_loses:
        return f"{j.label} cannot show a loss of third states from such steps; that none is shown says nothing."
    if j.nobody_loses is Truth.NO:
        return f"{j.label}: somebody loses, though none of the states reported does."
    if j.nobody_loses is Truth.YES:
        own = "" if sight.actor_loses else " (it could not have shown one of the states that take the steps)"
        return f"{j.label}: nobody loses, and the model could have shown a loss{own}."
    if not j.counts.unknown:
        return f"{j.label}: no loss is shown, but verdicts on states not reported are unknown."
    unknown = f"{counted(j.counts.unknown, 'verdict')} {'is' if j.counts.unknown == 1 else 'are'} unknown"
    return f"{j.label}: no loss is shown, but {unknown}, so whether nobody loses is too."


def _constants(model: str, variants: Sequence[Variant], names: Mapping[str, str]) -> Iterator[str]:
    """How far the answer of one model turns on its constants."""
    rows = [v for v in variants if v.model == model and v.counts is not None]
    if len(rows) < 2:
        return
    gains = [v.counts.gains for v in rows if v.counts is not None]
    loses = [v.counts.loses for v in rows if v.counts is not None]
    if len(set(gains)) == 1 and len(set(loses)) == 1:
        yield f"{model}: the {len(rows)} combinations of constants tried give the same counts."
    else:
        yield (
            f"{model}: over the {len(rows)} combinations of constants tried, {_range(gains)} gain and "
            f"{_range(loses)} lose."
        )
    actors = {a.state for v in rows for a in v.actors}
    for state in sorted(actors) if len(actors) <= _NAMED else ():
        said = [a.verdict for v in rows for a in v.actors if a.state == state]
        if len(set(said)) > 1:
            shares = listed([f"{word.replace('_', ' ')} in {said.count(word)}" for word in dict.fromkeys(said)])
            yield f"{model}: for {names.get(state, state)} the verdict turns on the constants: {shares} of {len(said)}."


def _hostility(comparison: Comparison, judgements: Sequence[Judgement]) -> Iterator[str]:
    """Where hostility comes from, if a model that ran reads it."""
    readers = sorted({model.name for model in MODELS if "hostility" in model.reads} & {j.model for j in judgements})
    ties = comparison.arrays_before.hostility
    if readers and ties is not None:
        sure, possible = int(ties.sure.sum()) // 2, int(ties.possible.sum()) // 2
        doubt = f", {possible - sure} more in doubt" if possible > sure else ""
        yield (
            f"Who is hostile to whom, read by {listed(readers)}, comes from {comparison.arrays_before.hostility_name}: "
            f"{counted(sure, 'pair')}{doubt}."
        )


def _unknown_figures(comparison: Comparison, names: Mapping[str, str]) -> Iterator[str]:
    power = comparison.arrays_before.power
    states = comparison.arrays_before.states
    unknown = [state for state, best in zip(states, power.best, strict=True) if math.isnan(best)]
    unbounded = [
        s for s, best, high in zip(states, power.best, power.high, strict=True) if math.isnan(best) and math.isinf(high)
    ]
    if unknown:
        bound = f", {len(unbounded)} of them without any upper bound" if unbounded else ""
        yield (
            f"The power of {len(unknown)} of {len(states)} states is not known{bound} ({named(unknown, names)}); it "
            "enters as an interval, and a verdict is given only where it is the same over all of it."
        )
    older = [
        s for s, best, low, high in zip(states, power.best, power.low, power.high, strict=True) if low < best < high
    ]
    if older:
        yield (
            f"The power of {counted(len(older), 'more state' if unknown else 'state')} ({named(older, names)}) is "
            "known only as an interval, with the latest figure as its best point; verdicts rest on the interval, never "
            "on the point."
        )
    doubted = sum(not pledge.certain for pledge in comparison.before.pledges)
    if doubted:
        yield f"{doubted} of {len(comparison.before.pledges)} directed pledges may or may not have held on that day."


def _recalled(recalled: Sequence[str], sources: Sequence[str]) -> Iterator[str]:
    if recalled:
        yield (
            f"{len(recalled)} of the {len(sources)} sources that the scores rest on were not seen when the facts were "
            f"written (recalled, confidence low): {', '.join(recalled)}."
        )


def _range(numbers: Sequence[int]) -> str:
    return f"{min(numbers)}" if min(numbers) == max(numbers) else f"{min(numbers)} to {max(numbers)}"
