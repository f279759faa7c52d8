"""How the answer on an exercise is told: one sentence over all texts, one row for each thing of which it speaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from indivisible.rules.demands import ANNOUNCE, CALENDAR, INVITE, NOTIFY
from indivisible.rules.exercise import Figures
from indivisible.rules.finding import BROKEN, UNKNOWN, verdict_of
from indivisible.values import Truth, iso

if TYPE_CHECKING:
    from indivisible.rules.notify import Notices, Row

NOUNS: Mapping[str, str] = {
    NOTIFY: "notification", INVITE: "invitation of observers", CALENDAR: "entry in the annual calendar",
    ANNOUNCE: "announcement years ahead",
}  # fmt: skip


def summed(notices: Notices) -> str:
    """What is required, by whom and by when; what is not known; what is forbidden; which texts do not apply."""
    one = notices.exercise
    days = iso(one.starts) if one.ends is None else f"{iso(one.starts)} to {iso(one.ends)}"
    said = [f"{one.name}, {days}."]
    for key in dict.fromkeys(each.text.KEY for each in notices.applying()):
        rows = [row for row in notices.duties if key == row.instrument.text.KEY]
        said.append(f"{notices.record.name_of(key)}: {_of_text(rows, len(one.figures))}.")
    if not notices.applying():
        said.append("No text on military activities that is encoded here applies to it.")
        reasons = (each.why for each in notices.instruments if each.tied.bound is Truth.YES)
        said += list(dict.fromkeys(reasons))
    suspended = dict.fromkeys(each.tied.why for each in notices.applying() if each.tied.suspended is Truth.YES)
    said += list(suspended)
    if one.guests and notices.applying():
        guests = ", ".join(one.guests)
        said.append(f"Who takes part elsewhere than at home notifies too if its own part reaches the level: {guests}.")
    late = list(dict.fromkeys(row.demand.article for row in notices.duties if row.finding.verdict == BROKEN))
    said += [f"Not kept: {', '.join(late)}."] if late else []
    return " ".join([*said, *_limits(notices)])


def _limits(notices: Notices) -> Iterator[str]:
    """What is forbidden as the year stands, and whether that can be told."""
    broken = list(dict.fromkeys(found.article for _, _, found in notices.constraints if found.verdict == BROKEN))
    if broken:
        yield f"Forbidden by {', '.join(broken)} as the year stands."
    blind = [found.article for _, _, found in notices.constraints if found.verdict == UNKNOWN and found.value is None]
    if blind:
        yield f"Whether {', '.join(dict.fromkeys(blind))} allow it is not known without other_activities."


def _of_text(rows: list[Row], sets: int) -> str:
    """What one text calls for by when, under which figures; and of what that is not known."""
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for row in rows:
        if row.demand.required is not Truth.YES:
            continue
        when = "" if row.demand.last is None else f" no later than {iso(row.demand.last)}"
        word = "called for, of the state's own will," if row.demand.voluntary else "required"
        head = f"{NOUNS[row.demand.duty]} {word}{when} ({row.demand.article})"
        states, whose = found.setdefault(head, ({}, {}))
        states[row.instrument.state] = None
        whose[_whose(row.figures)] = None
    said = [
        f"{head}: {', '.join(states)}" + (f", on figures {'; '.join(whose)}" if len(whose) < sets else "")
        for head, (states, whose) in found.items()
    ]
    unknown = list(dict.fromkeys(row.demand.article for row in rows if row.demand.required is Truth.UNKNOWN))
    said += [f"not known whether called for: {', '.join(unknown)}"] if unknown else []
    return "; ".join(said) or "nothing is required"


def _whose(figures: Figures) -> str:
    """Whose figures they are, in words."""
    return f"{figures.basis} ({figures.by})" if figures.by else figures.basis


def rows_of(notices: Notices) -> Iterator[dict[str, Any]]:
    """What is required first, then what may be; last the limits. Who shares what is said shares a row."""
    merged: dict[tuple[Any, ...], tuple[dict[str, None], dict[str, None]]] = {}
    duties = [row for row in notices.duties if row.demand.required is not Truth.NO]
    for row in sorted(duties, key=lambda one: one.demand.required is not Truth.YES):
        _add(merged, _head(row), row.instrument.state, row.figures)
    for one, figures, found in notices.constraints:
        if found.value is not None:
            verdict = found.verdict.replace("_", " ")
            head = (one.text.KEY, found.article, "limit", None, None, None, verdict, found.because,
                    found.remedy or None, found.confidence)  # fmt: skip
            _add(merged, head, one.state, figures)
    for head, (states, whose) in merged.items():
        text, article, duty, required, last, to, kept, because, remedy, confidence = head
        yield {
            "text": text, "article": article, "duty": duty, "required": required, "by when": last,
            "by": ", ".join(states), "to": to, "figures": "; ".join(one for one in whose if one) or None,
            "kept": kept, "because": because, "remedy": remedy, "confidence": confidence,
        }  # fmt: skip


def _head(row: Row) -> tuple[Any, ...]:
    """What is said of one duty, without whose it is and on whose figures."""
    demand = row.demand
    sure = demand.required is Truth.YES
    return (
        row.instrument.text.KEY, demand.article, NOUNS[demand.duty],
        "voluntary" if demand.voluntary and sure else verdict_of(demand.required),
        None if demand.last is None else iso(demand.last), demand.to,
        row.finding.verdict.replace("_", " ") if sure else None, row.finding.because, row.finding.remedy or None,
        row.confidence,
    )  # fmt: skip


def _add(
    merged: dict[tuple[Any, ...], tuple[dict[str, None], dict[str, None]]], head: tuple[Any, ...], state: str,
    figures: Figures,
) -> None:  # fmt: skip
    states, whose = merged.setdefault(head, ({}, {}))
    states[state] = None
    whose[_whose(figures)] = None
