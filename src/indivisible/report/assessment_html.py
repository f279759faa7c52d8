"""An assessment as one page that stands alone: charts, tables behind them, sources, and what it cannot say.

Nothing is loaded from anywhere: style, charts and the few lines that sort the table are in the page.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from indivisible.assess.assessment import Assessment, Judgement, StateChange, Variant
from indivisible.assess.verdict import GAINS, LOSES, VERDICTS, threshold
from indivisible.assess.words import counted, listed, value_text
from indivisible.record.claim import Source
from indivisible.report.assessment_depth import expense_section, sure_section
from indivisible.report.charts import (
    VERDICT_WORDS,
    Bar,
    change_chart,
    change_text,
    counts_bar,
    interval_text,
    parameter_name,
    strips,
)
from indivisible.report.html_table import Cell, section, table
from indivisible.values import Truth

MOST_ACTORS = 4  # in a table of constants
MOST_BARS = 12  # of gains, and of losses, in one chart
_SAID = {"gains": "gains", "loses": "loses", "unchanged": "unchanged", "unknown": "unknown", "not_seen": "not seen"}


def page(assessment: Assessment, sources: Mapping[str, Source]) -> str:
    """The whole page as text; `sources` are the record's, for titles and publishers."""
    body = "\n".join(
        part
        for part in (
            _head(assessment),
            _headline(assessment),
            sure_section(assessment),
            expense_section(assessment),
            *(_changes(judgement, assessment) for judgement in assessment.seeing),
            _differences(assessment),
            _spreads(assessment),
            _summary(assessment),
            _all_states(assessment),
            _settings(assessment),
            _sources(assessment, sources),
        )
        if part
    )
    style, script = (Path(__file__).with_name(f"assessment.{kind}").read_text("utf-8") for kind in ("css", "js"))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(assessment.title)} · assessment</title><style>{style}</style></head>\n"
        f"<body><main>\n{body}\n</main><script>{script}</script></body></html>\n"
    )


def _head(a: Assessment) -> str:
    actors = [a.names.get(state, state) for state in a.actors]
    named = ", ".join(actors[:12]) + (f" and {len(actors) - 12} more" if len(actors) > 12 else "")
    taken = f"<p><b>Named in its steps</b> {escape(named)}</p>" if actors else ""
    told = f'<p class="lead">{escape(a.description)}</p>' if a.description else ""
    only = (
        f"<p><b>Reported</b> {counted(len(a.among), 'state')}; all others act in the models too</p>" if a.among else ""
    )
    return (
        f'<header><p class="eyebrow">What a change does to every state</p><h1>{escape(a.title)}</h1>{told}'
        f'<div class="facts"><p><b>Architecture of</b> {escape(a.on)}</p><p><b>Power</b> {escape(a.power)}</p>'
        f"<p><b>Change</b> {escape(a.change)}</p>{taken}{only}</div></header>"
    )


def _headline(a: Assessment) -> str:
    legend = "".join(
        f'<span class="key"><i class="swatch {name}"></i>{word}</span>' for name, word in VERDICT_WORDS.items()
    )
    cards = "\n".join(_card(judgement, a) for judgement in a.seeing or a.models)
    blind = [j.label for j in a.models if j not in a.seeing] if a.seeing else []
    cards += "" if a.seeing else "<p>No model reads anything that this change touches.</p>"
    cards += f"<p>Nothing that {escape(listed(blind))} read is touched by this change.</p>" if blind else ""
    cards += "".join(f"<p>{escape(n.model)} did not run: {escape(n.why)}; {escape(n.do)}.</p>" for n in a.not_run)
    return section(
        "headline",
        "Who gains, who loses, what is not known",
        f'<p>Rival models stand side by side; there is no mean and no best.</p><p class="legend">{legend}</p>{cards}',
    )


