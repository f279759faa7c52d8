"""The Budapest Memorandum on security assurances to Belarus, 1994: the same paragraphs as the one for Ukraine."""

from __future__ import annotations

from indivisible.rules.treaties import budapest_memorandum

KEY = "BUDAPEST_MEMORANDUM_BLR_1994"
AUTHORITY = budapest_memorandum.AUTHORITY
FACTS = budapest_memorandum.FACTS
OBLIGATIONS = budapest_memorandum.OBLIGATIONS
