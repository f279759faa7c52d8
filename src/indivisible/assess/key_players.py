"""Key players of a contest: how much less, or more, all others would spend on fighting without one of them.

Of the states of a day, or of groups in the user's own files; beside it an embargo, which makes one's effort cost more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np

from indivisible.architecture.change import Change
from indivisible.architecture.outside import NOTHING, Outside
from indivisible.assess.assess import chosen_settings, sources_of
from indivisible.assess.comparison import compare
from indivisible.errors import MissingData, QuestionError
from indivisible.measures.contest import (
    Contest,
    Equilibrium,
    NoInterior,
    Reason,
    embargoes,
    equilibrium,
    interior_up_to,
    key_players,
)
from indivisible.models import contest as model
from indivisible.models.base import Value
from indivisible.models.contest_network import Network, network_of
from indivisible.panels.contest_groups import Groups, read_groups
from indivisible.record.record import Record
from indivisible.values import iso

SCHEMA = "key-players/1"
AS_IT_IS = Change("as it is", "The architecture as it is", "", (), ())
FACTOR = 10.0  # by which an embargo makes effort dearer in the published ranking
SORTS = ("name", "removed", "embargoed")
_FIRST = 3  # so many are named in the sentence
_WORDS = {
    Reason.NO_RIVAL: "fewer than two are left",
    Reason.HOSTILITY: "too many enemies for {who}",
    Reason.SINGULAR: "efforts not determined",
    Reason.STRENGTH: "nothing left to win for {who}",
    Reason.EFFORT: "an effort below nothing for {who}",
}


@dataclass(frozen=True, slots=True)
class How:
    """How they are compared: how much dearer an embargo makes effort, the linear formula or only equilibria.

    `together`: names of those that are taken away, or embargoed, at once. `sort`: name, removed or embargoed.
    """

    factor: float = FACTOR
    linear: bool = False
    together: tuple[tuple[str, ...], ...] = ()
    sort: str = "name"

    def __post_init__(self) -> None:
        if not 1.0 < self.factor < math.inf:
            raise QuestionError(f"an embargo of {self.factor:g}", do="give a factor above 1: so much dearer is effort")
        if self.sort not in SORTS:
            raise QuestionError(f"rows cannot be sorted by {self.sort!r}", do=" or ".join(SORTS))


PLAIN = How()


@dataclass(frozen=True)
class KeyPlayers:
    """The contest as it is, and for each of those in it what its absence and an embargo would change.

    `found` is the equilibrium or why there is none; `removed` and `embargoed` the relative change of the sum of all
    efforts, or why there is no equilibrium then. `doubtful` are pairs whose tie is in doubt: then nothing is known.
    """

    about: Mapping[str, Any]
    names: tuple[str, ...]
    keys: tuple[str, ...]
    players: tuple[tuple[int, ...], ...]
    contest: Contest
    observed: tuple[float, ...]
    found: Equilibrium | NoInterior
    removed: tuple[float | NoInterior, ...]
    embargoed: tuple[float | NoInterior, ...]
    how: How
    digest: str
    source_keys: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()

    def rows(self) -> list[dict[str, Any]]:
        """One row for each player, alphabetical or by the change asked for (most saved first, no answer last)."""
        made = [self._row(k) for k in range(len(self.players))]
        if self.how.sort == "name":
            return sorted(made, key=lambda row: str(row["player"]))
        column = f"{self.how.sort}_change"
        for row in made:
            row["order"] = math.inf if row[column] is None else round(row[column], 12)
        return [
            {key: value for key, value in row.items() if key != "order"}
            for row in sorted(made, key=lambda row: (row["order"], str(row["player"])))
        ]

    def _row(self, k: int) -> dict[str, Any]:
        who = np.array(self.players[k], dtype=np.intp)
        others = np.setdiff1d(np.arange(len(self.keys)), who)
        row: dict[str, Any] = {
            "player": " + ".join(self.keys[i] for i in who),
            "name": " + ".join(self.names[i] for i in who),
            "allies": int((self.contest.allies[np.ix_(who, others)] > 0.0).any(axis=0).sum()),
            "enemies": int((self.contest.enemies[np.ix_(who, others)] > 0.0).any(axis=0).sum()),
        }
        if row["name"] == row["player"]:
            del row["name"]
        if any(not math.isnan(one) for one in self.observed):
            row["observed_effort"] = sum(self.observed[i] for i in who)
        row |= {"effort": None, "payoff": None, "removed_change": None, "embargoed_change": None}
        if not isinstance(self.found, Equilibrium):
            return row
        row["effort"] = float(self.found.effort[who].sum())
        if not self.contest.shifters.any():  # with shifters the prize and the efforts are in units of their own
            row["payoff"] = float(self.found.payoff[who].sum())
        removed = tuple(self.players[k])
        for name, found, gone in (("removed", self.removed[k], removed), ("embargoed", self.embargoed[k], ())):
            row[f"{name}_change"] = None if isinstance(found, NoInterior) else found
            row[f"{name}_why"] = self._why(found, gone) if isinstance(found, NoInterior) else None
        return row

    def _why(self, found: NoInterior, gone: Sequence[int]) -> str:
        stayed = [i for i in range(len(self.keys)) if i not in gone]
        named = sorted(self.keys[stayed[i]] for i in found.who)
        who = ", ".join(named[:_FIRST]) + (f" and {len(named) - _FIRST} more" if len(named) > _FIRST else "")
        return _WORDS[found.reason].format(who=who or "all")

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape key-players/1."""
        found = self.found
        whole = {
            "schema": SCHEMA,
            **self.about,
            "beta": self.contest.beta,
            "gamma": self.contest.gamma,
            "embargo_factor": self.how.factor,
            "linear": self.how.linear,
            "interior": isinstance(equilibrium(self.contest), Equilibrium) if not self.doubtful else None,
            "equal_rates_up_to": self._reached(),
            "sum_of_local_hostility": float(found.hostility.sum()) if isinstance(found, Equilibrium) else None,
            "total_hostility": found.total_hostility if isinstance(found, Equilibrium) else None,
            "sum_of_efforts": found.dissipation if isinstance(found, Equilibrium) else None,
            "in_doubt": list(self.doubtful),
            "rows": self.rows(),
        }
        return {**whole, "record": self.digest} if self.digest else whole

    def _reached(self) -> float | None:
        plain = not self.contest.shifters.any() and (self.contest.costs == 1.0).all()
        return interior_up_to(self.contest.allies, self.contest.enemies) if plain else None

    def sentence(self) -> str:
        """The sums of the equilibrium, whose absence would save most, and how many cases have no equilibrium."""
        rates = f"beta {self.contest.beta:g} and gamma {self.contest.gamma:g}"
        head = f"{self.about.get('on') or self.about.get('groups')}, {len(self.names)} in the contest, {rates}"
        if self.doubtful:
            doubted = ", ".join(self.doubtful[:_FIRST])
            more = f" and {len(self.doubtful) - _FIRST} more" if len(self.doubtful) > _FIRST else ""
            return f"{head}: not known, because ties are in doubt ({doubted}{more})."
        if isinstance(self.found, NoInterior):
            reached = self._reached()
            where = f"; with beta and gamma equal there is one where both are at most {reached:g}" if reached else ""
            return f"{head}: no interior equilibrium ({self._why(self.found, [])}){where}."
        sums = f"sum of local hostility {self.found.hostility.sum():.10g}, total hostility "
        sums += f"{self.found.total_hostility:.8g}, sum of efforts {self.found.dissipation:.10g}"
        told = [f"{head}: {sums}."]
        for label, changes in (
            ("removed", self.removed),
            (f"embargoed (effort {self.how.factor:g} times as dear)", self.embargoed),
        ):
            told.append(self._first(label, changes))
        if self.how.linear:
            told.append("By the linear formula, whether or not it is an equilibrium.")
        return " ".join(told)

    def _first(self, label: str, changes: Sequence[float | NoInterior]) -> str:
        known = [(one, k) for k, one in enumerate(changes) if not isinstance(one, NoInterior)]
        lost = len(changes) - len(known)
        none = f"{lost} of {len(changes)} leave no interior equilibrium" if lost else ""
        if not known:
            return f"If one is {label}, there is no interior equilibrium, whichever it is."
        named = [f"{' + '.join(self.keys[i] for i in self.players[k])} {one:+.2%}" for one, k in sorted(known)[:_FIRST]]
        return f"If one is {label}, most is saved with {', '.join(named)}{'; ' + none if none else ''}."

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources of the ties; none for the user's own files."""
        return self.source_keys


