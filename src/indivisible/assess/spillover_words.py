"""Spill-over in plain words: what the coefficient says, what was settled to get it, and what it cannot say."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from indivisible.architecture.points import Unknown
from indivisible.assess.words import counted, named

if TYPE_CHECKING:
    from indivisible.assess.spillover_answer import Effects

MODEL_ONLY = "This is what the model says of small changes, not what is so: no state's intention enters it."
AT_MOST_HALF = (
    "Only ratios of power count in this model: if all had more, nobody would be safer. So gains can hardly exceed one "
    "half; compare days with one another, not the figure with 1."
)
_WHEN = {
    "power": "when a state has one per cent more or less power",
    "pledges": "when two states pledge to defend one another",
}
_WHOM = {"power": "others", "pledges": "third states"}
_UNIT = {
    "log_ratio": {
        "power": "An effect of -0.5: one per cent more power there takes half a per cent off the ratio here.",
        "pledges": "An effect is a change of the score, the logarithm of a ratio: -0.69 halves the ratio.",
    },
}


def coefficient_said(effects: Effects) -> str:
    """The coefficient in words, beside the share of cases; what is not seen, not known or without bound is said."""
    if effects.why_not:
        return f"{effects.why_not}, so it gives no coefficient of {effects.kind}"
    sums, whom = effects.sums, _WHOM[effects.kind]
    if not (effects.acts_counted | effects.acts_unknown).any():
        return f"no state's own power makes it safer, so there is no coefficient of {effects.kind}"
    if math.isnan(sums.coefficient):
        said = "no other state gains or loses"
        if sums.rising + sums.falling:
            said += " by a finite measure"
        elif not sums.still:
            said = "what becomes of others is not known"
        text = f"{_WHEN[effects.kind]}, {said}, so there is no coefficient of {effects.kind}"
    else:
        text = (
            f"{_WHEN[effects.kind]}, {_parted(sums.coefficient, whom)} (indivisibility coefficient "
            f"{sums.coefficient:.3g}); of the {sums.rising + sums.falling:,} cases in which another gains or loses, "
            f"{_shared(sums.share_of_pairs)}"
        )
    out = int((~effects.acts_counted & ~effects.acts_unknown).sum())
    if effects.kind == "power" and out:
        text += f"; {counted(out, 'state')} whose own power does nothing for {'it' if out == 1 else 'them'} left out"
    if sums.infinite:
        text += f"; {counted(sums.infinite, 'effect')} without bound in no sum"
    if sums.unknown:
        text += f"; {counted(sums.unknown, 'effect')} not known"
    return text


def _parted(gain: float, whom: str) -> str:
    if gain == 0.0:
        return f"all that this does to the security of {whom} is loss"
    if gain == 1.0:
        return f"all that this does to the security of {whom} is gain"
    return f"{gain:.1%} of what this does to the security of {whom} is gain and {1.0 - gain:.1%} loss"


def _shared(share: float) -> str:
    if share in (0.0, 1.0):
        return "all are gains" if share else "none is a gain"
    return f"{share:.1%} are gains"


def unit_said(scale: str, kind: str) -> str:
    """What a number in the matrix means; empty where the scale of the model says it all."""
    return _UNIT.get(scale, {}).get(kind, "")


def settled_said(
    figures: Sequence[Unknown], ties: Sequence[Unknown], boundless: Sequence[str], names: Mapping[str, str]
) -> str:
    """What is not known and was settled, in a sentence; empty where everything is known."""
    told = []
    if figures:
        verb = "that is not known stands" if len(figures) == 1 else "that are not known stand"
        told.append(f"{counted(len(figures), 'figure')} {verb} in the middle of the bounds "
                    f"({named({one[1] for one in figures}, names)})")  # fmt: skip
    if ties:
        verb = "in doubt is" if len(ties) == 1 else "in doubt are"
        told.append(f"{counted(len(ties), 'tie')} {verb} taken to hold")
    if boundless:
        told.append(f"power without an upper bound cannot be settled ({named(boundless, names)})")
    text = "; ".join(told)
    return text and f"{text[0].upper()}{text[1:]}."
