"""How sure each judgement is and whom its gains and losses are due to, added to judgements that stand already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from indivisible.assess.assessment import Judgement
from indivisible.assess.attribution import attributed
from indivisible.assess.comparison import Comparison
from indivisible.assess.draws import draws
from indivisible.assess.flips import flips
from indivisible.assess.reach_flips import reach_flips
from indivisible.errors import QuestionError
from indivisible.models.base import Model, Settings

Runs = Sequence[tuple[Model, Settings]]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Depth:
    """How deep to look: draws of constants and unknown figures (0: none), their seed, and whether to attribute.

    The number of workers never changes an answer.
    """

    draws: int = 0
    seed: int = 0
    attribution: bool = False
    workers: int = 1

    def __post_init__(self) -> None:
        if self.seed < 0:
            raise QuestionError(f"the seed {self.seed} is below 0", do="choose a whole number from 0 up")


PLAIN = Depth()


def deepened(
    judgements: Sequence[Judgement],
    runs: Runs,
    comparison: Comparison,
    depth: Depth,
    *,
    kept: Mapping[str, frozenset[str]],
    reported: Collection[str] | None = None,
    progress: Progress | None = None,
) -> tuple[Judgement, ...]:
    """The judgements with the reach at which they turn, and what was drawn and shared out.

    Constants `kept` (by model) are not drawn; `reported` are the states to speak of (None: all).

    `progress` is told what is being done, how much of it is done, and how much there is.
    """
    found = [
        replace(one, reach=reach_flips(settings, comparison, among=reported, materiality=one.materiality))
        for one, (_, settings) in zip(judgements, runs, strict=True)
    ]
    if depth.draws:
        found = [
            _drawn(one, run, comparison, depth, kept.get(one.model, frozenset()), progress)
            for one, run in zip(found, runs, strict=True)
        ]
    if depth.attribution:
        sets = 2 ** min(len(comparison.change.steps), 12)
        tell = None if progress is None else lambda done: progress("sets of steps", done, sets)
        shares = attributed(runs, comparison, seed=depth.seed, progress=tell)
        found = [replace(one, attributed=due) for one, due in zip(found, shares, strict=True)]
    return tuple(found)


def _drawn(
    judged: Judgement,
    run: tuple[Model, Settings],
    comparison: Comparison,
    depth: Depth,
    kept: frozenset[str],
    progress: Progress | None,
) -> Judgement:
    model, settings = run
    before, after = comparison.arrays_before, comparison.arrays_after
    if judged.counts.not_seen == len(judged.states) and not comparison.touches & model.reads:
        return judged  # nothing that it reads was touched: every draw would say so
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(f"draws, {judged.label}", done, depth.draws)

    found = draws(
        model, settings, before, after, materiality=judged.materiality, number=depth.draws, seed=depth.seed,
        kept=kept, workers=depth.workers, progress=tell,
    )  # fmt: skip
    said = {one.state: one.verdict for one in judged.states}
    turned = tuple(flips(model, settings, comparison, said, materiality=judged.materiality))
    return replace(judged, drawn=found, flips=turned)
