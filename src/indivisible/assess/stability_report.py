"""Is a network of pledges stable, and if not, where: who can be attacked, which pledge is missing, which is idle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from indivisible.assess.stability_trade import Trade
from indivisible.models.base import Value
from indivisible.models.war_stability import PossibleAttack, WarStability
from indivisible.record.table import said_of_recalled, with_recalled
from indivisible.values import Truth

Row = dict[str, Any]
_SUMS = ("attack_low", "attack_high", "defence_low", "defence_high")
_WORDS = {Truth.YES: "yes", Truth.NO: "no", Truth.UNKNOWN: "unknown"}


@dataclass(frozen=True)
class Stability:
    """War-stability S1 to S3 of the network of one day, with the constants used.

    `found` is about all states; `among` are those reported on (None: all): whether they are vulnerable, which missing
    pledge would make them so, and which pledge is idle for them.
    """

    on: str
    record: str
    version: str
    power: str
    parameters: Mapping[str, Value]
    assumes: str
    found: WarStability
    trade: Trade | None
    among: tuple[str, ...] | None
    names: Mapping[str, str]
    source_keys: tuple[str, ...]
    recalled: tuple[str, ...]
    data: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def reported(self) -> frozenset[int]:
        """Rows of the states reported on."""
        return frozenset(i for i, s in enumerate(self.found.states) if self.among is None or s in self.among)

    def vulnerable(self, answer: Truth) -> list[str]:
        """The states of which the answer is so."""
        return [s for i, s in enumerate(self.found.states) if i in self.reported and self.found.vulnerable[i] is answer]

    def attacks(self) -> Iterator[PossibleAttack]:
        """Every attack on a state reported on that is or may be feasible, by state and leader."""
        return (one for one in self.found.attacks if one.state in self.reported)

    def deciding(self) -> dict[str, PossibleAttack]:
        """For every state reported on that is or may be vulnerable, the strongest attack."""
        return {self.found.states[one.state]: one for one in self.attacks() if one.deciding}

    @cached_property
    def missing(self) -> list[Row]:
        """S2: every missing pledge that would, or may, make a state reported on vulnerable; and, with trade, every one
        that both would take.
        """
        missing, rows = self.found.missing, []
        columns = sorted(self.reported)
        sure, possible = (table[:, columns] for table in missing.newly)
        wanted_sure, wanted = missing.wanted
        reported = np.isin(missing.pairs, columns).any(axis=1)
        for p in np.flatnonzero(possible.any(axis=1) | (wanted & reported)).tolist():
            known = bool(missing.certain[p])
            surely = {columns[k] for k in np.flatnonzero(sure[p]).tolist()} if known else set()
            maybe = {columns[k] for k in np.flatnonzero(possible[p]).tolist()} - surely
            row: Row = {
                "pledge": self._pair(missing.pairs[p].tolist()),
                "missing": True if known else None,
                "exposes": self._keys(surely),
                "may_expose": self._keys(maybe),
            }
            if self.trade is not None:
                row["wanted"] = True if wanted_sure[p] and known else None if wanted[p] else False
            rows.append(row)
        return rows

    @cached_property
    def pledges(self) -> list[Row]:
        """S3: every pledge of a state reported on, and whether it is idle for that one."""
        held = self.found.held
        return [
            {
                "state": self.found.states[x],
                "pledge": self._pair(pair),
                "holds": True if held.certain[p] else None,
                "idle": held.idle(p, end).json,
            }
            for p, pair in enumerate(held.pairs.tolist())
            for end, x in enumerate(pair)
            if x in self.reported
        ]

    def counts(self) -> dict[str, Any]:
        """How many of what."""
        missing, columns = self.found.missing, sorted(self.reported)
        shared = [table[:, columns].any(axis=1) for table in missing.exploited]
        ends = [row["idle"] for row in self.pledges]
        return {
            "states": len(self.reported),
            "vulnerable": {_WORDS[answer]: len(self.vulnerable(answer)) for answer in Truth},
            "missing_pledges": len(missing.pairs),
            "exploitable": {
                "yes": int((shared[0] & missing.certain).sum()),
                "unknown": int((shared[1] & ~(shared[0] & missing.certain)).sum()),
            },
            "exposing": {
                "yes": sum(bool(row["exposes"]) for row in self.missing),
                "unknown": sum(bool(row["may_expose"]) and not row["exposes"] for row in self.missing),
            },
            "pledges": len(self.found.held.pairs),
            "ends": len(ends),
            "idle": {"yes": ends.count(True), "no": ends.count(False), "unknown": ends.count(None)},
        }

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape stability/1; null is unknown."""
        found = self.found
        return {
            "schema": "stability/1",
            "on": self.on,
            "power": self.power,
            "parameters": dict(self.parameters),
            "assumes": self.assumes,
            "trade": None if self.trade is None else self.trade.to_dict(),
            "data": dict(self.data),
            "among": None if self.among is None else list(self.among),
            "war_stable": {"S1": found.s1.json, "S2": found.s2.json, "S3": found.s3.json, "all": found.stable.json},
            "counts": self.counts(),
            "vulnerable": {s: found.vulnerable[i].json for i, s in enumerate(found.states) if i in self.reported},
            "attacks": [self._attack(one) for one in self.attacks()],
            "missing": self.missing,
            "pledges": self.pledges,
            "version": self.version,
            **said_of_recalled(self.recalled),
            "record": self.record,
        }

    def sentence(self) -> str:
        """The answer in one plain sentence."""
        counts = self.counts()
        who = "states" if self.among is None else "states reported on"
        stable = {
            Truth.YES: "is war-stable",
            Truth.NO: "is not war-stable",
            Truth.UNKNOWN: "may or may not be war-stable",
        }[self.found.stable]
        says = f"On {self.on} the network of defence pledges {stable}: "
        says += f"{counts['vulnerable']['yes']} of {len(self.reported)} {who} can be attacked"
        says += f" and {counts['vulnerable']['unknown']} perhaps" if counts["vulnerable"]["unknown"] else ""
        exposing = counts["exposing"]["yes"]
        says += f", {exposing or 'no'} missing pledge{'' if exposing == 1 else 's'} would expose one that cannot be now"
        says += f", and {counts['idle']['yes']} of {counts['ends']} ends of their pledges are idle."
        return with_recalled(says, self.recalled)

    def rows(self) -> list[Row]:
        """One row for each attack (S1), each state that a missing pledge would expose (S2), each end of a pledge."""
        blank: Row = dict.fromkeys(
            ("condition", "state", "pledge", "answer", "leader", "attackers", "defenders", *_SUMS, "deciding")
        )
        found = [blank | {"condition": "S1"} | self._attack_row(one) for one in self.attacks()]
        for row in self.missing:
            states = [(state, True) for state in row["exposes"]] + [(state, None) for state in row["may_expose"]]
            found += [
                blank | {"condition": "S2", "state": state, "pledge": row["pledge"], "answer": answer}
                for state, answer in sorted(states)
            ]
            if row.get("wanted", False) is not False:
                found.append(blank | {"condition": "S2 by trade", "pledge": row["pledge"], "answer": row["wanted"]})
        found += [
            blank | {"condition": "S3", "state": row["state"], "pledge": row["pledge"], "answer": row["idle"]}
            for row in self.pledges
        ]
        return found

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the answer rests on."""
        return self.source_keys

    def _attack(self, one: PossibleAttack) -> Row:
        states = self.found.states
        return {
            "state": states[one.state],
            "leader": states[one.leader],
            "attackers": self._keys(one.members),
            "defenders": self._keys(one.defenders),
            "attack": _finite(one.attack),
            "defence": _finite(one.defence),
            "feasible": one.feasible.json,
            "deciding": one.deciding,
        }

    def _attack_row(self, one: PossibleAttack) -> Row:
        row = self._attack(one)
        sums = dict(zip(_SUMS, [*row.pop("attack"), *row.pop("defence")], strict=True))
        return {"answer": row.pop("feasible"), **row, **sums}

    def _pair(self, rows: list[int]) -> str:
        return "-".join(self.found.states[k] for k in rows)

    def _keys(self, rows: Any) -> list[str]:
        return [self.found.states[k] for k in sorted(rows)]


def _finite(bounds: tuple[float, float]) -> list[float | None]:
    """Lowest and highest; null where there is no upper bound."""
    return [one if np.isfinite(one) else None for one in bounds]
