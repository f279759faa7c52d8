"""A quick sample of the mutation run; the whole of it is `python tests/mutation/run.py`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_a_sample_of_changed_numbers_is_noticed() -> None:
    script = Path(__file__).with_name("run.py")
    done = subprocess.run([sys.executable, str(script), "--sample", "8"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 survive" in done.stdout
