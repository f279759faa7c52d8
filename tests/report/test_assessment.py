"""The reports of an assessment: one page that asks for nothing from outside, and a terminal that says the same."""

from __future__ import annotations

import math
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "architecture"))

import changes_world

from indivisible.assess.assess import assess
from indivisible.assess.why import why_assess
from indivisible.record.record import Record
from indivisible.report.assessment_text import AssessmentAnswer, WhyAnswer
from indivisible.report.charts import Bar, change_chart, change_text, counts_bar, interval_text, strips

VOID = {"meta", "br", "rect", "line", "circle", "path"}


class Checker(HTMLParser):
    """Every tag is closed, nothing is fetched, every chart has a name and every id is used once."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        assert tag not in ("link", "img", "iframe", "base", "object", "embed")
        for name in ("src", "href", "action", "onclick"):
            assert name not in found
        if "id" in found:
            self.ids.append(found["id"] or "")
        if tag == "svg":
            assert found["role"] == "img"
            assert found["aria-label"]
        if tag == "th":
            assert "scope" in found
            self.headings += 1
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return


@pytest.fixture(scope="module")
def lands(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return changes_world.record(tmp_path_factory.mktemp("lands") / "facts")


@pytest.fixture(scope="module")
def answer(lands: Record) -> AssessmentAnswer:
    change = changes_world.make("do: accede, state: DDD, organization: PACT")
    return AssessmentAnswer(assess(lands, change), lands)


def test_the_page_stands_alone(answer: AssessmentAnswer):
    page = answer.to_html()
    checker = Checker()
    checker.feed(page)
    assert checker.open == []
    assert len(checker.ids) == len(set(checker.ids))
    assert checker.headings
    assert not re.search(r"https?://|@import|url\(|fetch\(|XMLHttp|import\(", page)
    assert "prefers-color-scheme:dark" in page
    assert "@media print" in page


def test_the_page_says_what_the_assessment_says(answer: AssessmentAnswer):
    page = answer.to_html()
    for judgement in answer.assessment.models:
        for one in judgement.states:
            assert one.state in page
    for line in ("Eland", "A Primer of the Five Lands", answer.assessment.record, "deterrence.gamma", "cannot show"):
        assert line in page


def test_names_from_outside_are_escaped(lands: Record):
    change = changes_world.make("do: accede, state: DDD, organization: PACT")
    from dataclasses import replace

    found = assess(lands, replace(change, title="<script>x</script>", description="a & b", sources=("<b>",)))
    page = AssessmentAnswer(found, lands).to_html()
    assert "<script>x" not in page
    assert "a &amp; b" in page


def test_a_change_without_steps_has_a_page(lands: Record):
    page = AssessmentAnswer(assess(lands, changes_world.make()), lands).to_html()
    assert "No model reads anything that this change touches." in page


def test_the_terminal_prints_constants_before_and_summary_last(
    answer: AssessmentAnswer, capsys: pytest.CaptureFixture[str]
):
    answer.show()
    told = capsys.readouterr().out
    assert "\x1b" not in told
    assert told.index("allies may attack") < told.index("4 gain  1 lose") < told.index("Summary")
    assert "any state may attack any state that is not its ally" in told
    assert told.index("Summary") < told.index("never averaged")


def test_why_on_the_terminal(lands: Record, capsys: pytest.CaptureFixture[str]):
    change = changes_world.make("do: accede, state: DDD, organization: PACT")
    WhyAnswer(why_assess(lands, change, "DDD")).show()
    told = capsys.readouterr().out
    assert "AAA to DDD" in told
    assert "world.csv:" in told
    assert "changes/x#s1" in told


def test_an_answer_has_the_shape_of_every_answer(answer: AssessmentAnswer):
    assert answer.rows()[0]["model"] == "deterrence"
    assert answer.sources() == ("PRIMER",)
    assert answer.sentence().startswith("X (2010-06-01")
    assert answer.to_dict()["schema"] == "assess/1"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0.0, "0%"),
        (math.log(1.016), "+1.6%"),
        (math.log(0.5), "−50%"),
        (math.log(12.0), "×12"),
        (-math.log(1500.0), "÷1,500"),
        (math.nan, "·"),
        (math.inf, "without limit"),
        (-math.inf, "from no opponent"),
    ],
)
def test_changes_in_words(value: float, told: str):
    assert change_text(value, "log_ratio") == told


def test_intervals_in_words():
    assert interval_text(math.log(1.0161), math.log(1.0162), "log_ratio") == "+1.6%"
    assert interval_text(0.0, math.log(2.0), "log_ratio") == "0% to +100%"
    assert interval_text(-math.inf, math.inf, "share") == "·"
    assert change_text(0.25, "share") == "+0.25"


def test_charts_hold_whatever_the_numbers():
    bars = [
        Bar("A", "gains", math.log(50), math.log(50), math.log(50)),
        Bar("B & C", "gains", math.nan, 0.1, math.inf),
        Bar("D", "loses", -math.inf, -math.inf, -math.inf),
        Bar("E", "loses", -0.02, -0.02, -0.02),
    ]
    for unit in ("log_ratio", "share"):
        drawn = change_chart(bars, "changes", bound=0.00995, unit=unit)
        assert "nan" not in drawn
        assert "inf" not in drawn
        assert "B &amp; C" in drawn
    assert "nan" not in change_chart([bars[2]], "one", bound=0.0, unit="ordinal")
    assert strips([math.nan], [math.nan], "none") == ""
    assert "nan" not in strips([1.0, math.nan], [1.0, 1.0], "some")
    assert (
        counts_bar(dict.fromkeys(("gains", "loses", "unchanged", "unknown", "not_seen"), 0), "none").count("<rect") == 0
    )


def test_one_state_is_a_state_and_materiality_is_told(lands: Record, capsys: pytest.CaptureFixture[str]):
    change = changes_world.make("do: accede, state: DDD, organization: PACT")
    found = AssessmentAnswer(assess(lands, change, models=["deterrence"], among=["AAA"], materiality=0.05), lands)
    found.show()
    told, page = capsys.readouterr().out, found.to_html()
    assert "effects above 5% count" in told.splitlines()[1]
    assert "effects above 5% count" in page
    assert "absolute Gini, 1 state)" in told
    assert not re.search(r"\b1 states\b", told + page)
    assert "Effects above 5% count; above 1% " in told
    assert "; above 5% " not in told
