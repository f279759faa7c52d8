"""Known decisions of a body as a table that fits a screen: date, what, how it ended, the votes, who was against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indivisible.rules.decisions_of import Decisions

NAMED = 6  # members that a cell still names
TITLE = 72
SAYS = {"adopted": "adopted", "rejected": "not adopted"}


class ShownDecisions:
    """The answer, which knows how to print itself."""

    def __init__(self, answer: Decisions) -> None:
        self.answer = answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self.answer, name)

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape record-of/1."""
        return self.answer.to_dict()

    def sentence(self) -> str:
        """How many are known, how they ended, and what has to be said of the list."""
        return self.answer.sentence()

    def rows(self) -> list[dict[str, Any]]:
        """One row a decision."""
        return self.answer.rows()

    def sources(self) -> tuple[str, ...]:
        """The datasets used."""
        return self.answer.sources()

    def show(self) -> None:
        """Print the sentence, and the rows in short."""
        from indivisible.report.terminal import print_table

        print(self.sentence())
        if self.rows():
            print_table([_short(row) for row in self.rows()])
        if any(row["yes"] is not None for row in self.rows()):
            print("Votes: for, against, abstaining, and in brackets those who cast none or one of another kind.")


def _short(row: dict[str, Any]) -> dict[str, Any]:
    subject = row["subject"]
    title = row["decision"] if subject is None or "," in row["decision"] else f"{row['decision']}, {subject}"
    outcome = SAYS.get(row["outcome"], "?")
    if row["defeated_by"]:
        outcome += f" ({row['defeated_by']})"
    return {
        "date": row["date"],
        "decision": title if len(title) <= TITLE else f"{title[: TITLE - 3]}...",
        "outcome": outcome,
        "votes": _votes(row),
        "against": _named(row["against"]),
        "recalled": "recalled" if row["recalled"] else None,
    }


def _votes(row: dict[str, Any]) -> str | None:
    if row["consensus"]:
        return "no objection" if row["outcome"] == "adopted" else "objection"
    if row["yes"] is None:
        return None
    told = f"{row['yes']}-{row['no']}-{row['abstain']}"
    return f"{told} ({row['other']})" if row["other"] else told


def _named(states: list[str] | None) -> str | None:
    if not states:
        return None
    return ", ".join(states) if len(states) <= NAMED else f"{len(states)} states"
