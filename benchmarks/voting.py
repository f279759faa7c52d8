"""Voting power: Banzhaf and Shapley-Shubik together, packages of others beside, and where those are wrong.

python benchmarks/voting.py

Times are of one processor. Packages of others are run only where they are installed (`make bench` installs them).
"""

from __future__ import annotations

import importlib.util
import random
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from indivisible.measures.voting_abstention import EveryOf, Points, abstention_power
from indivisible.measures.voting_large import large_power
from indivisible.measures.voting_power import power
from indivisible.measures.voting_rules import Every, Quota, Some, count_of, veto_of

COUNCIL = Every((count_of(15, 9), *(veto_of(15, k) for k in range(5))))
Row = tuple[str, str, str]


def seconds(action: Callable[[], object], *, runs: int = 7) -> float:
    """Median processor seconds."""
    taken = []
    for _ in range(runs):
        began = time.process_time()
        action()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def told(taken: float) -> str:
    return f"{taken * 1e3:.2f} ms" if taken < 1 else f"{taken:.1f} s"


def people() -> list[int]:
    """Populations of the members of the European Union on 1 January 2024, from the record."""
    from indivisible.record.load import load
    from indivisible.rules.facts import read_facts
    from indivisible.rules.procedure import council_of, meeting_of
    from indivisible.values import day_of

    record = load()
    council = council_of(record, "EU")
    meeting = meeting_of(record, council, day_of("2024-01-01"), read_facts({}, council.FACTS, where="benchmark"))
    return sorted((number or 0 for number in meeting.population().values()), reverse=True)


def installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def beside(what: str, package: str, action: Callable[[], object], *, runs: int = 3) -> Iterator[Row]:
    """What a package of others takes, where it is installed."""
    if installed(package):
        yield f"{what}, `{package.replace('_', '-')}`", "", told(seconds(action, runs=runs))


def rows() -> Iterator[Row]:
    """What was measured, the figure that was set, and what was found."""
    yield from security_council()
    yield from one_quota()
    yield from double_majority()
    yield from assembly()
    yield from with_abstention()
    yield from wrong_answers()


def security_council() -> Iterator[Row]:
    what = "Banzhaf and Shapley-Shubik, nine of fifteen with five vetoes"
    yield f"{what}, exact", "0.4 ms", told(seconds(lambda: power(COUNCIL), runs=101))
    weights = [7] * 5 + [1] * 10
    yield from others(what, 39, weights)


def others(what: str, quota: int, weights: list[int]) -> Iterator[Row]:
    """The three packages on one weighted quota; each gets a list of its own, as one of them changes it."""

    def diagram() -> object:
        from power_bdd.bdd import BDD, WeightedGame

        found = BDD(WeightedGame(quota, sorted(weights, reverse=True)))
        found.create_BDD()
        found.calc_banzhaf()
        return found.calc_shapley()

    def tables() -> object:
        import powerindices

        return powerindices.compute_pbi(quota, list(weights)), powerindices.compute_ssi(quota, list(weights))

    def products() -> object:
        from powerindex.powerindex import Game

        game = Game(quota, list(weights))
        game.calc_banzhaf()
        return game.calc_shapley_shubik()

    yield from beside(what, "power_bdd", diagram)
    yield from beside(f"{what}, as [{quota:,}; ...]", "powerindices", tables)
    yield from beside(f"{what}, as [{quota:,}; ...]", "powerindex", products)


