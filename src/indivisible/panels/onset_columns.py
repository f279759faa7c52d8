"""What may go with one state's beginning a dispute with another: the columns of the risk that a pair carries.

[i, j] is i towards j: i may begin it, j would be the target. Every column can be moved by a change of pledges, of
figures or of hostility; none of them knows the past of the pair.
"""

from __future__ import annotations

import numpy as np

from indivisible.architecture.arrays import Bools, Floats

LEAST_SHARE = 1e-6  # of the world's capabilities: a smaller share counts as this, so that a logarithm has an end
FARTHEST = 20_015.1  # km, half the way around the Earth
COLUMNS = (
    "ratio",
    "size",
    "distance",
    "border",
    "allied",
    "restraint",
    "shield",
    "backing",
    "hostile",
)
MEANINGS = {
    "ratio": "log of the beginner's capabilities over the target's",
    "size": "log of both their shares of the world's capabilities",
    "distance": "log of 1 + kilometres between the capitals",
    "border": "they share a border on land",
    "allied": "either is pledged to defend the other",
    "restraint": "the beginner is pledged to the target to nonaggression or neutrality",
    "shield": "log of 1 + capabilities pledged to defend the target over its own, the beginner's left out",
    "backing": "log of 1 + capabilities pledged to defend the beginner over its own, the target's left out",
    "hostile": "they are hostile to each other",
}


def ratio(beginner: Floats, target: Floats) -> Floats:
    """Log of the beginner's share [n] over the target's share [n], as [n, n]."""
    made: Floats = np.log(beginner)[:, None] - np.log(target)[None, :]
    return made


def size(share: Floats) -> Floats:
    """Log of both shares together."""
    made: Floats = np.log(share[:, None] + share[None, :])
    return made


def shield(defence: Bools, helpers: Floats, target: Floats) -> Floats:
    """What others than the beginner are pledged to bring to the target, over the target's own: log of 1 + that."""
    pledged = np.where(defence, helpers[:, None], 0.0)
    rest = pledged.sum(axis=0)[None, :] - pledged
    made: Floats = np.log1p(np.maximum(rest, 0.0) / target[None, :])
    return made


def backing(defence: Bools, helpers: Floats, beginner: Floats) -> Floats:
    """What others than the target are pledged to bring to the beginner, over its own: log of 1 + that."""
    return shield(defence, helpers, beginner).T


def columns_of(
    share: Floats, distance: Floats, border: Bools, defence: Bools, restraint: Bools, hostile: Bools | None
) -> Floats:
    """All columns of a world in which everything is known, [n, n, 9]; without `hostile` [n, n, 8]."""
    held = np.clip(share, LEAST_SHARE, 1.0)
    made = [
        ratio(held, held), size(held), np.log1p(distance), border, defence | defence.T, restraint,
        shield(defence, held, held), backing(defence, held, held),
    ]  # fmt: skip
    if hostile is not None:
        made.append(hostile)
    return np.stack([np.asarray(column, dtype=np.float64) for column in made], axis=-1)
