"""How many states stand how, in words that can be read aloud."""

from __future__ import annotations

COUNTED = {
    "a member": ("member", "members"),
    "a member, with limits to its participation": (
        "member with limits to its participation", "members with limits to their participation",
    ),
    "another role, such as observer": ("with another role, such as observer",) * 2,
    "not a member": ("not a member", "not members"),
    "not listed, which does not mean no": ("not listed, which does not mean no",) * 2,
    "bound, and suspended": ("bound, and suspended",) * 2,
    "provisionally applied": ("applies it provisionally", "apply it provisionally"),
    "ratified, not in force for it": (
        "has ratified it, and it is not in force for it", "have ratified it, and it is not in force for them",
    ),
    "signed, not ratified": ("has signed and not ratified it", "have signed and not ratified it"),
    "adopted": ("has adopted it", "have adopted it"),
    "signed": ("has signed it", "have signed it"),
    "no longer held to it": ("is no longer held to it", "are no longer held to it"),
    "neither signed nor adopted": ("has neither signed nor adopted it", "have neither signed nor adopted it"),
    "gain": ("gains", "gain"),
    "lose": ("loses", "lose"),
    "nobody could attack it": ("that nobody could attack",) * 2,
    "none that the record knows": ("with none that the record knows",) * 2,
}  # fmt: skip
"""What a label of a legend becomes after a number: of one state, and of several."""


def counted(label: str, number: int) -> str:
    """`2 members`, `1 has signed and not ratified it`, `12 at 0.1 to 0.3`."""
    if label in COUNTED:
        return f"{number} {COUNTED[label][number != 1]}"
    if label.startswith("a pledge"):
        return f"{number} with {label}"
    return f"{number} at {label}" if label[:1].isdigit() or label[:1] == "-" else f"{number} {label}"
