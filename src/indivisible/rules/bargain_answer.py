"""What bargaining came to, turn by turn, as an answer: a sentence, rows, JSON, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.measures.bargaining import AS_IT_IS, Challenge, Choice, Turn
from indivisible.record.table import said_of_recalled, with_recalled
from indivisible.rules.bargain import Bargained
from indivisible.rules.positions import Place
from indivisible.values import Estimate, iso

Floats = NDArray[np.float64]

SAYS = "This is what the model makes of these figures, not a forecast."


@dataclass(frozen=True)
class BargainAnswer:
    """A bargain as an answer."""

    found: Bargained

    @property
    def keys(self) -> tuple[str, ...]:
        """Actors in order."""
        return tuple(one.actor for one in self.found.placed.places)

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape bargain/1."""
        found = self.found
        case, placed, run = found.case, found.placed, found.run
        return {
            "schema": "bargain/1",
            "name": case.name,
            "body": case.body or None,
            "on": None if case.day is None else iso(case.day),
            "dimensions": [{"name": one.name, "low": one.low, "high": one.high} for one in placed.dimensions],
            "positions": case.positions,
            "session": placed.session,
            "settings": found.chosen.to_dict(),
            "seed": case_seed(found),
            "actors": [_actor(one) for one in placed.places],
            "unplaced": [key for key, _ in placed.unplaced],
            "turns": [self._turn(number, turn) for number, turn in enumerate(run.turns)],
            "settled": run.settled,
            "end": {
                "positions": self.positions(len(run.turns)),
                "chances": self._by_actor(run.chances[-1]),
                "leading": [self.keys[one] for one in found.leading],
            },
            "draws": self._draws(),
            "outcomes": None if found.left is None else found.left.to_dict(),
            "outcomes_not_told": found.not_told or None,
            "says": SAYS,
            "datasets": list(placed.datasets),
            **said_of_recalled(placed.record.recalled_among(placed.source_keys)),
            "record": placed.record.digest,
        }

    def sentence(self) -> str:
        """How long it took, where it ended, and what that is."""
        found = self.found
        run, turns = found.run, len(found.run.turns)
        ended = f"Bargaining settles after {turns} turns" if run.settled else f"Not settled after {turns} turns"
        who = [self.keys[one] for one in found.leading]
        where = self.told(run.end[found.leading[0]])
        chance = float(run.chances[-1][found.leading[0]])
        whose = f"shared by {', '.join(who[:-1])} and {who[-1]}" if len(who) > 1 else f"the position of {who[0]}"
        text = f"{ended}; likeliest to prevail (chance {chance:.2f}): {where}, {whose}."
        if found.placed.unplaced:
            text += f" Without a position and left out: {found.placed.unplaced_said()}."
        return with_recalled(
            f"{text} {SAYS}", found.placed.record.recalled_among(found.placed.source_keys)
        )  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """One row a turn and actor: where it stood before the turn, whom it challenged, what it took; then the end."""
        run = self.found.run
        rows = []
        for turn in range(len(run.positions)):
            for actor, key in enumerate(self.keys):
                row: dict[str, Any] = {"turn": turn, "actor": key}
                row |= dict(zip(self.names, self.found.units(run.positions[turn, actor]), strict=True))
                row["chance"] = float(run.chances[turn, actor])
                row |= self._doings(run.turns[turn], actor) if turn < len(run.turns) else {}
                rows.append(row)
        return rows

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources of memberships."""
        return self.found.placed.sources()

    def cite(self) -> str:
        """BibTeX of the memberships' sources, and of the votes where they place."""
        return self.found.placed.cite()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the dimensions."""
        return tuple(one.name for one in self.found.placed.dimensions)

    def positions(self, turn: int) -> dict[str, list[float]]:
        """Where everybody stood before a turn (numbered from 0), or in the end."""
        each = zip(self.keys, self.found.run.positions[turn], strict=True)
        return {key: self.found.units(shares) for key, shares in each}

    def told(self, shares: Floats) -> str:
        """A position in words."""
        each = zip(self.names, self.found.units(shares), strict=True)
        return ", ".join(f"{name} {figure:.4g}" for name, figure in each)

    def taken(self, turn: Turn, actor: int) -> tuple[str, float]:
        """With whom an actor struck a bargain, and the chance of that; "as it is" where it stayed."""
        choice = turn.choices[actor]
        chance = choice.chances[choice.options.index(choice.taken)]
        if choice.taken == AS_IT_IS:
            return "as it is", chance
        one = turn.challenges[choice.taken]
        return f"with {self.keys[one.target if one.challenger == actor else one.challenger]}", chance

    def spread_rows(self) -> list[dict[str, Any]]:
        """Where draws ended: one row an actor and dimension, with 90% of the draws between low and high."""
        spread = self.found.spread
        if spread is None:
            return []
        low, middle, high = ([self.found.units(one) for one in part] for part in spread.percentiles)
        return [
            {"actor": key, "dimension": name, "low": low[actor][n], "middle": middle[actor][n], "high": high[actor][n],
             "leads": float(spread.leads[actor])}
            for actor, key in enumerate(self.keys) for n, name in enumerate(self.names)
        ]  # fmt: skip

    def _doings(self, turn: Turn, actor: int) -> dict[str, Any]:
        made = next((one for one in turn.challenges if one.challenger == actor), None)
        row: dict[str, Any] = {"risk": float(turn.risk[actor]), "challenges": None, "odds": None, "gain": None}
        row |= {"odds_seen": None, "gain_seen": None, "offers": None}
        if made is not None:
            row |= {"challenges": self.keys[made.target], "odds": made.odds, "gain": made.gain}
            row |= {"odds_seen": made.odds_seen, "gain_seen": made.gain_seen, "offers": self.told(made.offers[1])}
        row["takes"], row["chance_of_it"] = self.taken(turn, actor)
        return row

    def _turn(self, number: int, turn: Turn) -> dict[str, Any]:
        run = self.found.run
        return {
            "turn": number + 1,
            "positions": self.positions(number),
            "chances": self._by_actor(run.chances[number]),
            "risk": self._by_actor(turn.risk),
            "challenges": [self._challenge(one) for one in turn.challenges],
            "choices": [self._choice(actor, one, turn) for actor, one in enumerate(turn.choices)],
            "step": float(run.moved[number]),
        }

    def _challenge(self, one: Challenge) -> dict[str, Any]:
        return {
            "challenger": self.keys[one.challenger],
            "target": self.keys[one.target],
            "odds": one.odds,
            "gain": one.gain,
            "gain_of_target": one.cost,
            "target_sees": {"odds": one.odds_seen, "gain": one.gain_seen, "gain_of_target": one.cost_seen},
            "offers": {
                "challenger": self.found.units(one.offers[0]),
                "target": self.found.units(one.offers[1]),
            },
            "tied_with": [self.keys[other] for other in one.tied],
        }

    def _choice(self, actor: int, one: Choice, turn: Turn) -> dict[str, Any]:
        pairs: list[list[str] | None] = [
            None
            if option == AS_IT_IS
            else [self.keys[turn.challenges[option].challenger], self.keys[turn.challenges[option].target]]
            for option in one.options
        ]
        return {
            "actor": self.keys[actor],
            "options": [{"bargain": pair, "chance": p} for pair, p in zip(pairs, one.chances, strict=True)],
            "takes": pairs[one.options.index(one.taken)],
            "tied": one.tied,
        }

    def _draws(self) -> dict[str, Any] | None:
        spread = self.found.spread
        if spread is None:
            return None
        return {
            "draws": len(spread.ends),
            "settled": int(spread.settled.sum()),
            "turns": [int(spread.turns.min()), float(np.median(spread.turns)), int(spread.turns.max())],
            "ends": self.spread_rows(),
        }

    def _by_actor(self, figures: Floats) -> dict[str, float]:
        return dict(zip(self.keys, map(float, figures), strict=True))


def case_seed(found: Bargained) -> int | None:
    """The seed, where anything was drawn."""
    if found.spread is not None:
        return found.spread.seed
    return found.seed if found.chosen.takes == "drawn" else None


def _actor(one: Place) -> dict[str, Any]:
    return {
        "actor": one.actor,
        "name": one.name,
        "position": [_interval(figure) for figure in one.position],
        "salience": None if one.salience is None else [_interval(figure) for figure in one.salience],
        "capability": None if one.capability is None else _interval(one.capability),
    }


def _interval(one: Estimate) -> list[float | None]:
    return [one.low, one.best, one.high]
