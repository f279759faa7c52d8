"""Assessments asked in the same words of the same record and data are computed once in a run of the tests.

What is printed, written or cited is made anew each time. That the same question has the same answer is shown by
tests/assess/test_run_record.py, which does without this.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from indivisible.apps import assessing
from indivisible.record.record import Record
from indivisible.report.assessment_text import AssessmentAnswer

_computed = assessing.ask
_known: dict[str, AssessmentAnswer] = {}


def ask(record: Record, question: Mapping[str, Any], **how: Any) -> AssessmentAnswer:
    """The answer computed before, where record, question and imported data are the same to the last byte."""
    asked = {key: value for key, value in question.items() if key != "where"}
    key = json.dumps([record.digest, asked, imported()], sort_keys=True)
    if key not in _known:
        _known[key] = _computed(record, question, **how)
    return AssessmentAnswer(_known[key].assessment, record, question)


def imported() -> list[tuple[str, int, int]]:
    """Every file of imported data with its size and time."""
    home = Path(os.environ["INDIVISIBLE_HOME"])
    files = sorted(path for path in home.rglob("*") if path.is_file())
    return [(str(path), (held := path.stat()).st_size, held.st_mtime_ns) for path in files]


@pytest.fixture(autouse=True)
def asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """For every test of a file that imports this."""
    monkeypatch.setattr(assessing, "ask", ask)