def one_quota() -> Iterator[Row]:
    weights = people()
    rule = Quota(tuple(weights), -(-sum(weights) * 65 // 100))
    what = "the same, 27 members, 65 % of the population of the EU"
    yield f"{what}, exact", "60 ms", told(seconds(lambda: power(rule)))
    label = f"{what}, as floating-point numbers (rounded from the exact ones: error below 2^-53)"
    yield label, "20 ms", told(seconds(lambda: as_floats(rule)))
    found = large_power(rule)
    label = f"{what}, by integration in thousands of people, error at most {found.error:.0e}, {found.nodes} nodes"
    yield label, "", told(seconds(lambda: large_power(rule)))
    rounded = [round(one / 100_000) for one in weights]
    yield from others(f"{what} in hundreds of thousands", -(-sum(rounded) * 65 // 100), rounded)


def as_floats(rule: Quota) -> list[list[float]]:
    found = power(rule)
    return [list(map(float, one)) for one in (found.banzhaf, found.shapley_shubik)]


def double_majority() -> Iterator[Row]:
    weights = people()
    share = Quota(tuple(weights), -(-sum(weights) * 65 // 100))
    rule = Some((Every((count_of(27, 15), share)), count_of(27, 24)))
    what = "the same, 27 members, 15 of them with 65 % of the population, or 24"
    yield f"{what}, exact", "60 ms", told(seconds(lambda: power(rule)))

    def diagram() -> object:
        from power_bdd.bdd import BDD, WeightedGame

        most, many, ordered = WeightedGame(15, [1] * 27), WeightedGame(24, [1] * 27), sorted(weights)
        found = BDD(most) & BDD(WeightedGame(share.quota, ordered)) | BDD(many)
        found.calc_banzhaf()
        return found.calc_shapley()

    yield from beside(what, "power_bdd", diagram, runs=3)
    old = Quota((29,) * 4 + (27,) * 2 + (14, 13) + (12,) * 5 + (10,) * 3 + (7,) * 5 + (4,) * 5 + (3,), 255)
    both = Every((old, count_of(27, 14), Quota(tuple(weights), -(-sum(weights) * 62 // 100))))
    yield (
        "the same, 27 members, 255 of 345 weights, 14 members and 62 % of the population, exact (every coalition)",
        "", told(seconds(lambda: power(both), runs=1)),
    )  # fmt: skip


def assembly() -> Iterator[Row]:
    generator = random.Random(5)
    weights = [generator.randrange(1, 10_001) for _ in range(193)]
    rule = Quota(tuple(weights), sum(weights) // 2 + 1)
    what = "193 members of weight up to 10,000"
    yield f"{what}, Banzhaf", "0.4 s", told(seconds(lambda: large_power(rule, shapley=False)))
    found: list[Any] = []
    taken = seconds(lambda: found.append(large_power(rule)), runs=3)
    label = f"{what}, Banzhaf and Shapley-Shubik, error at most {found[0].error:.0e}, {found[0].nodes} nodes"
    yield label, "15 s", told(taken)
    yield f"{what}, how far Shapley-Shubik is from summing to one", "", f"{abs(found[0].shapley_shubik.sum() - 1):.0e}"

    def products() -> object:
        from powerindex.powerindex import Game

        return Game(rule.quota, list(weights)).calc_banzhaf()

    yield from beside(f"{what}, Banzhaf only", "powerindex", products, runs=1)


def with_abstention() -> Iterator[Row]:
    none, one = (0,) * 15, (1,) * 15
    rule = EveryOf((Points(one, none, none, 9), Points(none, none, (-1,) * 5 + (0,) * 10, 0)))
    what = "swings and roll-call Shapley-Shubik with abstention, nine of fifteen, no permanent member against, exact"
    yield what, "", told(seconds(lambda: abstention_power(rule)))


def wrong_answers() -> Iterator[Row]:
    """Rules on which packages of others are wrong without saying so."""
    alike = count_of(100, 51)
    truth = float(power(alike).banzhaf[0])
    if installed("powerindices"):
        import warnings

        import powerindices

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = float(powerindices.compute_pbi(51, [1] * 100)[0])
        yield "Banzhaf of each of 100 members under 51 votes, ours (C(99, 50) / 2^99)", "", f"{truth:.6f}"
        yield "the same, `powerindices` (its counts overflow 64 bits, silently)", "", f"{theirs:.6g}"
    if installed("powerindex"):
        from powerindex.powerindex import Game

        game = Game(5, [5, 3, 3])
        game.calc()
        ours = ", ".join(f"{float(one):.1f}" for one in power(Quota((5, 3, 3), 5)).normalised)
        yield "Banzhaf shares under [5; 5,3,3], ours", "", ours
        theirs_too = ", ".join(f"{float(one):.1f}" for one in game.banzhaf)
        yield "the same, `powerindex` (takes whoever carries alone for one who decides alone)", "", theirs_too


if __name__ == "__main__":
    for line in rows():
        print(" | ".join(line), flush=True)
