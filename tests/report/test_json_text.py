"""JSON as answers are written: what the standard library writes, with nine digits and null for what is not finite."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indivisible.report.json_text import rounded, to_json

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner), max_leaves=20
)


@given(st.dictionaries(st.text(), TREES))
def test_the_text_is_that_of_the_standard_library(value: dict[str, object]) -> None:
    slow = json.dumps(rounded(value), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    assert to_json(value) == slow


def test_digits_and_what_is_not_finite() -> None:
    told = to_json(
        {"a": 1 / 3, "b": math.nan, "c": [-math.inf, 1e300, 5e-324, -0.0, 2.0], "d": {}, "e": (), 1: "é\n\u2028"}
    )
    assert told == (
        '{\n "a": 0.333333333,\n "b": null,\n "c": [\n  null,\n  1e+300,\n  5e-324,\n  -0.0,\n  2.0\n ],\n "d": {},\n'
        ' "e": [],\n "1": "é\\n\u2028"\n}\n'
    )


def test_what_has_no_form_in_json_is_refused() -> None:
    with pytest.raises(TypeError):
        to_json({"a": {1, 2}})
