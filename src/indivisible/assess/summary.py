"""The honest summary of an assessment: what the models say, where they differ, and what they cannot say.

Plain sentences that name the models. They never say which model is right or whether the change is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from indivisible.architecture.change import PLEDGE_KINDS
from indivisible.assess.assessment import Judgement, Variant
from indivisible.assess.comparison import Comparison
from indivisible.assess.variants import ASSUMES
from indivisible.assess.verdict import GAINS, LOSES, NOT_SEEN, UNCHANGED, UNKNOWN
from indivisible.models.base import Sight, Value
from indivisible.values import Truth

_NAMED = 8
_SAYS = {GAINS: "gains", LOSES: "loses", UNCHANGED: "is unchanged", UNKNOWN: "is unknown"}


def summary(
    comparison: Comparison,
    judgements: Sequence[Judgement],
    variants: Sequence[Variant],
    *,
    names: Mapping[str, str],
    on: str,
    recalled: Sequence[str],
    sources: Sequence[str],
) -> tuple[str, ...]:
    """All sentences, in the order of a reader's questions."""
    told = [_opening(comparison, judgements, on), *_moved(comparison, judgements)]
    for judgement in judgements:
        told += [_counts(judgement), _losses(judgement)]
        told += [f"In {judgement.model} {ASSUMES[judgement.model]}."] if judgement.model in ASSUMES else []
    told += _agreement(judgements, names)
    told += _disagreement(judgements, names)
    told += [line for j in judgements for line in _constants(j.model, variants, names)]
    told += [
        f"Power by {power} is not imported, so the tables of constants leave it out."
        for power in sorted({v.power for v in variants if v.counts is None})
    ]
    told += _unknown_figures(comparison, names)
    told += [f"Not expressed by any step: {one}." for one in comparison.change.not_expressed]
    told += _recalled(recalled, sources)
    return tuple(told)


def _opening(comparison: Comparison, judgements: Sequence[Judgement], on: str) -> str:
    models = _listed([j.model for j in judgements])
    n = len(comparison.change.steps)
    count = "no step" if n == 0 else "1 step" if n == 1 else f"{n} steps"
    return (
        f"{comparison.change.title}: {count} on the architecture of {on}, with all figures frozen and power measured "
        f"by {comparison.power}, read by {models}; models are rivals and are never averaged."
    )


def _moved(comparison: Comparison, judgements: Sequence[Judgement]) -> Iterator[str]:
    """What the change moves in the architecture itself, whether or not a model reads it."""
    before, after = comparison.before, comparison.after
    moved = []
    for kind in PLEDGE_KINDS:
        ties = [{(p.sender, p.receiver) for p in one.pledges if p.kind == kind} for one in (before, after)]
        for verb, found in (("adds", ties[1] - ties[0]), ("ends", ties[0] - ties[1])):
            if found:
                moved.append(f"{verb} {len(found)} directed ties of {kind}")
    for name, one, other in (
        ("membership", before.memberships, after.memberships),
        ("deployment", before.deployments, after.deployments),
    ):
        if set(one) != set(other):
            moved.append(f"touches {len(set(one) ^ set(other))} entries of {name}")
    limits = len(set(after.caps.items()) - set(before.caps.items()))
    if limits:
        moved.append(f"sets {limits} limits")
    if not comparison.change.steps:
        return
    yield f"In the architecture it {_listed(moved)}." if moved else "Nothing that an architecture holds is moved by it."
    if moved and all(j.counts.not_seen == len(j.states) for j in judgements):
        yield f"None of that is read by {_listed([j.model for j in judgements])}."


def _counts(j: Judgement) -> str:
    c = j.counts
    return (
        f"{j.model}: {_short(j)}, {c.unchanged} unchanged, {c.unknown} unknown, {c.not_seen} not seen, since "
        f"nothing that the model reads for them changed. Effects above {j.materiality:.0%} count; above 5% "
        f"{_short(j, '0.05')}, of any size {_short(j, '0')}."
    )


def _short(j: Judgement, level: str = "") -> str:
    counts = j.counts_at[level] if level else j.counts
    return f"{_verb(counts.gains, 'gain')} and {_verb(counts.loses, 'lose')}"