def _card(j: Judgement, a: Assessment) -> str:
    counts = j.counts.to_dict()
    bar = counts_bar(counts, f"{j.label}, states by verdict")
    said = ", ".join(f"<b>{counts[name]}</b> {word}" for name, word in VERDICT_WORDS.items())
    taken = j.assumes
    granted = f'<p class="quiet">In this model {escape(taken)}.</p>' if taken else ""
    tried = [v for v in a.variants if v.model == j.label]
    above = _variants(j, tried, a) if tried else ""
    levels = table(
        ["Effects count above", *(VERDICT_WORDS[name] for name in VERDICTS)],
        [
            [f"{float(level):.0%}", *(str(counts.to_dict()[name]) for name in VERDICTS)]
            for level, counts in j.counts_at.items()
        ],
        caption=f"States by verdict in {j.label}, at three bounds of materiality",
    )
    turns = "".join(f"<p>{escape(line)}</p>" for one in j.reach for line in one.sentences(a.names))
    notes = "".join(f"<p>{escape(note)}</p>" for note in j.notes)
    return (
        f'<article class="card"><h3>{escape(j.label)}</h3>{granted}{notes}{above}{turns}{bar}'
        f"<p>{said}. {escape(loss_text(j))}</p>"
        f"<details><summary>At other bounds</summary>{levels}</details></article>"
    )


def loss_text(j: Judgement) -> str:
    """Whether nobody loses, as far as the model could have shown it."""
    sight = j.can_show
    if not (sight.actor_gains or sight.actor_loses or sight.third_gains or sight.third_loses):
        return "The model reads nothing that this change touches."
    if j.counts.loses:
        return "Somebody loses."
    if not sight.third_loses:
        return "It cannot show a loss of third states from such steps."
    if j.nobody_loses is Truth.NO:
        return "Somebody loses, though none of the states reported does."
    if j.nobody_loses.json:
        return "Nobody loses, and the model could have shown a loss."
    return "No loss is shown, but some verdicts are unknown."


def _changes(j: Judgement, a: Assessment) -> str:
    gains, losses = ranked(j.states, GAINS), ranked(j.states, LOSES)
    shown = gains[:MOST_BARS] + list(reversed(losses[:MOST_BARS]))
    title = f"Largest changes in {j.label}"
    if not shown:
        return section(f"changes-{j.label}", title, "<p>No state gains or loses by a known amount.</p>")
    bars = [Bar(a.names.get(s.state, s.state), s.verdict, s.change, s.low, s.high) for s in shown]
    chart = change_chart(bars, f"{title}, states ordered", bound=threshold(j.scale, j.materiality), unit=j.scale)
    rest = len(gains) + len(losses) - len(shown)
    more = f" {rest} more stand in the full table." if rest else ""
    unit = (
        "Change of the margin, the ratio of what stands for a state to what stands against it"
        if j.scale == "log_ratio"
        else f"Change of the score ({j.scale})"
    )
    rows = [
        [
            escape(a.names.get(s.state, s.state)),
            _SAID[s.verdict],
            change_text(s.change, j.scale),
            interval_text(s.low, s.high, j.scale),
            escape(s.because),
        ]
        for s in shown
    ]
    behind = table(["State", "Verdict", "Change", "Interval", "Why"], rows, caption=f"{title}, as a table")
    return section(
        f"changes-{j.label}",
        title,
        f"<figure>{chart}<figcaption>{unit}. The grey band does not count as a change. A hollow dot is the middle of "
        f"an interval, where figures are not known; the axis is stretched near zero.{more}</figcaption></figure>"
        f"<details><summary>The same as a table, with reasons</summary>{behind}</details>",
    )


def ranked(states: Sequence[StateChange], verdict: str) -> list[StateChange]:
    """The states with this verdict, the largest change first, then alphabetical."""
    return sorted((one for one in states if one.verdict == verdict), key=lambda one: (-abs(_size(one)), one.state))


def _size(one: StateChange) -> float:
    if not math.isnan(one.change):
        return one.change
    middle = (one.low + one.high) / 2
    return 0.0 if math.isnan(middle) else middle


