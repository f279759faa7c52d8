"""Published and hand-derived numbers of structural balance: closed forms, tribes, and networks of states over time."""

from __future__ import annotations

import csv
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from signed_networks import all_negative, networks

from indivisible.errors import FileError
from indivisible.measures.blocks import blocks_of, peeled
from indivisible.measures.frustration import frustration
from indivisible.measures.frustration_programmes import FORMULATIONS, formulate, solve
from indivisible.measures.signed_network import SignedNetwork, components
from indivisible.measures.signed_triangles import triangles
from indivisible.measures.signed_walks import walk_balance
from indivisible.panels.balance_windows import as_table, balance_of_windows, read_windows
from indivisible.report.files import write
from reference_material import shared

DATA = shared("data", "INDIVISIBLE_DATA")
TRIBES = DATA / "signed_read_highland_tribes.csv"
EDGES = DATA / "cow_signed_networks_doreian_mrvar_edges.csv"
NODES = DATA / "cow_signed_networks_doreian_mrvar_nodes.csv"
needs_tribes = pytest.mark.skipif(not TRIBES.exists(), reason=f"no {TRIBES.name} in $INDIVISIBLE_DATA")
needs_windows = pytest.mark.skipif(not EDGES.exists(), reason=f"no {EDGES.name} in $INDIVISIBLE_DATA")


