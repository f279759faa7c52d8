"""Of an assessment's page: how sure its verdicts are over the draws, and at whose expense gains and losses come."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np

from indivisible.assess.assessment import Assessment, Judgement
from indivisible.assess.draws import KINDS, Draws
from indivisible.assess.headline import unseen_text
from indivisible.assess.verdict import LOSES, NOT_SEEN
from indivisible.assess.words import counted, value_text
from indivisible.report.charts import VERDICT_WORDS
from indivisible.report.html_table import Cell, section, table

MOST = 20  # states in a table of shares; all of them stand in the JSON
MOST_TAKERS = 8


def sure_section(a: Assessment) -> str:
    """Shares of the draws in which states gain or lose, those who take the steps first; empty if nothing was drawn."""
    parts = [_sure(j, found, a) for j in a.models if (found := j.drawn) is not None]
    return section("sure", "How sure: constants and unknown figures drawn", "".join(parts)) if parts else ""


def _sure(j: Judgement, found: Draws, a: Assessment) -> str:
    reported = [one.state for one in j.states]
    losing = sorted(reported, key=lambda state: (-found.share(state, LOSES), state))
    first = [state for state in a.actors if state in reported][:MOST]
    shown = first + [state for state in losing if state not in first][: MOST - len(first)]
    rows: list[list[Cell]] = []
    for state in shown:
        said = found.of(state)
        shares = [(f"{said[kind]:.0%}", said[kind]) for kind in KINDS]
        rows.append([_named(state, a), share_bar(found, state), *shares, escape(said["turns_on"] or "·")])
    head = ["State", "Draws", *(VERDICT_WORDS[kind] for kind in KINDS), "The sign turns most on"]
    constants = ", ".join(escape(name) for name in found.drawn) or "no constant"
    told = (
        f"<p>{found.number} draws, seed {found.seed}: {constants} over their documented ranges, and "
        f"{found.unknown_drawn} figures and ties that are not known. The same draw holds before and after."
    )
    unseen = sum(one.verdict == NOT_SEEN for one in j.states)
    told += f" {unseen_text(unseen)}</p>" if unseen else "</p>"
    flips = "".join(
        f"<li>With {escape(flip.parameter)} at {escape(value_text(flip.value))}, all else as set, the verdict turns to "
        f"its opposite for {escape(', '.join(a.names.get(s, s) for s in flip.states))}.</li>"
        for flip in j.flips
    )
    listed = table(head, rows, caption=f"Shares of the draws in {j.label}; the head of a column sorts", name="sortable")
    return f"<h3>{escape(j.label)}</h3>{told}" + (f"<ul>{flips}</ul>" if flips else "") + listed


def share_bar(found: Draws, state: str) -> str:
    """One state's draws as a bar: gain, lose, unchanged, unknown from left to right; the numbers stand beside it."""
    parts, x = [], 0.0
    for kind in KINDS:
        width = 120.0 * found.share(state, kind)
        if width:
            parts.append(f'<rect class="{kind}" x="{x:.1f}" y="0" width="{width:.1f}" height="12"/>')
        x += width
    return f'<svg class="share" viewBox="0 0 120 12" aria-hidden="true">{"".join(parts)}</svg>'


def expense_section(a: Assessment) -> str:
    """Whose steps the largest losses and gains are due to; empty if that was not asked."""
    parts = [_expense(j, a) for j in a.models if j.attributed is not None]
    title = "At whose expense: Shapley shares of every change of score"
    return section("expense", title, "".join(parts)) if any(parts) else ""


def _expense(j: Judgement, a: Assessment) -> str:
    found = j.attributed
    assert found is not None
    known = np.isfinite(found.total) & ~np.isnan(found.due).any(axis=0)
    known &= np.isin(found.states, [one.state for one in j.states])
    order = [i for i in np.argsort(found.total, kind="stable").tolist() if known[i] and found.total[i] != 0.0]
    shown = order if len(order) <= MOST else order[: MOST // 2] + order[-MOST // 2 :]
    if not shown:
        return ""
    takers = sorted({taker for i in shown for taker in found.by_state(i)})
    heavy = sorted(takers, key=lambda t: (-max(abs(found.by_state(i).get(t, 0.0)) for i in shown), t))[:MOST_TAKERS]
    rows: list[Sequence[Cell]] = [
        [_named(found.states[i], a), _number(float(found.total[i]))]
        + [_number(found.by_state(i).get(taker, 0.0)) for taker in heavy]
        for i in shown
    ]
    head = ["State", "Change", *(escape(a.names.get(taker, taker) or "nobody named") for taker in heavy)]
    how = "exact, over all sets of steps" if found.exact else "sampled; standard errors stand in the JSON"
    rest = len(takers) - len(heavy)
    more = f" {counted(rest, 'more state')} {'shares' if rest == 1 else 'share'} the rest." if rest else ""
    note = f"<p>{how.capitalize()}; what is not known stands in the middle of its bounds.{more}</p>"
    caption = f"The largest losses and gains in {j.label}, and the states whose steps they are due to"
    return f"<h3>{escape(j.label)}</h3>{note}" + table(head, rows, caption=caption, name="sortable")


def _named(state: str, a: Assessment) -> str:
    return f'{escape(a.names.get(state, state))} <span class="code">{state}</span>'


def _number(value: float) -> Cell:
    return f"{value:+.3g}" if value else "0", value
