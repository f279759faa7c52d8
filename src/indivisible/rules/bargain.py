"""Where would bargaining end? A case's actors challenge one another turn by turn, and what the body's rule leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import FileError, QuestionError
from indivisible.measures.bargaining import Actors, Bargaining
from indivisible.measures.bargaining import bargain as run
from indivisible.record.record import Record
from indivisible.rules.bargain_outcomes import Left, left_by
from indivisible.rules.bargain_rule import VotingRule, rule_of
from indivisible.rules.bargain_settings import Chosen, read_settings
from indivisible.rules.positions import Place, Positions, place
from indivisible.rules.positions_case import OWN, WHOLE, PositionsCase, read_positions
from indivisible.values import Estimate

Floats = NDArray[np.float64]

MOST_DRAWS = 10_000
MOST_NAMED = 8  # of those who are missing
LOW, MIDDLE, HIGH = 5.0, 50.0, 95.0  # percentiles of the ends of draws


@dataclass(frozen=True)
class Spread:
    """Where draws ended: `ends[draw, actor, dimension]` as shares of the scale, who led, turns, and whether settled."""

    seed: int
    ends: Floats
    leads: Floats
    turns: NDArray[np.int64]
    settled: NDArray[np.bool_]

    @property
    def percentiles(self) -> Floats:
        """`[low, middle, high][actor, dimension]`."""
        return np.asarray(np.percentile(self.ends, [LOW, MIDDLE, HIGH], axis=0))


@dataclass(frozen=True)
class Bargained:
    """A case with its run, the spread of draws where asked for, and what the rule leaves or why that is not told."""

    placed: Positions
    chosen: Chosen
    run: Bargaining
    spread: Spread | None
    left: Left | None
    not_told: str
    seed: int

    @property
    def case(self) -> PositionsCase:
        """The case as the file has it."""
        return self.placed.case

    @property
    def leading(self) -> tuple[int, ...]:
        """The actors whose position is the likeliest to prevail in the end."""
        chances = self.run.chances[-1]
        return tuple(np.flatnonzero(chances >= chances.max() - 1e-12).tolist())

    def units(self, shares: Floats) -> list[float]:
        """Shares of the scale as positions."""
        each = zip(self.placed.dimensions, shares.tolist(), strict=True)
        return [round(dimension.figure(share), 9) for dimension, share in each]


def bargain(
    record: Record,
    case: str | Path | Mapping[str, object],
    *,
    draws: int | None = None,
    seed: int | None = None,
    home: Path | None = None,
) -> Bargained:
    """Let the actors of a case bargain. `case` is a YAML file or the same as plain data (docs/how-to/bargain.md).

    `draws`: runs with positions, salience and capability drawn from their intervals; `seed` repeats them. Raises what
    `positions` raises, and FileError for an actor without salience or capability, and for settings there are not.
    """
    given = read_positions(case)
    chosen = read_settings(given.settings, given.where)
    placed = place(record, given, home=home)
    if len(placed.places) < 2:
        raise QuestionError("bargaining takes two actors or more", where=given.where, do="add a row")
    actors = _actors(placed, [_best(one.position) for one in placed.places])
    several = given.draws if draws is None else draws
    if not 0 <= several <= MOST_DRAWS:
        raise QuestionError(f"{several:,} draws", where=given.where, do=f"ask for 0 to {MOST_DRAWS:,}")
    first = given.seed if seed is None else seed
    if first < 0:
        raise QuestionError(f"a seed of {first}", where=given.where, do="give 0 or a whole number above")
    if several and not _inexact(placed) and chosen.takes != "drawn":
        raise QuestionError(
            "draws of a case in which every figure is exact are all the same",
            where=given.where, do="give an interval, such as position: [[20, 40]], or settings: {takes: drawn}",
        )  # fmt: skip
    lot = np.random.default_rng(np.random.SeedSequence([first, 0])) if chosen.takes == "drawn" else None
    left, not_told = _left(record, placed)
    return Bargained(
        placed,
        chosen,
        run(actors, settings=chosen.model, draw=lot),
        _spread(placed, chosen, several, first) if several else None,
        left,
        not_told,
        first,
    )


def _best(figures: Sequence[Estimate]) -> list[float]:
    return [float(one.best) for one in figures if one.best is not None]


def _actors(placed: Positions, positions: Sequence[Sequence[float]], draw: np.random.Generator | None = None) -> Actors:
    """The figures of a case as shares; salience and capability at their best, or drawn from their intervals."""
    shares = [[of.share(one) for of, one in zip(placed.dimensions, figures, strict=True)] for figures in positions]
    cares = [sum(part.high for part in one.salience) for one in placed.places if one.salience is not None]
    if cares and max(cares) <= 1.0:
        raise FileError(
            f"salience is out of {WHOLE:g}, and nobody has more than {max(cares):g}",
            where=placed.case.where, do="multiply it by 100",
        )  # fmt: skip
    salience, capability = [], []
    for one in placed.places:
        for what, figure in (("salience", one.salience), ("capability", one.capability)):
            if figure is None:
                raise FileError(
                    f"{one.actor} has no {what}",
                    where=placed.case.where, do=f"add {what}: to its row, or to everyone:",
                )  # fmt: skip
        assert one.salience is not None
        assert one.capability is not None
        salience.append([_figure(part, draw) / WHOLE for part in one.salience])
        capability.append(_figure(one.capability, draw))
    return Actors.of(np.clip(shares, 0.0, 1.0), salience, capability)


def _figure(one: Estimate, draw: np.random.Generator | None) -> float:
    """The best figure; with `draw`, one from the interval, every value alike."""
    if draw is None or one.low == one.high:
        assert one.best is not None
        return float(one.best)
    return float(draw.uniform(one.low, one.high))


def _inexact(placed: Positions) -> bool:
    """Whether any figure is an interval."""
    for one in placed.places:
        figures = [*one.position, *(one.salience or ()), *([one.capability] if one.capability else [])]
        if any(figure.low < figure.high for figure in figures):
            return True
    return False


def _spread(placed: Positions, chosen: Chosen, draws: int, seed: int) -> Spread:
    """Runs with figures drawn anew; draw n is the same however many there are."""
    ends, leads, turns, settled = [], np.zeros(len(placed.places)), [], []
    for number in range(1, draws + 1):
        lot = np.random.default_rng(np.random.SeedSequence([seed, number]))
        positions = [_drawn(one, placed, lot) for one in placed.places]
        found = run(
            _actors(placed, positions, lot), settings=chosen.model, draw=lot if chosen.takes == "drawn" else None
        )
        ends.append(found.end)
        turns.append(len(found.turns))
        settled.append(found.settled)
        leads += found.chances[-1] >= found.chances[-1].max() - 1e-12
    return Spread(seed, np.array(ends), leads / draws, np.array(turns), np.array(settled))


def _drawn(one: Place, placed: Positions, lot: np.random.Generator) -> list[float]:
    """A position from its interval, every value alike; a place by votes from its normal error, within the scale."""
    if placed.case.positions == OWN:
        return [_figure(figure, lot) for figure in one.position]
    scale = placed.dimensions[0]
    return [float(np.clip(lot.normal(_best(one.position)[0], one.error), scale.low, scale.high))]


def _left(record: Record, placed: Positions) -> tuple[Left | None, str]:
    """What the rule leaves at the best positions; else why it cannot be told."""
    case = placed.case
    places = {one.actor: one for one in placed.places}
    found = rule_of(record, case, tuple(places))
    if not isinstance(found, VotingRule):
        return None, found
    if len(placed.dimensions) > 2:
        return None, "core and uncovered set are worked out for one and two dimensions only"
    absent = [member for member in found.members if member not in places]
    if absent:
        told = ", ".join(absent[:MOST_NAMED]) + (f" and {len(absent) - MOST_NAMED} more" if absent[MOST_NAMED:] else "")
        return None, f"others vote under this rule, and have no position here: {told}"
    ends = [_best(places[member].position) for member in found.members]
    shares = np.array([[of.share(one) for of, one in zip(placed.dimensions, figures, strict=True)] for figures in ends])
    return left_by(found, placed.dimensions, shares, status_quo=case.status_quo, side=case.side), ""
