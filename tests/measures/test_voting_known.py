"""Voting power: published numbers, and numbers worked out by hand for the rules of real bodies."""

from __future__ import annotations

import ast
import importlib.util
import math
from collections.abc import Sequence
from fractions import Fraction as F
from pathlib import Path

import numpy as np
import pytest

from indivisible.measures.voting_large import large_power
from indivisible.measures.voting_power import coalition_power, power
from indivisible.measures.voting_rules import Every, Quota, Rule, Some, count_of, veto_of

COUNCIL = Every((count_of(15, 9), *(veto_of(15, k) for k in range(5))))
EEC = Quota((4, 4, 4, 2, 2, 1), 12)
EU15 = Quota((10,) * 4 + (8,) + (5,) * 4 + (4, 4) + (3,) * 3 + (2,), 62)
NICE = Quota((29,) * 4 + (27,) * 2 + (14, 13) + (12,) * 5 + (10,) * 3 + (7,) * 5 + (4,) * 5 + (3,), 255)
ELECTORS = (54, 33, 32, 25, 23, 22, 21, 18, 15, 14, *(13, 12) * 2, *(11,) * 4, *(10, 9) * 2, *(8,) * 6, *(7,) * 3,
            *(6,) * 2, *(5,) * 4, *(4,) * 6, *(3,) * 8)  # fmt: skip


def rounded(values: Sequence[F], digits: int = 7) -> list[float]:
    """The different values, largest first."""
    return [round(float(one), digits) for one in sorted(set(values), reverse=True)]


def test_four_players_by_every_index() -> None:
    rule = Quota((4, 3, 2, 1), 6)
    found, single = power(rule), coalition_power(rule)
    assert found.swings == (5, 3, 3, 1)
    assert found.normalised == found.shapley_shubik == (F(5, 12), F(1, 4), F(1, 4), F(1, 12))
    assert found.prevent == (F(5, 7), F(3, 7), F(3, 7), F(1, 7))
    assert found.initiate == (F(5, 9), F(1, 3), F(1, 3), F(1, 9))
    assert single.johnston == (F(1, 2), F(2, 9), F(2, 9), F(1, 18))
    assert single.deegan_packel == (F(1, 3), F(5, 18), F(5, 18), F(1, 9))
    assert single.holler == (F(2, 7), F(2, 7), F(2, 7), F(1, 7))


def test_a_player_of_fifty_and_one_of_one() -> None:
    rule = Quota((50, 49, 1), 51)
    found, single = power(rule), coalition_power(rule)
    assert found.normalised == (F(3, 5), F(1, 5), F(1, 5))
    assert found.shapley_shubik == single.johnston == (F(2, 3), F(1, 6), F(1, 6))
    assert single.deegan_packel == single.holler == (F(1, 2), F(1, 4), F(1, 4))


def test_one_without_whom_nothing_carries_though_it_does_not_carry_alone() -> None:
    assert power(Quota((5, 3, 3), 5)).normalised == (F(3, 5), F(1, 5), F(1, 5))


def test_six_members_one_of_whom_never_decides() -> None:
    found, single = power(EEC), coalition_power(EEC)
    assert found.counts.total == 14
    assert found.swings == (10, 10, 10, 6, 6, 0)
    assert found.normalised == (F(5, 21),) * 3 + (F(1, 7),) * 2 + (0,)
    assert found.shapley_shubik == (F(7, 30),) * 3 + (F(3, 20),) * 2 + (0,)
    assert single.johnston == (F(1, 4),) * 3 + (F(1, 8),) * 2 + (0,)
    assert single.deegan_packel == (F(5, 24),) * 3 + (F(3, 16),) * 2 + (0,)
    assert single.holler == (F(1, 5),) * 5 + (0,)