def key_players_on(
    record: Record,
    *,
    on: str,
    settings: Mapping[str, Value] | None = None,
    hostility: str = "conflicts",
    outside: Outside = NOTHING,
    how: How = PLAIN,
) -> KeyPlayers:
    """Key players among the states of a day, by the constants of `contest` (`contest.beta` ...).

    Raises UnknownName, QuestionError, and MissingData where hostility is not covered on the day.
    """
    ((_, chosen),) = chosen_settings((model,), settings or {})
    comparison = compare(record, AS_IT_IS, on=on, hostility=hostility, outside=outside)
    arrays, day = comparison.arrays_before, iso(comparison.before.day)
    if arrays.hostility is None:
        raise MissingData(
            f"the record's conflicts do not reach back far enough before {day}",
            do="choose --hostility rivalries or disputes (imported), none, or a later day with --on",
        )
    network = network_of(arrays, chosen)
    keys = arrays.states
    how = replace(how, together=tuple(tuple(record.resolve(n, "state") for n in names) for names in how.together))
    about = {"on": day, "hostility": arrays.hostility_name, "eu_42_7": chosen.switch("eu_42_7"),
             "data": dict(outside.versions)}  # fmt: skip
    return _ranked(
        about, tuple(record.name_of(key) for key in keys), keys, network.contest(chosen), (), how,
        digest=record.digest, sources=sources_of(comparison, (model,)), doubtful=_doubted(network, keys),
    )  # fmt: skip


