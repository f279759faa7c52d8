"""Names and roles as they stand in a sentence: with an article where English wants one."""

from __future__ import annotations

_DOCUMENTS = frozenset(
    {"Accords", "Act", "Agreement", "Arrangements", "Ban", "Charter", "Convention", "Conventions", "Declaration",
     "Document", "Memorandum", "Pact", "Protocol", "Treaty", "agreement", "alliance", "clause", "declaration",
     "memoranda", "memorandum", "pact", "protocol", "treaty"}
)  # fmt: skip
_ROLES = {
    "ally": "is an ally in", "associate": "is an associate of", "associate_partner": "is an associate partner of",
    "candidate": "is a candidate for", "dialogue_partner": "is a dialogue partner of",
    "elected_member": "is an elected member of", "founding_participant": "is a founding participant of",
    "cst_party": "is a party to the treaty of", "cst_signatory": "has signed the treaty of",
    "invited": "is invited to join", "invitee": "is invited to join", "observer": "is an observer in",
    "observer_pa": "is an observer in the parliamentary assembly of", "partner": "is a partner in",
    "party": "is a party to", "permanent_member": "is a permanent member of", "represents_china":
    "holds the seat of China in", "signatory": "is a signatory of",
}  # fmt: skip
_LIMITS = {
    "outside_integrated_structure": "it stays outside the integrated military structure",
    "participation_frozen": "its participation is frozen", "participation_suspended": "its participation is suspended",
    "suspended": "it is suspended", "transition_period": "it is in a transition period",
}  # fmt: skip


def organization_name(name: str) -> str:
    """`the African Union`, but `NATO`."""
    return f"the {name}" if " " in name else name


def text_name(name: str) -> str:
    """`the Helsinki Final Act`, but `NPT`."""
    words = {word.strip("()") for word in name.split()}
    return f"the {name}" if len(words) > 1 and words & _DOCUMENTS else name


def capital(sentence: str) -> str:
    """The sentence with a capital letter."""
    return sentence[:1].upper() + sentence[1:]


def roles_held(roles: list[str], organization: str) -> str:
    """What a state is in an organisation besides a member: `is an observer in the OSCE`."""
    return " and ".join(f"{_ROLES.get(role) or f'has the role {_plain(role)} in'} {organization}" for role in roles)


def limits_told(roles: list[str]) -> str:
    """What limits the part that a member takes: `its participation is suspended`."""
    return " and ".join(_LIMITS.get(role) or f"it has the role {_plain(role)}" for role in roles)


def _plain(role: str) -> str:
    return role.replace("_", " ")
