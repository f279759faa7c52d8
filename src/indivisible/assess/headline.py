"""Where the models agree, where they part, and what turns a verdict: the first thing a reader is told.

Plain sentences that name the models. Only judgements that see something of the change are compared; a verdict that is
not known neither agrees nor differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from indivisible.assess.assessment import Judgement
from indivisible.assess.attribution import heaviest
from indivisible.assess.verdict import GAINS, LOSES, NOT_SEEN, UNCHANGED
from indivisible.assess.words import counted, listed, named, value_text

MOST_GROUPS = 6
MOST_STATES = 8
SURE = 0.95
_SAYS = {GAINS: ("gains", "gain"), LOSES: ("loses", "lose"), UNCHANGED: ("is unchanged", "are unchanged")}
Views = Mapping[str, Mapping[str, str]]
Group = tuple[tuple[str, tuple[str, ...]], ...]


def headline(judgements: Sequence[Judgement], names: Mapping[str, str]) -> Iterator[str]:
    """Agreement first, then the groups of states on which models part, opposite verdicts before all others."""
    if len(judgements) < 2:
        return
    seeing = [j for j in judgements if j.counts.not_seen < len(j.states)]
    blind = [j.label for j in judgements if j not in seeing]
    if blind and seeing:
        yield f"Nothing that {listed(blind)} {'reads' if len(blind) == 1 else 'read'} is touched by this change."
    if len(seeing) < 2:
        return
    views = known_views(seeing)
    for said, verb in ((GAINS, "gain"), (LOSES, "lose")):
        agreed = [state for state, by in views.items() if len(by) > 1 and set(by.values()) == {said}]
        alone = [state for state, by in views.items() if list(by.values()) == [said]]
        if agreed:
            yield f"{counted(len(agreed), 'state')} {_verb(verb, agreed)} in every model that gives a verdict on " + (
                f"{'it' if len(agreed) == 1 else 'them'}: {named(agreed, names)}."
            )
        if alone:
            where = listed(sorted({next(iter(views[state])) for state in alone}))
            yield f"{counted(len(alone), 'state')} {_verb(verb, alone)} in {where} alone; the others give no verdict."
    yield from _parted(views, names)


def known_views(judgements: Sequence[Judgement]) -> Views:
    """For every state the known verdicts by label of the judgement; those not seen or unknown are left out."""
    found: dict[str, dict[str, str]] = {}
    for judgement in judgements:
        for one in judgement.states:
            if one.verdict in _SAYS:
                found.setdefault(one.state, {})[judgement.label] = one.verdict
            else:
                found.setdefault(one.state, {})
    return found


def _parted(views: Views, names: Mapping[str, str]) -> Iterator[str]:
    groups: dict[Group, list[str]] = {}
    for state, by in views.items():
        if len(set(by.values())) > 1:
            groups.setdefault(_group(by), []).append(state)
    if not groups:
        yield "No state has known verdicts that differ between the models."
        return
    total = sum(map(len, groups.values()))
    opposed = sum(len(states) for group, states in groups.items() if _opposite(group))
    against = f", and on {opposed} of them one says gain where another says loss" if opposed else ""
    yield f"The models differ on {counted(total, 'state')}{against}:"
    ranked = sorted(groups.items(), key=lambda item: (not _opposite(item[0]), -len(item[1]), item[0]))
    for group, states in ranked[:MOST_GROUPS]:
        verbs = " but ".join(f"{_SAYS[said][len(states) > 1]} in {listed(labels)}" for said, labels in group)
        yield f"- {counted(len(states), 'state')} that {verbs}: {named(states, names)}."
    rest = sum(len(states) for _, states in ranked[MOST_GROUPS:])
    if rest:
        yield f"- {counted(rest, 'more state')} in {counted(len(ranked) - MOST_GROUPS, 'smaller group')}."


def _group(by: Mapping[str, str]) -> Group:
    return tuple((said, tuple(m for m, v in by.items() if v == said)) for said in _SAYS if said in by.values())


def _opposite(group: Group) -> bool:
    return {GAINS, LOSES} <= {said for said, _ in group}


def _verb(verb: str, states: Sequence[str]) -> str:
    return verb if len(states) > 1 else f"{verb}s"


def sureness(judgements: Sequence[Judgement], actors: Sequence[str], names: Mapping[str, str]) -> Iterator[str]:
    """What the draws say: how many states lose nearly always, sometimes, never; the actors one by one; what turns."""
    for j in judgements:
        found = j.drawn
        if found is None:
            continue
        shares = {one.state: found.share(one.state, LOSES) for one in j.states}
        nearly = [state for state, share in shares.items() if share >= SURE]
        never = [state for state, share in shares.items() if share == 0.0]
        drawn = f"{counted(len(found.drawn), 'constant')} and {found.unknown_drawn} figures and ties not known"
        yield (
            f"{j.label}, {found.number} draws (seed {found.seed}) of {drawn}: {len(nearly)} lose in at least "
            f"{SURE:.0%} of them, {len(shares) - len(nearly) - len(never)} in some, {len(never)} in none."
        )
        unseen = {one.state for one in j.states if one.verdict == NOT_SEEN}
        if unseen:
            yield f"- {unseen_text(len(unseen))}"
        for state in [one for one in actors if one in shares][:MOST_STATES]:
            said = found.of(state)
            turn = f"; the sign turns most on {said['turns_on']}" if said["turns_on"] else ""
            words = {GAINS: GAINS, LOSES: LOSES, UNCHANGED: "not seen" if state in unseen else UNCHANGED}
            told = listed([f"{words[word]} in {said[word]:.0%}" for word in words if said[word]])
            yield f"- {names.get(state, state)}: {told or 'no verdict is known in any'}{turn}."
        for flip in j.flips:
            yield (
                f"- With {flip.parameter} at {value_text(flip.value)} and all else as set, the verdict of "
                f"{counted(len(flip.states), 'state')} turns to its opposite: {named(flip.states, names)}."
            )


def unseen_text(n: int) -> str:
    """How the draws count states for which nothing that the model reads changes."""
    return f"The draws count {counted(n, 'state')} not seen, where nothing that the model reads changes, as unchanged."


def expenses(judgements: Sequence[Judgement], names: Mapping[str, str]) -> Iterator[str]:
    """Of those who lose most in each model, to whose steps the loss is due."""
    for j in judgements:
        if j.attributed is None:
            continue
        told = heaviest(j.attributed, names, among={one.state for one in j.states})
        how = "exact" if j.attributed.exact else "sampled"
        if told:
            yield f"{j.label}, at whose expense (Shapley shares of the change of score, {how}), those who lose most:"
            yield from (f"- {line}." for line in told)
        elif j.counts.not_seen == len(j.states):
            yield f"{j.label}, at whose expense: not to be seen, since nothing that it reads changes for them."
        else:
            yield f"{j.label}, at whose expense: no state shown loses by a known amount."
