"""The constants of bargaining, as the page offers them: what each means, its choices, and what it is by default."""

from __future__ import annotations

from typing import Any

from indivisible.record.record import Record
from indivisible.rules.bargain_settings import CHOICES, NUMBERS, Chosen

SOURCE = "docs/explanation/bargaining.md, after Bueno de Mesquita and KTAB"
MEANING = {
    "votes": "How actors vote between two positions: in proportion to the difference, with its cube as well, by its "
             "cube alone, or all or nothing.",
    "victory": "What the odds of victory are: the ratio of votes for and against, or its second, fourth or eighth "
               "power.",
    "chances": "The chance of a position: that of beating all others, or where a chain of challenges settles.",
    "risk": "Attitude to risk from the chance of one's position: from -1/2 to 1, 0 to 1, -1 to 1, or none.",
    "takes": "Which of its bargains an actor takes: the one with the best chance, or one by lot.",
    "most_turns": "Turns after which bargaining stops without having settled.",
    "ends_below": "A step that is smaller than this share of the first ends it.",
}  # fmt: skip


def settings(record: Record) -> dict[str, Any]:
    """The JSON shape bargain_settings/1."""
    usual = Chosen().to_dict()
    listed = [
        {"name": name, "default": usual[name], "choices": list(CHOICES.get(name, ())), "meaning": MEANING[name],
         "source": SOURCE}
        for name in (*CHOICES, *NUMBERS)
    ]  # fmt: skip
    says = f"{len(listed)} constants of bargaining can be set."
    return {"schema": "bargain_settings/1", "sentence": says, "settings": listed, "record": record.digest}