@pytest.mark.parametrize(("n", "optima"), [(3, 3), (4, 3), (5, 10), (6, 10), (7, 35), (8, 35), (9, 126), (12, 462)])
def test_everybody_a_foe_of_everybody(n: int, optima: int) -> None:
    found = frustration(all_negative(nx.complete_graph(n)), cap=1000)
    assert (found.index, found.proved, found.optima) == ((n - 1) ** 2 // 4, True, optima)


@pytest.mark.parametrize(
    ("graph", "index"),
    [
        (nx.petersen_graph(), 3),
        (nx.dodecahedral_graph(), 6),
        (nx.icosahedral_graph(), 10),
        (nx.complete_bipartite_graph(4, 5), 0),
        (nx.hypercube_graph(4), 0),
    ],
    ids=["Petersen", "dodecahedron", "icosahedron", "K4,5", "cube"],
)
def test_foes_on_a_well_known_graph(graph: nx.Graph, index: int) -> None:
    network = all_negative(graph)
    found = frustration(network)
    assert (found.index, found.proved) == (index, True)
    weights = network.matrix()
    assert {solve(weights, formulate(weights, name)).weight for name in FORMULATIONS} == {index}


@pytest.mark.parametrize("n", [3, 5, 8, 11])
def test_a_cycle_with_one_foe(n: int) -> None:
    """One tie is frustrated, and it may be any of the n."""
    ties = [(f"{k:02}", f"{(k + 1) % n:02}", -1 if k == 0 else 1) for k in range(n)]
    found = frustration(SignedNetwork.of(ties))
    assert (found.index, found.proved, found.optima) == (1, True, n)
    assert found.normalised == pytest.approx(1 - 2 / n)


def test_two_camps_are_found() -> None:
    ties = [("A", "B", 1), ("C", "D", 1), ("A", "C", -1), ("B", "D", -1), ("A", "D", -1)]
    found = frustration(SignedNetwork.of(ties, names=["Z"]))
    assert (found.index, found.unique, found.parts, found.normalised) == (0, True, 2, 1.0)
    assert found.camps.tolist() == [False, False, True, True, False]


@settings(max_examples=60, deadline=None)
@given(networks())
def test_blocks_and_core_are_those_of_another_library(network: SignedNetwork) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(range(network.n))
    graph.add_edges_from(zip(network.source.tolist(), network.target.tolist(), strict=True))
    blocks = [frozenset(nodes) for nodes in nx.biconnected_components(graph) if len(nodes) > 2]
    assert {frozenset(block.nodes.tolist()) for block in blocks_of(network)} == set(blocks)
    assert len(blocks_of(network)) == len(blocks)
    assert set(np.flatnonzero(peeled(network)).tolist()) == set(nx.k_core(graph, 2).nodes)
    parts = components(network.n, network.source, network.target)
    assert len(set(parts.tolist())) == nx.number_connected_components(graph)


@settings(max_examples=40, deadline=None)
@given(networks(least=3))
def test_triangles_and_walks_one_by_one(network: SignedNetwork) -> None:
    signs = network.matrix()
    counts = [0, 0, 0, 0]
    for a in range(network.n):
        for b in range(a):
            for c in range(b):
                three = (signs[a, b], signs[a, c], signs[b, c])
                if all(three):
                    counts[three.count(-1)] += 1
    found = triangles(network)
    assert [found.none, found.one, found.two, found.three] == counts
    closed, plain, power, other, factor = 0.0, 0.0, np.eye(network.n), np.eye(network.n), 1.0
    for length in range(1, 60):
        closed, plain = closed + np.trace(power) / factor, plain + np.trace(other) / factor
        power, other, factor = power @ signs, other @ np.abs(signs), factor * length
    assert walk_balance(network) == pytest.approx(closed / plain, rel=1e-9)


@needs_tribes
def test_tribes_of_the_highlands() -> None:
    """Read (1954): sixteen tribes of New Guinea; figures published with the R package signnet."""
    network = read_windows(TRIBES)["all"]
    assert (network.n, network.m, network.m_minus) == (16, 58, 29)
    found = frustration(network)
    assert (found.index, found.proved, found.unique, found.optima) == (7, True, True, 1)
    assert found.normalised == pytest.approx(0.7586207, abs=5e-8)
    counted = triangles(network)
    assert (counted.total, counted.unbalanced) == (68, 9)
    assert counted.index == pytest.approx(0.8676471, abs=5e-8)
    assert walk_balance(network) == pytest.approx(0.3575761, abs=5e-8)
    weights = network.matrix()
    assert {solve(weights, formulate(weights, name)).weight for name in FORMULATIONS} == {7}


@needs_windows
def test_networks_of_states_in_51_windows(tmp_path: Path) -> None:
    """Doreian and Mrvar (2015): every window is solved to a proved optimum."""
    rows = balance_of_windows(read_windows(EDGES, nodes=NODES))
    assert len(rows) == 51
    assert all(row.proved and row.unique is not None and row.optima is not None for row in rows)
    known = {
        "46-49": (64, 362, 42, 17, 1656, 77), "57-60": (91, 521, 90, 26, 2172, 265),
        "67-70": (109, 600, 98, 27, 2739, 243), "76-79": (132, 968, 116, 50, 5453, 422),
        "86-89": (139, 1079, 90, 32, 7519, 458), "96-99": (151, 1247, 147, 45, 9240, 584),
    }  # fmt: skip
    by_period = {row.period: row for row in rows}
    for period, figures in known.items():
        row = by_period[period]
        assert (row.n, row.m, row.m_minus, row.L, row.triangles, row.unbalanced) == figures
    write(as_table(rows, "x"), tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8") as file:
        written = list(csv.DictReader(file))
    assert [line["period"] for line in written] == list(by_period)
    assert {line["proved"] for line in written} == {"true"}
    for line in written:
        assert len(line["camps"].replace("|", " ").split()) == int(line["n"])


@needs_windows
@pytest.mark.parametrize("period", ["46-49", "86-89"])
def test_a_window_by_the_programme_alone(period: str) -> None:
    """The cut formulation on the whole window, nothing contracted, agrees."""
    network = read_windows(EDGES)[period]
    weights = network.matrix()
    solution = solve(weights, formulate(weights, "cut"), time_limit=120)
    assert solution.finished
    assert solution.weight == solution.bound == frustration(network).index


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("from,to\nA,B\n", "no column sign"),
        ("from,to,sign\nA,B,2\n", "sign '2'"),
        ("from,to,sign\nA,,1\n", "empty"),
        ("period,from,to,sign\n1,A,B,1\n1,B,A,1\n", "tied twice"),
        ("from,to,sign\nA,A,1\n", "tied to itself"),
    ],
)
def test_files_that_are_no_signed_network(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "ties.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match=what):
        read_windows(path)


def test_names_without_ties_and_unbalanced_rows(tmp_path: Path) -> None:
    ties, names = tmp_path / "ties.csv", tmp_path / "names.csv"
    ties.write_text("period,from,to,sign\nP,A,B,1\nP,B,C,1\nP,A,C,-1\n", encoding="utf-8")
    names.write_text("period,name\nP,D\nQ,E\n", encoding="utf-8")
    first, second = balance_of_windows(read_windows(ties, nodes=names))
    assert (first.n, first.m, first.L, first.optima, first.unique, first.parts, first.T) == (4, 3, 1, 3, False, 2, 0.0)
    assert (second.n, second.m, second.L, second.camps) == (1, 0, 0, "E|")
    write(as_table([first, second], "x"), tmp_path / "out.csv")
    header, _, last = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert header.startswith(
        "period,n,m,m_minus,L,bound,proved,unique,optima,parts,F,triangles,unbalanced,T,walk,camps"
    )
    assert last == "Q,1,0,0,0,0,true,true,1,1,,0,0,,1.0,E|"