def test_fifteen_members_by_every_index() -> None:
    found, single = power(EU15), coalition_power(EU15)
    assert (found.counts.total, single.minimal) == (2549, 829)
    assert round(float(found.act), 7) == 0.0777893
    assert sorted(set(found.swings), reverse=True) == [1849, 1531, 973, 793, 595, 375]
    assert rounded(found.normalised) == [0.1116209, 0.0924238, 0.0587383, 0.0478720, 0.0359191, 0.0226381]
    assert rounded(found.shapley_shubik) == [0.1166667, 0.0954601, 0.0551754, 0.0453602, 0.0352536, 0.0206904]
    assert rounded(single.johnston) == [0.1329578, 0.1001513, 0.0489576, 0.0377050, 0.0266889, 0.0167108]
    assert rounded(single.deegan_packel) == [0.0821764, 0.0750691, 0.0647363, 0.060826, 0.0571944, 0.0440448]
    assert rounded(single.holler) == [0.0808638, 0.0742651, 0.065027, 0.0613077, 0.0581884, 0.044991]


def test_twenty_seven_members_with_weights() -> None:
    nice = power(NICE)
    assert nice.counts.total == 2_718_774
    assert round(100 * float(nice.act), 4) == 2.0256
    assert sorted(set(nice.swings), reverse=True) == [
        2193664, 2091380, 1200504, 1120138, 1038492, 871654, 614702, 352374, 265568,
    ]  # fmt: skip


@pytest.mark.parametrize("rule", [COUNCIL, Quota((7,) * 5 + (1,) * 10, 39)])
def test_nine_of_fifteen_with_five_vetoes_however_it_is_written(rule: Rule) -> None:
    found, single = power(rule), coalition_power(rule)
    assert (found.counts.total, found.swings[0], found.swings[14]) == (848, 848, 84)
    assert round(float(found.act), 6) == 0.025879
    assert (found.banzhaf[0], found.banzhaf[14]) == (F(53, 1024), F(21, 4096))
    assert (found.normalised[0], found.normalised[14]) == (F(106, 635), F(21, 1270))
    assert (found.shapley_shubik[0], found.shapley_shubik[14]) == (F(421, 2145), F(4, 2145))
    assert (found.prevent[0], found.prevent[14]) == (1, F(21, 212))
    assert found.initiate is not None
    assert (found.initiate[0], found.initiate[14]) == (F(53, 1995), F(1, 380))
    assert (single.johnston[0], single.johnston[14]) == (F(283, 1590), F(7, 636))
    assert (single.deegan_packel[0], single.deegan_packel[14], single.minimal) == (F(1, 9), F(2, 45), 210)
    assert single.holler == single.deegan_packel


def test_seven_of_eleven_with_five_vetoes() -> None:
    found = power(Every((count_of(11, 7), *(veto_of(11, k) for k in range(5)))))
    assert (found.counts.total, found.swings[0], found.swings[10]) == (57, 57, 5)
    assert (found.normalised[0], found.normalised[10]) == (F(19, 105), F(1, 63))
    assert (found.shapley_shubik[0], found.shapley_shubik[10]) == (F(76, 385), F(1, 462))


def test_five_players_who_weigh_the_same() -> None:
    all_five, three, four = (power(count_of(5, needed)) for needed in (5, 3, 4))
    assert (all_five.banzhaf[0], all_five.prevent[0], all_five.initiate) == (F(1, 16), 1, (F(1, 31),) * 5)
    assert three.banzhaf[0] == F(3, 8)
    assert (four.banzhaf[0], four.prevent[0], four.initiate) == (F(1, 4), F(2, 3), (F(2, 13),) * 5)


@pytest.mark.parametrize("players", [59, 60, 61, 62, 63, 64, 193])
def test_many_players_who_weigh_the_same(players: int) -> None:
    needed = players // 2 + 1
    found, single = power(count_of(players, needed)), coalition_power(count_of(players, needed))
    assert set(found.swings) == {math.comb(players - 1, needed - 1)}
    assert set(found.shapley_shubik) == set(single.johnston) == set(single.holler) == {F(1, players)}
    assert single.minimal == math.comb(players, needed)


