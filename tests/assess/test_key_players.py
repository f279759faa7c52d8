"""Key players among states and among the groups of two files: by hand, by the command, and every mistake refused."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from indivisible.apps.cli import main
from indivisible.apps.desk import Desk
from indivisible.assess.key_players import How, key_players_of, key_players_on
from indivisible.errors import FileError, MissingData
from indivisible.measures.contest import equilibrium, without
from indivisible.panels.contest_groups import read_groups
from indivisible.record.record import Record
from reference_material import shared

DATA = shared("data", "INDIVISIBLE_DATA")
CONGO = ("--groups", str(DATA / "krtz_congo_groups.csv"), "--adjacency", str(DATA / "krtz_congo_adjacency.csv"))
GROUPS = "group,name,beta,gamma\n1,North,0.1,0.1\n2,South,0.1,0.1\n3,West,0.1,0.1\n"
TIES = "group_a,group_b,allied,enemy\n1,2,0,0\n"


def files(folder: Path, groups: str = GROUPS, ties: str = TIES) -> tuple[Path, Path]:
    first, second = folder / "groups.csv", folder / "ties.csv"
    first.write_text(groups, encoding="utf-8")
    second.write_text(ties, encoding="utf-8")
    return first, second


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["key-players", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["key-players", *arguments])
    assert result.exit_code in (2, 3), result.output
    return result.output


def test_three_groups_without_ties(tmp_path: Path) -> None:
    """They spend 2/3 of the prize; two of them 1/2. At twice the cost one cannot win anything."""
    found = key_players_of(*files(tmp_path))
    assert [row["player"] for row in found.rows()] == ["North", "South", "West"]
    for row in found.rows():
        assert row["effort"] == pytest.approx(2 / 9)
        assert row["payoff"] == pytest.approx(1 / 9)
        assert row["removed_change"] == pytest.approx(-1 / 4)
        assert row["removed_why"] is None
        assert row["embargoed_change"] is None
        assert row["embargoed_why"] == f"nothing left to win for {row['player']}"
    assert found.to_dict()["interior"] is True
    assert found.to_dict()["sum_of_efforts"] == pytest.approx(2 / 3)
    dearer = key_players_of(*files(tmp_path), how=How(factor=1.5))
    # costs (1.5, 1, 1): Lambda = 2/3.5, all strength Lambda x sum of shares 1
    assert dearer.rows()[0]["embargoed_change"] == pytest.approx((2 / 3.5) / (2 / 3) - 1)


def test_allies_enemies_and_together(tmp_path: Path) -> None:
    ties = "group_a,group_b,allied,enemy\n1,2,1,0\n2,1,1,0\n1,3,0,1\n2,3,0,1\n"
    found = key_players_of(*files(tmp_path, ties=ties), how=How(together=(("North", "South"),)))
    assert [row["player"] for row in found.rows()] == ["North + South", "West"]
    first = found.rows()[0]
    assert (first["allies"], first["enemies"]) == (0, 1)  # of one another they are neither
    assert first["removed_why"] == "fewer than two are left"
    assert first["effort"] == pytest.approx(2 * 0.221893, abs=1e-6)


def test_without_an_equilibrium_there_are_no_numbers(tmp_path: Path) -> None:
    ties = "group_a,group_b,allied,enemy\n1,2,0,1\n1,3,0,1\n"
    found = key_players_of(*files(tmp_path, ties=ties), settings={"contest.gamma": 0.5})
    assert found.to_dict()["interior"] is False
    assert all(row["effort"] is None and row["removed_change"] is None for row in found.rows())
    assert "no interior equilibrium (too many enemies for North)" in found.sentence()
    assert "with beta and gamma equal there is one where both are at most 0.3" in found.sentence()
    linear = key_players_of(*files(tmp_path, ties=ties), settings={"contest.gamma": 0.51}, how=How(linear=True))
    assert linear.rows()[0]["effort"] is not None
    assert "linear formula" in linear.sentence()
    assert linear.to_dict()["interior"] is False


def test_whoever_stays_is_named_as_before(tmp_path: Path) -> None:
    """Without its enemy North, South leaves all the fighting to its ally East."""
    groups = "group,beta,gamma\n" + "".join(f"{name},0.3,0.5\n" for name in ("North", "South", "West", "East"))
    ties = "group_a,group_b,allied,enemy\nNorth,South,0,1\nSouth,East,1,0\nWest,East,0,1\n"
    rows = {row["player"]: row for row in key_players_of(*files(tmp_path, groups, ties)).rows()}
    assert rows["North"]["effort"] > 0.0
    assert rows["North"]["removed_why"] == "an effort below nothing for South"


def test_sorted_by_what_is_asked(tmp_path: Path) -> None:
    ties = "group_a,group_b,allied,enemy\n1,2,0,1\n1,3,0,1\n"
    rows = key_players_of(*files(tmp_path, ties=ties), how=How(sort="removed")).rows()
    assert [row["player"] for row in rows] == ["North", "South", "West"]
    assert rows[0]["removed_change"] < rows[1]["removed_change"]
    assert rows[1]["removed_change"] == pytest.approx(rows[2]["removed_change"])


MISTAKES = {
    "no column group": ("grup,name\n1,North\n2,South\n", TIES, "no column group .near: grup"),
    "an unknown column": (GROUPS.replace("name", "nom"), TIES, "unknown column 'nom'"),
    "a group twice": (GROUPS + "1,Again,0.1,0.1\n", TIES, "the group '1' is there twice"),
    "one group": ("group,beta,gamma\n1,0.1,0.1\n", "group_a,group_b,allied,enemy\n", "fewer than two groups"),
    "two betas": (GROUPS.replace("West,0.1", "West,0.2"), TIES, "beta is not the same in every row"),
    "no beta": ("group\n1\n2\n3\n", TIES, "no column beta .give it with --set contest.beta=NUMBER"),
    "no number": (GROUPS.replace("West,0.1", "West,much"), TIES, "groups.csv:4: column beta: 'much'"),
    "an unknown group": (GROUPS, TIES + "1,9,0,1\n", "ties.csv:3: no group has the key '9'"),
    "both at once": (GROUPS, TIES + "1,3,1,1\n", "ties.csv:3: a pair is allied and at enmity at once"),
    "oneself": (GROUPS, TIES + "1,1,1,0\n", "ties.csv:3: a group is tied to itself"),
    "two ways": (GROUPS, TIES + "2,1,1,0\n", "ties.csv:3: the same pair is tied in another way further up"),
    "below 0": (GROUPS, TIES + "1,3,0,-1\n", "ties.csv:3: a tie below 0"),
    "an empty cell": (GROUPS, TIES + "1,3,,1\n", "ties.csv:3: a row that is longer or shorter"),
    "a long row": (GROUPS, TIES + "1,3,0,1,1\n", "ties.csv:3: a row that is longer or shorter"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_in_the_files_are_named(tmp_path: Path, mistake: str) -> None:
    groups, ties, told = MISTAKES[mistake]
    with pytest.raises(FileError, match=told):
        read_groups(*files(tmp_path, groups, ties))


def test_names_and_shifters_of_the_files(tmp_path: Path) -> None:
    text = "group,name,shifter,cost,TotFight\na,Same,0.01,1,3\nb,Same,0,1,4\nc,Other,0,1.01,5\n"
    read = read_groups(*files(tmp_path, text, "group_a,group_b,allied,enemy\na,c,2,0\n"), beta=0.05, gamma=0.0)
    assert read.names == ("a", "b", "c")  # names that are not distinct give way to keys
    assert read.contest.shifters.tolist() == [0.01, 0.0, 0.0]
    assert read.contest.costs.tolist() == [1.0, 1.0, 1.01]
    assert read.contest.allies[0, 2] == read.contest.allies[2, 0] == 2.0
    assert read.observed.tolist() == [3.0, 4.0, 5.0]


def test_questions_that_cannot_be_understood(tmp_path: Path) -> None:
    groups, ties = map(str, files(tmp_path))
    assert "--on DAY for states" in refused()
    assert "--on DAY for states" in refused("--groups", groups)
    assert "--on DAY for states" in refused("--on", "2023-04-03", "--groups", groups, "--adjacency", ties)
    assert "leave --hostility out" in refused("--groups", groups, "--adjacency", ties, "--hostility", "none")
    assert "no treaties" in refused("--groups", groups, "--adjacency", ties, "--set", "contest.eu_42_7=no")
    assert "no such file" in refused("--groups", f"{groups}x", "--adjacency", ties)
    assert "near names: North" in refused("--groups", groups, "--adjacency", ties, "--together", "Nort,South")
    assert "each named once" in refused("--groups", groups, "--adjacency", ties, "--together", "North")
    assert "each named once" in refused(
        "--groups", groups, "--adjacency", ties, "--together", "North,South", "--together", "South,West"
    )
    assert "factor above 1" in refused("--on", "2023-04-03", "--embargo", "1")
    assert "name or removed or embargoed" in refused("--on", "2023-04-03", "--sort", "size")


def test_states_of_a_day(record: Record) -> None:
    """At rates with an equilibrium: each row is the contest without that state, reckoned by itself."""
    chosen = {"contest.beta": 0.01, "contest.gamma": 0.01}
    found = key_players_on(record, on="2023-04-03", settings=chosen, how=How(factor=1.002))
    answer = found.to_dict()
    assert answer["hostility"].startswith("conflicts of 10 years to 2023-04-03")
    assert answer["interior"] is True
    assert answer["record"] == record.digest
    assert 0.01 < answer["equal_rates_up_to"] < 0.02
    assert len(found.rows()) == 195
    rows = {row["player"]: row for row in found.rows()}
    states, whole = list(rows), found.found.dissipation  # type: ignore[union-attr]
    for state in ("IND", "USA", "FRA"):
        left = equilibrium(without(found.contest, [states.index(state)]))
        assert rows[state]["removed_change"] == pytest.approx(left.dissipation / whole - 1.0)  # type: ignore[union-attr]
    assert rows["IND"]["removed_change"] < 0.0 < rows["USA"]["removed_change"]  # without its allies' hub all pay more
    assert "UCDP_PRIO_ACD_25_1" in found.sources()
    by_default = key_players_on(record, on="2023-04-03")
    assert "no interior equilibrium (an effort below nothing for " in by_default.sentence()
    assert all(row["effort"] is None for row in by_default.rows())
    with pytest.raises(MissingData, match="--hostility"):
        key_players_on(record, on="1975-01-01")


def test_ties_in_doubt_leave_it_unknown(record: Record) -> None:
    found = key_players_on(record, on="2004-03-28", settings={"contest.beta": 0.01})
    assert "not known, because ties are in doubt (" in found.sentence()
    assert found.to_dict()["interior"] is None
    assert found.to_dict()["in_doubt"]
    assert all(row["removed_change"] is None for row in found.rows())


def test_the_same_question_in_python(desk: Desk, tmp_path: Path) -> None:
    groups, ties = files(tmp_path)
    asked = desk.models.key_players(groups=groups, adjacency=ties)
    assert asked.rows()[0]["removed_change"] == pytest.approx(-0.25)
    told = json.loads(run("--groups", str(groups), "--adjacency", str(ties), "--json"))
    assert told["schema"] == "key-players/1"
    assert told["rows"][0]["removed_change"] == -0.25
    assert told["sum_of_efforts"] == 0.666666667


@pytest.fixture
def congo() -> tuple[str, ...]:
    if not Path(CONGO[1]).exists():
        pytest.skip("the replication data of the Congo war are not here")
    return CONGO


def rows_of(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return {row["player"]: row for row in csv.DictReader(lines)}


def test_congo_by_the_command(congo: tuple[str, ...], tmp_path: Path) -> None:
    """models.md section 3, A and B: the equilibrium, and both rankings for all groups, written to a CSV."""
    out = tmp_path / "congo.csv"
    said = run(*congo, "--linear", "--together", "RWA-I,RWA-II", "--sort", "embargoed", "--csv", str(out))
    assert "sum of local hostility 83.31056364, total hostility 0.98799672, sum of efforts 474.3077334" in said
    rows = rows_of(out)
    assert len(rows) == 79  # the published ranking has 78: Rwanda's two armies as one, the government left out
    ranked = [name for name in rows if name != "DRC"]
    assert ranked[:7] == ["RCD-G", "RCD-K", "RWA-I + RWA-II", "LRA", "UPC", "MLC", "LOB"]
    for name, fall in (("RCD-G", 3.074052), ("RCD-K", 2.073475), ("LRA", 0.827756), ("RCD", -1.098481)):
        assert -100.0 * float(rows[name]["embargoed_change"]) == pytest.approx(fall, abs=5.1e-6), name
    removed = {"DRC": -0.2181, "RCD-G": -0.1510, "RCD-K": -0.0944, "RWA-I + RWA-II": -0.0657, "LRA": -0.0565,
               "FDLR": -0.0547, "MAYI": -0.0462, "UGA": -0.0433, "CNDP": -0.0411, "MLC": -0.0386}  # fmt: skip
    for name, change in removed.items():
        assert float(rows[name]["removed_change"]) == pytest.approx(change, abs=5.1e-5), name
    share = float(rows["RCD-G"]["observed_effort"]) / sum(float(row["observed_effort"]) for row in rows.values())
    assert -float(rows["RCD-G"]["removed_change"]) / share == pytest.approx(1.740, abs=5.1e-4)


def test_congo_by_default_gives_no_number_where_there_is_no_equilibrium(congo: tuple[str, ...], tmp_path: Path) -> None:
    out = tmp_path / "congo.csv"
    run(*congo, "--csv", str(out))
    rows = rows_of(out)
    assert len(rows) == 80
    assert all(not row["embargoed_change"] and row["embargoed_why"] for row in rows.values())
    assert sum(not row["removed_change"] for row in rows.values()) == 18
    assert rows["DRC"]["removed_why"].startswith("an effort below nothing for ")
    assert float(rows["CNDP"]["removed_change"]) == pytest.approx(-0.0411, abs=5.1e-5)
    read = read_groups(Path(CONGO[1]), Path(CONGO[3]))
    assert equilibrium(read.contest).effort == pytest.approx(read.observed, abs=1e-5)  # type: ignore[union-attr]
