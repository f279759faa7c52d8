"""`indivisible decide`: the shape of the answer, likeliest mistakes in one line, and what is said in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from indivisible.apps.cli import main

VETO = """\
body: UNSC
on: 2022-02-25
title: A draft
votes: {Russia: no, CHN: abstain, IND: abstain, ARE: abstain}
others: yes
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["decide", *arguments])


def asked(folder: Path, text: str, *arguments: str) -> Result:
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return run(str(path), *arguments)


def answer(folder: Path, text: str) -> dict[str, Any]:
    result = asked(folder, text, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_shape_is_the_contract(tmp_path: Path) -> None:
    found = answer(tmp_path, VETO)
    assert next(iter(found)) == "schema"
    pinned = {"schema", "body", "on", "rule", "outcome", "steps", "defeated_by", "flips", "possible"}
    assert {key: found[key] for key in pinned} == {
        "schema": "decide/1",
        "body": "UNSC",
        "on": "2022-02-25",
        "rule": "matters that are not procedural (UN Charter 27(3))",
        "outcome": "rejected",
        "steps": [
            {
                "rule": "at least 9 affirmative votes",
                "article": "UN Charter 27(3)",
                "found": "11 votes",
                "passed": True,
            },
            {
                "rule": "no permanent member votes against",
                "article": "UN Charter 27(3)",
                "found": "RUS",
                "passed": False,
            },
        ],
        "defeated_by": "veto",
        "flips": [["RUS"]],
        "possible": ["rejected"],
    }
    assert list(found["votes"]) == sorted(found["votes"]) == found["members"]
    assert found["record"].startswith("sha256:")


def test_what_is_not_known_is_null_and_never_no(tmp_path: Path) -> None:
    found = answer(tmp_path, VETO.replace("Russia: no", "Russia: unknown"))
    assert (found["outcome"], found["defeated_by"], found["flips"]) == (None, None, None)
    assert found["possible"] == ["adopted", "rejected"]
    assert [step["passed"] for step in found["steps"]] == [True, None]
    assert found["votes"]["RUS"] == "unknown"


def test_an_adopted_decision_has_no_defeat(tmp_path: Path) -> None:
    found = answer(tmp_path, VETO.replace("Russia: no", "Russia: abstain"))
    assert (found["outcome"], found["defeated_by"], found["failed"]) == ("adopted", None, [])
    assert found["follows"].startswith("Members have to carry out what the Council decides (Article 25)")


def test_the_outcome_words_are_the_three_of_the_contract(tmp_path: Path) -> None:
    silence = "body: NATO\non: 2024-06-13\nprocedure: silence\nfacts: {deadline: 2024-06-14}\nothers: silent\n"
    found = answer(tmp_path, silence)
    assert (found["outcome"], found["defeated_by"], found["flips"]) == ("no_decision", "silence still running", [])


def test_many_who_could_turn_it_together_are_counted_and_three_outcomes_are_listed(tmp_path: Path) -> None:
    silence = "body: NATO\non: 2022-02-26\nprocedure: silence\nfacts: {deadline: 2022-02-25}\n"
    case = tmp_path / "case.yaml"
    case.write_text(silence + "votes: {Турция: breaks silence}\n", encoding="utf-8")
    said = CliRunner().invoke(main, ["decide", str(case)]).stdout.replace("\n", " ")
    assert '"no ally breaks silence" (TUR; not known of 29 others;' in said
    assert "It would turn if all 29 whose vote is not known and TUR kept silent instead." in said
    case.write_text("body: EU\non: 2022-03-02\nprocedure: cfsp\n", encoding="utf-8")
    assert "Open: adopted, not adopted or no decision." in CliRunner().invoke(main, ["decide", str(case)]).stdout


def test_json_says_whether_every_smallest_set_is_listed(tmp_path: Path) -> None:
    assert answer(tmp_path, VETO)["flips_complete"] is True
    many = answer(tmp_path, "body: EU\non: 2022-03-01\nothers: yes\n")
    assert (len(many["flips"]), many["flips_complete"], many["flips_proven"]) == (200, False, True)
    assert answer(tmp_path, COUNTS + "counts: {yes: 9, 'no': 6}\n")["flips_complete"] is False, "no names"


def test_who_may_have_had_a_vote_is_counted_both_ways_in_who_could_turn_it(tmp_path: Path) -> None:
    """Saudi Arabia in BRICS: whether its invitation was taken up is not known."""
    brics = "body: BRICS\non: 2024-03-01\nothers: yes\n"
    both = answer(tmp_path, brics + "votes: {SAU: no, IND: no}\n")
    assert (both["outcome"], both["flips"]) == ("rejected", [["IND", "SAU"]])
    assert answer(tmp_path, brics + "votes: {SAU: no}\n")["outcome"] is None
    agreed = answer(tmp_path, brics)
    assert (agreed["outcome"], len(agreed["flips"])) == ("adopted", 9)
    assert ["SAU"] not in agreed["flips"], "it may have had no vote"


COUNTS = "body: UNSC\non: 2022-02-25\nprocedure: procedural\n"
MISTAKES = [
    (VETO.replace("CHN:", "Germany:"), "field votes: Germany (DEU) has no vote in UNSC on 2022-02-25", "members UNSC"),
    (
        VETO.replace("CHN: abstain", "RUS: abstain"),
        "two votes by one member: 'Russia' and 'RUS' are both RUS",
        "keep one",
    ),
    (VETO.replace("abstain, IND", "against, IND"), "'against' is no vote", "(write no or unknown)"),
    (VETO.replace("2022-02-25", "25.02.2022"), "'25.02.2022' is not a day", "write YYYY-MM-DD"),
    (VETO.replace("votes:", "vote:"), "no field is called 'vote'", "near names: votes"),
    (VETO.replace("Russia", "Rusia"), "Rusia", "Russia"),
    (VETO + "procedure: substantiv\n", "UNSC has no procedure 'substantiv'", "substantive"),
    (VETO + "members: [FRA, GBR, RUS, CHN, IND, ARE]\n", "6 votes together do not reach", "name all who voted"),
    (VETO + "facts: {veto: yes}\n", "no fact is called 'veto'", "chapter"),
    ("- body: UNSC\n", "it is not a map", "begin with"),
    (VETO.replace("2022-02-25", "2022-02-30"), "line 2: '2022-02-30' is not a day", "write YYYY-MM-DD"),
    (VETO.replace("2022-02-25", "2022-02-25 23:00:00"), "'2022-02-25 23:00:00' is not a day", "write YYYY-MM-DD"),
    (VETO.replace("body: UNSC", "body: [UNSC]"), "['UNSC'] is no name of a body", "write body: UNSC"),
    (VETO.replace("body: UNSC", "body: GUAM"), "the rules by which GUAM decides are not known", "known: AU,"),
    (
        VETO.replace("2022-02-25", "2030-02-25"),
        "members of UNSC on 2030-02-25; it ends on 20",
        "members: [...]",
    ),
    ("body: UNION_STATE\non: 2030-03-01\nothers: yes\n", "of 2 states whether they were members", "members: [...]"),
    (VETO + "members: [RUS, Russia]\n", "'RUS' and 'Russia' are both RUS", "keep one of them"),
    (VETO + "facts: {chapter: 7}\n", "7 is none of the choices", "choose VI, 52(3), VII, other"),
    (VETO + "facts: {parties_to_dispute: RUS}\n", "'RUS' is not a list of names", "write [RUS]"),
    ("body: OSCE\non: 1992-07-08\nprocedure: minus_one\nfacts: {concerned: [JPN]}\n", "field facts: Japan", "members"),
    (COUNTS + "counts: {yes: 9}\nothers: no\n", "both counts and votes (or others)", "give one of them"),
    ("body: COE\non: 2022-02-25\nvotes: {RUS: no}\n", "2022-02-25: its participation is suspended", "the day before"),
    (VETO + "procedure: no\n", "False is not a text", "in quotes"),
    (VETO + "sources: no\n", "field sources: False is not a list of names", "write ["),
    (COUNTS + "counts: {yes: 9, Yes: 2}\n", "'yes' stands twice", "keep one of the two"),
    (COUNTS + "counts: {yes: 9, unknown: 6}\n", "unknown is no vote", "leave those out"),
    (COUNTS + "counts: {yes: 9, 'no': 7}\n", "16 votes by 15 members", "check them"),
]


@pytest.mark.parametrize(("text", "says", "do"), MISTAKES, ids=[says for _, says, _ in MISTAKES])
def test_mistakes_are_told_in_one_line_with_what_to_do(tmp_path: Path, text: str, says: str, do: str) -> None:
    result = asked(tmp_path, text)
    told = result.stderr.strip()
    assert result.exit_code in (2, 3)
    assert result.stdout == ""
    assert says in told
    assert do in told
    assert "\n" not in told


def test_a_body_in_place_of_a_file() -> None:
    result = run("Security Council")
    assert result.exit_code == 2
    assert "is a body; a case is a file" in result.stderr
    assert "decide --bodies UNSC" in result.stderr
    assert "neither a file nor a body" in run("Sekurity").stderr
    assert "no case is given" in run().stderr
    assert "cannot be read" in run("nothing.yaml").stderr


def test_procedures_of_one_body_and_of_all() -> None:
    one = run("--bodies", "OSCE")
    assert one.exit_code == 0
    assert "outside_its_territory (yes or no)" in " ".join(one.output.split())
    everything = json.loads(run("--bodies", "--json").stdout)
    assert {"BRICS", "CIS", "CSTO", "NATO", "OSCE", "SCO", "UNGA", "UNION_STATE", "UNSC"} <= {
        row["body"] for row in everything["rows"]
    }


def test_the_answer_goes_into_a_file(tmp_path: Path) -> None:
    for name in ("decision.csv", "decision.html", "decision.json"):
        assert asked(tmp_path, VETO, "--out", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).stat().st_size > 100
    assert json.loads((tmp_path / "decision.json").read_text(encoding="utf-8"))["outcome"] == "rejected"


SAID = [
    (VETO, 'Not adopted (veto). It fails on "no permanent member votes against" (RUS; UN Charter 27(3)).'),
    (VETO, "Could turn it alone: RUS."),
    (VETO.replace("Russia: no", "Russia: unknown"), "Open: adopted or not adopted. Not known: the vote of RUS."),
    ("body: UNSC\non: 1965-11-23\nvotes: {FRA: abstain, GBR: abstain, NLD: abstain, USA: abstain}\nothers: yes\n",
     "Could turn it together: any 2 of FRA, GBR, NLD, USA."),
    ("body: UNSC\non: 1956-10-30\nvotes: {FRA: no, GBR: no}\nothers: yes\n", "Could turn it together: FRA and GBR."),
    ("body: SCO\non: 2023-07-04\nvotes: {CHN: no, IND: unknown}\nothers: yes\n",
     "Could turn it together: CHN and IND (not known: the vote of IND)."),
    ("body: UNGA\non: 1971-10-25\ncounts: {yes: 76, no: 35, abstain: 17, absent: 3}\n",
     "It takes 3 members to turn it (141,740 such sets)"),
    ("body: NATO\non: 2024-03-01\nprocedure: accession_protocol\nvotes: {HUN: absent}\nothers: yes\n",
     "(30 allies, all but HUN; protocol of accession, II)"),
    ("body: OSCE\non: 2022-03-31\nothers: yes\n", "It would turn if any one of the 57 who vote yes voted no instead."),
    ("body: UNION_STATE\non: 2022-03-31\nvotes: {BLR: no}\nothers: yes\n", "held with medium confidence"),
    ("body: CSTO\non: 2022-01-06\nprocedure: peacekeeping\nfacts: {host: KAZ, request: no}\nothers: yes\n",
     "(the case says not; Agreement on Peacekeeping of 2007). No other votes would carry it."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), SAID, ids=[sentence for _, sentence in SAID])
def test_what_is_said(tmp_path: Path, text: str, sentence: str) -> None:
    result = asked(tmp_path, text)
    assert sentence in result.output, result.output