def _differences(a: Assessment) -> str:
    if len(a.seeing) < 2:
        return ""
    first, *others = a.seeing
    tables = "".join(_crossing(first, other) for other in others)
    tables = f"<details><summary>Counts, model against model</summary>{tables}</details>" if len(others) > 2 else tables
    by_state = {j.label: {s.state: s for s in j.states} for j in a.seeing}
    rows = []
    for state in by_state[first.label]:
        said = {by[state].verdict for by in by_state.values()} & {"gains", "loses", "unchanged"}
        if len(said) > 1:
            cells = [_verdict_cell(by_state[j.label][state], j.scale) for j in a.seeing]
            rows.append([escape(a.names.get(state, state)), *cells])
    listed = (
        table(["State", *(escape(j.label) for j in a.seeing)], rows, caption="States whose known verdicts differ")
        if rows
        else "<p>No state has known verdicts that differ between the models.</p>"
    )
    return section("differences", "Where the models differ", tables + listed)


def _crossing(first: Judgement, other: Judgement) -> str:
    """How many states have which verdict in one model and which in the other."""
    pairs = [(one.verdict, two.verdict) for one, two in zip(first.states, other.states, strict=True)]
    rows = [
        [f"{escape(first.label)}: {_SAID[mine]}"]
        + [_crossed(pairs.count((mine, theirs)), mine == theirs) for theirs in VERDICTS]
        for mine in VERDICTS
    ]  # fmt: skip
    head = ["", *(f"{escape(other.label)}: {_SAID[name]}" for name in VERDICTS)]
    return table(head, rows, caption=f"States by verdict in {first.label} and in {other.label}", name="crossing")


def _crossed(count: int, same: bool) -> str:
    return f'<span class="n{" same" if same else ""}">{count}</span>' if count else '<span class="quiet">·</span>'


def _verdict_cell(one: StateChange, scale: str) -> str:
    told = change_text(one.change, scale) if not math.isnan(one.change) else interval_text(one.low, one.high, scale)
    number = "" if one.verdict == "not_seen" or told == "·" else f' <span class="n">{told}</span>'
    return f'<span class="tag {one.verdict}">{_SAID[one.verdict]}</span>{number}'


def _variants(j: Judgement, own: Sequence[Variant], a: Assessment) -> str:
    varied = next((list(v.parameters) for v in own if v.parameters), [])
    actors = [state for state in a.actors if any(state == x.state for v in own for x in v.actors)]
    actors = actors if len(actors) <= MOST_ACTORS else []
    rows = []
    for v in own:
        values = [value_text(v.parameters[name]) if v.parameters else "·" for name in varied]
        label = escape(v.power) + (" <b>(in use)</b>" if v.chosen else "")
        if v.counts is None:
            rows.append([f"{label} (not imported)", *values, *["·"] * (len(VERDICTS) + len(actors))])
            continue
        by_state = {x.state: x for x in v.actors}
        counts = v.counts.to_dict()
        cells = [_verdict_cell(by_state[state], j.scale) if state in by_state else "·" for state in actors]
        rows.append([label, *values, *(str(counts[name]) for name in VERDICTS), *cells])
    head = ["Power", *(escape(parameter_name(name)) for name in varied), *(VERDICT_WORDS[n] for n in VERDICTS)]
    head += [escape(a.names.get(state, state)) for state in actors]
    said = f"The same change in {j.label} under constants none of which can be proved right"
    return table(head, rows, caption=said, name="tried")


def _spreads(a: Assessment) -> str:
    parts = []
    for j in a.seeing or a.models:
        points = [
            [_middle(s.before.best, s.before.low, s.before.high) for s in j.states],
            [_middle(s.after.best, s.after.low, s.after.high) for s in j.states],
        ]
        chart = strips(points[0], points[1], f"Scores of all states in {j.label}, before and after")
        rows = [
            [
                label,
                *(
                    between(getattr(one, name), getattr(one, f"{name}_low"), getattr(one, f"{name}_high"))
                    for one in (j.before, j.after)
                ),
            ]
            for name, label in (("gini", "Absolute Gini"), ("variance", "Variance"))
        ]
        rows.append(["Worst off", *(_worst(one.worst, a) for one in (j.before, j.after))])
        told = table(
            ["", "Before", "After"], rows, caption=f"Spread of scores in {j.label}, {counted(j.before.states, 'state')}"
        )
        note = "One mark a state, safer to the right; a score known as an interval stands at its middle."
        drawn = f"<figure>{chart}<figcaption>{note}</figcaption></figure>" if chart else ""
        parts.append(f"<h3>{escape(j.label)}</h3>{drawn}{told}")
    return section("spread", "How unequal, before and after", "".join(parts))