def key_players_of(
    groups: Path,
    adjacency: Path,
    *,
    settings: Mapping[str, Value] | None = None,
    how: How = PLAIN,
) -> KeyPlayers:
    """Key players among the groups of two files; `settings` (`contest.beta`, `contest.gamma`) replace the files' own.

    Raises FileError, with the line, for what cannot be read, and QuestionError for a constant that says nothing here.
    """
    ((_, chosen),) = chosen_settings((model,), settings or {})
    given = {name.partition(".")[2] for name in settings or {}}
    if "eu_42_7" in given:
        raise QuestionError("groups of a file have no treaties", do="leave contest.eu_42_7 out")
    rates = {name: chosen.number(name) for name in ("beta", "gamma") if name in given}
    read: Groups = read_groups(groups, adjacency, beta=rates.get("beta"), gamma=rates.get("gamma"))
    about = {"groups": groups.name, "adjacency": adjacency.name}
    return _ranked(about, read.names, read.names, read.contest, read.observed.tolist(), how)


def _ranked(
    about: Mapping[str, Any],
    names: tuple[str, ...],
    keys: tuple[str, ...],
    contest: Contest,
    observed: Sequence[float],
    how: How,
    *,
    digest: str = "",
    sources: tuple[str, ...] = (),
    doubtful: tuple[str, ...] = (),
) -> KeyPlayers:
    players = _players(keys, how.together)
    found = NoInterior(Reason.SINGULAR) if doubtful else equilibrium(contest, linear=how.linear)
    removed: tuple[float | NoInterior, ...] = (NoInterior(Reason.SINGULAR),) * len(players)
    embargoed = removed
    if isinstance(found, Equilibrium):
        removed = key_players(contest, players=players, linear=how.linear)
        embargoed = embargoes(contest, how.factor, players=players, linear=how.linear)
    return KeyPlayers(
        about, names, keys, players, contest, tuple(observed) or (math.nan,) * len(keys), found, removed, embargoed,
        how, digest, sources, doubtful,
    )  # fmt: skip


def _players(keys: tuple[str, ...], together: Iterable[Sequence[str]]) -> tuple[tuple[int, ...], ...]:
    """Positions of each player; those named together are one player, in the place of the first of them."""
    place = {key: i for i, key in enumerate(keys)}
    head: dict[int, tuple[int, ...]] = {}
    taken: set[int] = set()
    for names in together:
        for name in names:
            if name not in place:
                near = ", ".join(get_close_matches(name, keys, n=3, cutoff=0.4)) or "those that the rows name"
                raise QuestionError(f"nobody in the contest is called {name!r}", do=f"near names: {near}")
        members = tuple(sorted({place[name] for name in names}))
        if taken & set(members) or len(members) < 2:
            raise QuestionError("players taken together are two or more, each named once", do="name them with commas")
        taken |= set(members)
        head[members[0]] = members
    return tuple(head.get(i, (i,)) for i in range(len(keys)) if i in head or i not in taken)


def _doubted(network: Network, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Pairs whose tie is in doubt."""
    return tuple(f"{keys[i]} and {keys[j]}" for i, j in np.array(network.pairs).reshape(-1, 2).tolist())