@pytest.mark.parametrize("players", [59, 60])
def test_sums_up_to_the_last_size_that_stands_in_64_bits(players: int) -> None:
    weights = (*range(1, players), 1)  # all but two differ
    found, quick = power(Quota(weights, sum(weights) // 2)), large_power(Quota(weights, sum(weights) // 2))
    assert max(abs(float(one) - two) for one, two in zip(found.banzhaf, quick.banzhaf, strict=True)) <= quick.error


def test_fifty_one_electors_exactly_and_in_floating_point() -> None:
    assert (len(ELECTORS), sum(ELECTORS)) == (51, 538)
    found, quick = power(Quota(ELECTORS, 270)), large_power(Quota(ELECTORS, 270))
    assert round(float(found.banzhaf[0]), 8) == 0.46645413
    assert round(float(found.shapley_shubik[0]), 8) == 0.10812541
    assert quick.shapley_shubik is not None
    assert abs(quick.banzhaf - np.array([float(one) for one in found.banzhaf])).max() <= quick.error
    assert abs(quick.shapley_shubik - np.array([float(one) for one in found.shapley_shubik])).max() <= quick.error


def test_two_chambers_and_two_officers_in_five_hundred_and_thirty_seven_players() -> None:
    chambers = {"officers": 2, "upper": 100, "lower": 435}

    def quota(part: str, at_least: int) -> Quota:
        return Quota(tuple(int(name == part) for name, size in chambers.items() for _ in range(size)), at_least)

    president, vice = veto_of(537, 0), veto_of(537, 1)
    with_tie = Every((quota("lower", 218), quota("upper", 50), vice, president))
    rule = Some((
        Every((quota("lower", 218), quota("upper", 51), president)),
        with_tie,
        Every((quota("lower", 290), quota("upper", 67))),
    ))  # fmt: skip
    found = power(rule)
    assert round(float(found.banzhaf[0]), 7) == 0.25
    assert round(float(found.banzhaf[1]), 7) == 0.0198973


def test_twenty_eight_members_and_their_people_beside_a_peer() -> None:
    """Numbers and populations of the package power-bdd's own test, read where it is installed."""
    found = importlib.util.find_spec("power_bdd")
    if found is None or not found.submodule_search_locations:
        pytest.skip("power-bdd is not installed (make bench installs it)")
    tree = ast.parse((Path(found.submodule_search_locations[0]) / "tests" / "test_bdd.py").read_text())
    case = next(one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.name.endswith("union_2019"))
    lists = {ast.unparse(one.targets[0]): one.value for one in ast.walk(case) if isinstance(one, ast.Assign)}
    beta, phi = (ast.literal_eval(lists[name])[1:] for name in ("beta", "phi"))
    people = next(one for one in map(literal, ast.walk(case)) if len(one) == 28 and len(set(one)) > 20)
    rule = Every((count_of(28, 16), Some((Quota(tuple(people), 333_763_100), count_of(28, 25)))))
    ours = power(rule)
    assert ours.counts.total == 30_415_198
    assert round(float(ours.act), 7) == 0.1133054
    assert max(abs(float(one) - b) for one, b in zip(ours.banzhaf, beta, strict=True)) < 1e-16
    assert max(abs(float(one) - b) for one, b in zip(ours.shapley_shubik, phi, strict=True)) < 1e-16
    assert (max(ours.swings), min(ours.swings)) == (22_844_114, 4_017_952)
    assert round(float(max(ours.normalised)), 7) == 0.1029666
    assert round(float(max(ours.shapley_shubik)), 7) == 0.1464559
    assert round(float(min(ours.shapley_shubik)), 8) == 0.00883986
    assert math.isclose(float(min(ours.banzhaf)), 0.02993607521, abs_tol=1e-11)


def literal(written: ast.AST) -> list[int]:
    """A list written out in the source; empty for anything else."""
    try:
        found = ast.literal_eval(written) if isinstance(written, ast.List) else []
    except ValueError:
        return []
    return list(found)
