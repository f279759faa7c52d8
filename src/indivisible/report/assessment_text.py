"""An assessment on the terminal: constants first, then each model's verdict, the largest changes, the summary last."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from indivisible.assess.assessment import Assessment, Judgement, StateChange
from indivisible.assess.verdict import GAINS, LOSES, NOT_SEEN, UNKNOWN, VERDICTS
from indivisible.assess.why import Why, WhyScore
from indivisible.assess.words import counted, value_text
from indivisible.record.record import Record
from indivisible.report.assessment_html import between, loss_text, page, ranked
from indivisible.report.charts import VERDICT_WORDS, change_text, interval_text, parameter_name
from indivisible.report.terminal import print_table

MOST_ROWS = 5  # of gains, and of losses, for each model
MOST_ACTORS = 4  # in the table of constants; more are left to the other tables
MOST_PARTS = 12  # of a score taken apart


class AssessmentAnswer:
    """An assessment in the shape of every answer, with its own way to the terminal and to a page."""

    def __init__(self, assessment: Assessment, record: Record, question: Mapping[str, Any] | None = None) -> None:
        self.assessment = assessment
        self.question = dict(question or {})  # all that was asked, so that it can be saved
        self._record = record

    def __getattr__(self, name: str) -> Any:
        return getattr(self.assessment, name)

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape assess/1."""
        return self.assessment.to_dict()

    def sentence(self) -> str:
        """The answer in one plain sentence."""
        return self.assessment.sentence()

    def rows(self) -> list[dict[str, Any]]:
        """One row for each model and state."""
        return self.assessment.rows()

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the scores rest on."""
        return self.assessment.sources()

    def to_html(self) -> str:
        """One self-contained page."""
        return page(self.assessment, self._record.sources)

    def show(self) -> None:
        """Print it."""
        show_assessment(self.assessment)


class WhyAnswer:
    """Why a change does to a state what it does, in the shape of every answer."""

    def __init__(self, why: Why) -> None:
        self.why = why

    def __getattr__(self, name: str) -> Any:
        return getattr(self.why, name)

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape why-assess/1."""
        return self.why.to_dict()

    def sentence(self) -> str:
        """The answer in a few plain sentences."""
        return self.why.sentence()

    def rows(self) -> list[dict[str, Any]]:
        """One row for each leaf."""
        return self.why.rows()

    def sources(self) -> tuple[str, ...]:
        """Keys of the sources that the parts rest on."""
        return self.why.sources()

    def show(self) -> None:
        """Print it."""
        show_why(self.why)


def show_assessment(a: Assessment) -> None:
    """Print the assessment; plain text where the output is no terminal."""
    above = f"; effects above {100 * a.models[0].materiality:.3g}% count" if a.models else ""
    print(f"{a.title}\nOn the architecture of {a.on}; power measured by {a.power}; figures frozen{above}.")
    print("" if a.among is None else f"Reported: {counted(len(a.among), 'state')}; all others act in the models too.\n")
    for judgement in a.seeing or a.models:
        _show_model(judgement, a)
    print("Summary")
    for line in a.summary:
        print(line if line.startswith("- ") else f"* {line}")
    print(f"\nRecord {a.record}. Every state, reason and claim: --json, or --out report.html")


def _show_model(j: Judgement, a: Assessment) -> None:
    taken = j.assumes
    print(j.label.upper() + (f": {taken}" if taken else ""))
    tried = list(variant_rows(j, a))
    if tried:
        print_table(tried)
    for line in (*j.notes, *(line for one in j.reach for line in one.sentences(a.names))):
        print(line)
    counts = j.counts.to_dict()
    print("  ".join(f"{counts[name]} {VERDICT_WORDS[name]}" for name in VERDICTS) + f".  {loss_text(j)}")
    print(spread_text(j))
    rows = list(state_rows(j, a.names))
    if rows:
        print_table(rows)
    print()


def spread_text(j: Judgement) -> str:
    """How unequal the scores are before and after, in one line."""
    before, after = (between(one.gini, one.gini_low, one.gini_high) for one in (j.before, j.after))
    return f"Spread of scores (absolute Gini, {counted(j.before.states, 'state')}): {before} before, {after} after."