def _verb(n: int, verb: str) -> str:
    return f"{n} {verb}s" if n == 1 else f"{n} {verb}"


def _losses(j: Judgement) -> str:
    sight = j.can_show
    if j.counts.loses:
        return f"{j.model}: somebody loses."
    if sight == Sight(False, False, False, False):
        return f"{j.model} sees nothing of this change, so it can show neither a gain nor a loss."
    if not sight.third_loses:
        return f"{j.model} cannot show a loss of third states from such steps; that none is shown says nothing."
    if j.nobody_loses is Truth.YES:
        own = "" if sight.actor_loses else " (it could not have shown one of the states that take the steps)"
        return f"{j.model}: nobody loses, and the model could have shown a loss{own}."
    return f"{j.model}: no loss is shown, but {j.counts.unknown} verdicts are unknown, so whether nobody loses is too."


def _verdicts(judgements: Iterable[Judgement]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for judgement in judgements:
        for one in judgement.states:
            found.setdefault(one.state, {})[judgement.model] = one.verdict
    return found


def _agreement(judgements: Sequence[Judgement], names: Mapping[str, str]) -> Iterator[str]:
    if len(judgements) < 2:
        return
    verdicts = _verdicts(judgements)
    for said, verb in ((GAINS, "gain"), (LOSES, "lose")):
        agreed = [state for state, by in verdicts.items() if set(by.values()) == {said}]
        if agreed:
            yield f"All models agree that {_verb(len(agreed), verb)}: {_named(agreed, names)}."


def _disagreement(judgements: Sequence[Judgement], names: Mapping[str, str]) -> Iterator[str]:
    """Pairs of known verdicts that differ, the opposite ones first."""
    if len(judgements) < 2:
        return
    groups: dict[tuple[str, ...], list[str]] = {}
    for state, by in _verdicts(judgements).items():
        known = {model: said for model, said in by.items() if said in (GAINS, LOSES, UNCHANGED)}
        if len(set(known.values())) > 1:
            groups.setdefault(tuple(f"{_SAYS[said]} in {model}" for model, said in known.items()), []).append(state)
    yield from _half_seen(judgements)
    if not groups:
        yield "No state has known verdicts that differ between the models."
        return
    total = sum(map(len, groups.values()))
    yield f"The models differ on {total} {'state' if total == 1 else 'states'}:"
    opposed = sorted(groups.items(), key=lambda item: (not _opposed(item[0]), -len(item[1]), item[0]))
    for said, states in opposed:
        word = "state" if len(states) == 1 else "states"
        yield f"- {len(states)} {word} that {' but '.join(said)}: {_named(states, names)}."


def _half_seen(judgements: Sequence[Judgement]) -> Iterator[str]:
    """Effects that one model shows where another reads nothing that changed: no disagreement, and no agreement."""
    by_state = _verdicts(judgements)
    for one in judgements:
        for other in judgements:
            shown = [by[one.model] for by in by_state.values() if by[other.model] == NOT_SEEN]
            gains, loses = shown.count(GAINS), shown.count(LOSES)
            if gains or loses:
                yield (
                    f"Of the states for which {other.model} sees nothing that changed, {_verb(gains, 'gain')} and "
                    f"{_verb(loses, 'lose')} in {one.model}."
                )


def _opposed(said: tuple[str, ...]) -> bool:
    words = {one.split(" ")[0] for one in said}
    return {"gains", "loses"} <= words


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
            shares = _listed([f"{word.replace('_', ' ')} in {said.count(word)}" for word in dict.fromkeys(said)])
            yield f"{model}: for {names.get(state, state)} the verdict turns on the constants: {shares} of {len(said)}."


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
            f"The power of {len(unknown)} of {len(states)} states is not known{bound} ({_named(unknown, names)}); it "
            "enters as an interval, and a verdict is given only where it is the same over all of it."
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


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1] if words else "no model"


def _named(states: Sequence[str], names: Mapping[str, str]) -> str:
    named = [names.get(state, state) for state in sorted(states)]
    rest = len(named) - _NAMED
    return ", ".join(named[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def value_text(value: Value) -> str:
    """A constant as people write it: yes, no, none, a word or a number."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else f"{value:g}"
