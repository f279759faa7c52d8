"""The published datasets that worlds of years are made of, imported once for all tests of a process."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

import pytest

from indivisible.readers import library
from reference_material import shared

_FILES = (
    "cow_states2016.csv", "cow_majors2016.csv", "cow_capitals.csv", "cow_nmc_v7_0.parquet",
    "cow_contdird_v3_2.parquet", "atop5_1_directed_dyad_year.parquet", "gml_dirdisp_v2_2_1.parquet",
    "cow_mid_dirdisps_v5_0.csv", "strategic_rivalries_td.csv", "strategic_rivalries_tss.csv", "cow_mindist.parquet",
    "cow_alliance_v4_1_by_member_yearly.parquet", "sipri_milex_1948_2023.parquet", "ucdp_acd_v25_1.csv",
    "isard_cw_gw_panel.parquet",
)  # fmt: skip
_kept: list[tempfile.TemporaryDirectory[str]] = []


@lru_cache(maxsize=1)
def published_home() -> Path:
    """A data home with these datasets; skips the test where the publishers' files are not there."""
    folder = shared("data", "INDIVISIBLE_DATA")
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        pytest.skip(f"the published datasets are not at {folder} ({missing[0]}); set INDIVISIBLE_DATA")
    _kept.append(tempfile.TemporaryDirectory())
    home = Path(_kept[-1].name)
    for name in _FILES:
        report = library.import_path(folder / name, home=home)
        assert not report.failed, report.rows()
    return home