def _middle(best: float, low: float, high: float) -> float:
    return best if math.isfinite(best) else (low + high) / 2


def between(best: float, low: float, high: float) -> str:
    """A figure with its bounds: one number, an interval, or not known."""
    if math.isnan(low):
        return "not known"
    told = f"{low:.5g} to {high:.5g}"
    return told if math.isnan(best) else f"{best:.5g}" if low == high else f"{best:.5g} ({told})"


def _worst(states: Sequence[str], a: Assessment) -> str:
    named = ", ".join(a.names.get(state, state) for state in states[:5])
    return escape(named + (f" or {len(states) - 5} others" if len(states) > 5 else "")) or "·"


def _summary(a: Assessment) -> str:
    items = "".join(f"<li>{escape(line.removeprefix('- '))}</li>" for line in a.summary)
    return section("summary", "Summary", f'<ul class="summary">{items}</ul>')


def _all_states(a: Assessment) -> str:
    shown = a.seeing or a.models
    by_state = {j.label: {s.state: s for s in j.states} for j in shown}
    rows: list[list[Cell]] = []
    for state in (s.state for s in shown[0].states) if shown else ():
        ones = [(by_state[j.label][state], j.scale) for j in shown]
        cells = [(_verdict_cell(one, scale), _size(one)) for one, scale in ones]
        why = "".join(
            f"<p><b>{escape(j.label)}</b> {escape(by_state[j.label][state].because)}</p>"
            + (f'<p class="claims">{escape(", ".join(by_state[j.label][state].claims))}</p>'
               if by_state[j.label][state].claims else "")
            for j in shown
        )  # fmt: skip
        name = f'{escape(a.names.get(state, state))} <span class="code">{state}</span>'
        rows.append([name, *cells, f"<details><summary>why</summary>{why}</details>"])
    head = ["State", *(escape(j.label) for j in shown), "Reason and claims"]
    listed = table(head, rows, caption="All states, alphabetical by code; the head of a column sorts", name="sortable")
    return section("states", "Every state", listed)


def _settings(a: Assessment) -> str:
    rows = [
        [f"{escape(j.label)}.{escape(name)}", escape(value_text(value))]
        for j in a.models
        for name, value in j.parameters.items()
    ] + [["hostility", escape(a.hostility)]]
    rows += [["materiality", f"effects above {100 * a.models[0].materiality:.3g}% count"]] if a.models else []
    return section("settings", "Constants in use", table(["Constant", "Value"], rows))


def _random(a: Assessment) -> str:
    return "no random draw" if a.seed is None else f"seed {a.seed}"


def _sources(a: Assessment, sources: Mapping[str, Source]) -> str:
    rows = []
    for key in a.source_keys:
        source = sources.get(key)
        if source is not None:
            kind = "<b>recalled</b>" if source.kind == "recalled" else escape(source.kind)
            rows.append([escape(key), escape(source.title), escape(source.publisher), kind, escape(source.licence)])
    listed = table(
        ["Key", "Title", "Publisher", "Kind", "Licence"], rows, caption="Sources of the pledges and figures read"
    )
    own = "".join(f"<li>{escape(one)}</li>" for one in a.change_sources)
    data = "".join(f"<p>Imported: {escape(name)} {escape(digest)}</p>" for name, digest in a.data.items())
    return section(
        "sources",
        "Sources",
        (f"<p>The change itself rests on:</p><ul>{own}</ul>" if own else "")
        + f"<details><summary>{len(rows)} sources of the record</summary>{listed}</details>{data}"
        + f'<p class="digest">Record {escape(a.record)}<br>indivisible {escape(a.version)}, {_random(a)}</p>',
    )