def variant_rows(j: Judgement, a: Assessment) -> Iterator[dict[str, Any]]:
    """The small table over the constants of one model."""
    for v in a.variants:
        if v.model != j.label:
            continue
        row: dict[str, Any] = {"power": v.power + (" (in use)" if v.chosen else "")}
        row |= {parameter_name(name): value_text(value) for name, value in v.parameters.items()}
        if v.counts is None:
            yield row | {"power": f"{v.power} (not imported)"}
            continue
        row |= {VERDICT_WORDS[name]: str(count) for name, count in v.counts.to_dict().items()}
        few = v.actors if len(v.actors) <= MOST_ACTORS else ()
        yield row | {a.names.get(x.state, x.state): _told(x, j.scale) for x in few}


def state_rows(j: Judgement, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The largest gains and losses of one model and some of those unknown, each group in the order of the alphabet."""
    gains, losses = ranked(j.states, GAINS), ranked(j.states, LOSES)
    unknown = [one for one in j.states if one.verdict == UNKNOWN]
    largest = (gains[:MOST_ROWS], losses[:MOST_ROWS], unknown[:2])
    shown = [one for group in largest for one in sorted(group, key=lambda one: names.get(one.state, one.state))]
    for one in shown:
        yield {
            "state": f"{names.get(one.state, one.state)} ({one.state})",
            "verdict": one.verdict,
            "change": _change(one, j.scale),
            "because": one.because,
        }
    left = len(gains) + len(losses) + len(unknown) - len(shown)
    if left:
        yield {"state": f"and {left} more", "verdict": None, "change": None, "because": None}


def _change(one: StateChange, scale: str) -> str:
    known = one.change == one.change and one.verdict != UNKNOWN  # NaN is not equal to itself
    return change_text(one.change, scale) if known else interval_text(one.low, one.high, scale)


def _told(one: StateChange, scale: str) -> str:
    change = "·" if one.verdict == NOT_SEEN else _change(one, scale)
    return one.verdict.replace("_", " ") + ("" if change == "·" else f" {change}")


def show_why(why: Why) -> None:
    """Print the scores of a state taken apart, the heaviest parts first, each with its claims."""
    print(f"{why.title}: {why.name} ({why.state}) on {why.on}, power {why.power}\n")
    for one in why.models:
        verdict = one.verdict
        print(f"{one.label.upper()}: {_told(verdict, one.scale)}. {verdict.because}")
        same = verdict.verdict == NOT_SEEN
        scores = (("before and after", one.before),) if same else (("before", one.before), ("after", one.after))
        for when, score in scores:
            if score.score.low == -math.inf and score.score.high == math.inf:
                print(f"\nScore {when}: none")
                continue
            print(f"\nScore {when}: {_score(score)}, made of")
            print_table(list(part_rows(score)))
        print()
    print(f"Every part and claim: --json. Record {why.record}")


def _score(score: WhyScore) -> str:
    if score.score.unopposed:
        return "unopposed"
    known = score.score.best == score.score.best  # NaN is not equal to itself
    return f"{score.recombined:.6g}" + ("" if known else " at the lowest")


def part_rows(score: WhyScore) -> Iterator[dict[str, Any]]:
    """The heaviest parts of a score on either side, with where they come from."""
    order = {"constant": 0, "for": 1, "against": 2, "term": 3}
    parts = sorted(score.parts, key=lambda p: (order[p.part.kind], -abs(p.part.value * p.part.weight)))
    for kind in order:
        own = [p for p in parts if p.part.kind == kind]
        for p in own[:MOST_PARTS]:
            leaves = [f"{leaf.address} ({leaf.place})" if leaf.place else leaf.address for leaf in p.leaves]
            yield {
                "part": p.part.label,
                "state": p.part.state or None,
                "value": p.part.value,
                "weight": p.part.weight,
                "pledged": None if p.part.tie is None else " to ".join(p.part.tie),
                "claims": _claims(leaves),
            }
        rest = own[MOST_PARTS:]
        if rest:
            total = sum(p.part.value * p.part.weight for p in rest)
            labels = dict.fromkeys(p.part.label for p in rest)
            yield {"part": f"{len(rest)} more, {' or '.join(labels)}", "state": None, "value": total, "weight": 1.0}


def _claims(addresses: Sequence[str]) -> str:
    return "; ".join(addresses[:4]) + (f" and {len(addresses) - 4} more" if len(addresses) > 4 else "")
