"""Measure the models: a reading and the bounds of a change, 2,000 states, every possible pledge, and stability.

    python benchmarks/models.py

Nothing here is asserted by a test. The random world has blocs of mutual allies and a few powers that are not known;
the record is the one that ships.
"""

from __future__ import annotations

import math
import statistics
import sys
import time
from collections.abc import Callable

import networkx
import numpy as np

from indivisible.architecture.arrays import Arrays
from indivisible.assess.comparison import compare
from indivisible.assess.stability import AS_IT_IS
from indivisible.models import MODELS, deterrence
from indivisible.models.base import settle
from indivisible.models.one_pledge import one_pledge_changes
from indivisible.models.war_stability import war_stability
from indivisible.record.load import load

Row = tuple[str, str, str]
SAMPLED = 5  # pairs of the slow loop that are measured
REAL_DAY = "2023-04-03"

SETTINGS = {
    "deterrence": ({}, {"allies_may_attack": True}, {"fade": 2000.0}, {"rule": "clique"}),
    "distance": ({}, {"reach": 1.0}, {"decay": "war_trap", "reach": 0.5}),
}


def world(states: int, *, unknown: int = 0, newcomers: int = 0, seed: int = 7) -> Arrays:
    """Blocs of about thirty mutual allies, log-normal powers, capitals anywhere; `newcomers` join the first bloc."""
    draw = np.random.default_rng(seed)
    names = [f"S{k:04d}" for k in range(states)]
    power: dict[str, float | None] = dict(zip(names, draw.lognormal(0.0, 2.0, states).tolist(), strict=True))
    bounds = dict.fromkeys(names[::-1][:unknown], (0.0, 1.0))
    power.update(dict.fromkeys(bounds))
    blocs = [names[k : k + 30] for k in range(0, states // 2, 30)]
    blocs[0] = blocs[0] + names[-newcomers - unknown : -unknown or None] if newcomers else blocs[0]
    pairs = [(a, b) for bloc in blocs for a in bloc for b in bloc if a < b]
    places = dict(
        zip(names, zip(draw.uniform(-60, 70, states), draw.uniform(-180, 180, states), strict=True), strict=True)
    )
    return Arrays.of(power, defence=pairs, bounds=bounds, places=places)


def milliseconds(action: Callable[[], object], *, runs: int = 7) -> float:
    """Median of several calls, the first left out."""
    action()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return 1e3 * statistics.median(taken)


def rows() -> list[Row]:
    """What was measured, the figure to reach, and what it took."""
    found = []
    known, doubtful = world(195), world(195, unknown=9)
    after = world(195, unknown=9, newcomers=2)
    for model in (one for one in MODELS if not one.needs):
        for chosen in SETTINGS.get(model.name, ({},)):
            ready = settle(model.name, model.parameters, chosen)
            label = f"{model.name} {chosen or 'defaults'}, 195 states"
            goal = "1 ms" if model.name == "deterrence" and not chosen else ""
            read = milliseconds(lambda m=model, r=ready: m.read(known, r))
            bounds = milliseconds(lambda m=model, r=ready: m.change_bounds(doubtful, after, r))
            found.append((f"{label}: one reading, all known", goal, f"{read:.1f} ms"))
            found.append((f"{label}: bounds of a change, nine powers not known", "", f"{bounds:.1f} ms"))
    return [*found, *of_pledges(known), *of_the_record()]


def of_pledges(known: Arrays) -> list[Row]:
    """Deterrence for a large network, and every pledge that two states could make."""
    found = []
    large = world(2000)
    for chosen in ({}, {"allies_may_attack": True}, {"rule": "clique"}):
        ready = settle(deterrence.name, deterrence.parameters, chosen)
        took = milliseconds(lambda r=ready: deterrence.read(large, r), runs=3)
        found.append((f"deterrence {chosen or 'defaults'}, 2,000 states", "" if chosen else "1 s", f"{took:.0f} ms"))
    pairs = len(known.states) * (len(known.states) - 1) // 2
    for chosen in ({}, {"allies_may_attack": True}):
        ready = settle(deterrence.name, deterrence.parameters, chosen)
        took = milliseconds(lambda r=ready: one_pledge_changes(known, r))
        label = f"deterrence {chosen or 'defaults'}: all {pairs:,} one-pledge changes of 195 states"
        found.append((label, "" if chosen else "150 ms", f"{took:.0f} ms"))
    each = networkx_seconds(known, SAMPLED)
    by_loop = f"{each * pairs / 60:.0f} min ({1e3 * each:.0f} ms a pair, {SAMPLED} pairs measured)"
    found.append((f"the same {pairs:,} changes by a networkx loop, extrapolated from a sample", "", by_loop))
    return found


def of_the_record() -> list[Row]:
    """The record that ships, on the day before an accession: all states at once, the slowest rule, and stability."""
    arrays = compare(load(), AS_IT_IS, on=REAL_DAY).arrays_before
    n, found = len(arrays.states), []
    for chosen in ({}, {"rule": "clique"}, {"rule": "clique", "allies_may_attack": True}):
        ready = settle(deterrence.name, deterrence.parameters, chosen)
        took = milliseconds(lambda r=ready: deterrence.read(arrays, r))
        found.append((f"deterrence {chosen or 'defaults'}, the {n} states of {REAL_DAY}", "", f"{took:.1f} ms"))
    for chosen in ({}, {"rule": "clique", "allies_may_attack": True}):
        ready = settle(deterrence.name, deterrence.parameters, chosen)
        took = milliseconds(lambda r=ready: war_stability(arrays, r), runs=3)
        found.append((f"S1 to S3 of {REAL_DAY}, {chosen or 'defaults'}", "seconds", f"{took / 1e3:.2f} s"))
    return found


def networkx_seconds(known: Arrays, sampled: int) -> float:
    """Seconds for one pair by the plain way: change the graph, then every score by loops over leaders and allies."""
    ties = known.ties("defence").sure
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(ties)))
    graph.add_edges_from(np.argwhere(np.triu(ties | ties.T)).tolist())
    power = dict(enumerate(known.power.best.tolist()))
    draw = np.random.default_rng(1)
    pairs = [draw.choice(len(ties), 2, replace=False).tolist() for _ in range(sampled)]
    ready = settle(deterrence.name, deterrence.parameters)
    expected = deterrence.read(known, ready).best
    assert np.allclose([plain_score(graph, power, i) for i in range(len(ties))], expected)  # the same scores
    start = time.perf_counter()
    for a, b in pairs:
        had = graph.has_edge(a, b)
        graph.remove_edge(a, b) if had else graph.add_edge(a, b)
        for i in range(len(ties)):
            plain_score(graph, power, i)
        graph.add_edge(a, b) if had else graph.remove_edge(a, b)
    return (time.perf_counter() - start) / sampled


def plain_score(graph: networkx.Graph, power: dict[int, float], i: int) -> float:
    """The deterrence score of one state by loops: allies of i neither lead nor join an attack on it."""
    barred = {i, *graph[i]}
    defence = sum(power[k] for k in barred)
    attack = max(power[j] + sum(power[k] for k in graph[j] if k not in barred) for j in graph if j not in barred)
    return math.log(defence / attack)


def main() -> int:
    """Print one line each."""
    for what, goal, took in rows():
        print(f"{what}: {took}" + (f" (to reach: {goal})" if goal else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
