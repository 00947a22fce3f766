"""The two files of a source map: what is written is read back, and a line that is added changes little."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from camp2iac.diagnostics import Span
from camp2iac.record import replace
from camp2iac.synth import sourcemap_json
from camp2iac.synth.graph import Graph, Item, Node
from camp2iac.synth.sourcemap import SourceMap, Standing
from camp2iac.synth.tracked import Advice, Tracked
from camp2iac.version import VERSION

FILES = st.sampled_from(["camp.yaml", "environments/a#b+1.yaml", "a:1:2"])
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def at(line: int, file: str = "camp.yaml") -> Span:
    return Span(file, line, 3, line, 4)


PLACES = st.builds(at, st.integers(1, 40), FILES)
ANCHORS = st.lists(st.tuples(NAMES, PLACES), max_size=6, unique_by=lambda each: (each[0], each[1].file))


@given(st.dictionaries(NAMES, st.none() | PLACES), ANCHORS)
def test_places_come_back(origins: dict[str, Span | None], anchors: list[tuple[str, Span]]) -> None:
    ordered = tuple(sorted(anchors, key=lambda anchor: (anchor[1], anchor[0])))
    data = sourcemap_json.source_map(SourceMap("openstack", "camp.yaml", None, origins=origins, anchors=ordered))
    assert sourcemap_json.origins(data) == {name: place and str(place) for name, place in origins.items()}


def test_a_line_above_changes_a_number_for_each_part_below() -> None:
    def text(shift: int) -> list[str]:
        places = {f"x.{n}": at(shift + 10 + n) for n in range(20)}
        anchors = (("component web", at(shift + 10)), ("service web", at(shift + 15)))
        return (
            sourcemap_json.source_map(SourceMap("o", "camp.yaml", None, origins=places, anchors=anchors))
            .decode()
            .splitlines()
        )

    changed = [new for old, new in zip(text(0), text(1), strict=True) if old != new]
    assert changed == ['    "camp.yaml#component web": 11,', '    "camp.yaml#service web": 16']


def test_what_stands_is_read_back() -> None:
    tracked = Tracked(
        "db", "volume data", "tier", True, "PostgreSQL", (1, 3), "RegionOne", 10, {"a": Advice("x.y", "z")}, True, "15"
    )
    graph = Graph({"x.y": Node({"a": Item("1")}, frozenset({"a"}))}, reruns={"local.a": "x.y"})
    places = {"x.y": at(12), "x.z": None}
    of = SourceMap("openstack", "camp.yaml", None, {"camp.yaml": "0" * 64}, places, {"x.y": tracked}, graph=graph)
    of = replace(of, anchors=(("component web", at(10)),))
    written, digests = sourcemap_json.source_map(of), sourcemap_json.digests(of, {"a.tf": "1" * 64})
    found = sourcemap_json.standing(written, digests)
    assert found == of.standing()
    assert found is not None
    assert (found.version, found.graph) == (VERSION, graph)
    assert found.place("x.y") == "camp.yaml:12:3"
    assert found.part("x.y") == ("component", "web")
    assert (found.place("x.z"), found.part("x.z")) == ("", ("", ""))
    assert sourcemap_json.files(digests) == {"a.tf": "1" * 64}
    assert sourcemap_json.standing(written, None) is None
    assert sourcemap_json.standing(b"<<<<<<<", digests) is None


RESOURCE = {"node": "db", "part": "service", "words": "volume", "holds_data": True}
BEFORE = {"version": "0.0.9", "target": "openstack", "origins": {}, "resources": {"x.y": RESOURCE}}
OLD = Standing("openstack", "0.0.9", {"camp.yaml": "0" * 64}, {"x.y": Tracked("db", "volume", holds_data=True)})


def test_one_file_of_releases_before() -> None:
    """They wrote all of it into ``.camp2iac.json``."""
    rest = {"files": {"a.tf": "1" * 64}, "inputs": dict(OLD.inputs)}
    text = json.dumps({"format": 1, **BEFORE, **rest}).encode()
    assert sourcemap_json.standing(text, None) == OLD
    assert sourcemap_json.files(text) == {"a.tf": "1" * 64}


def test_digests_of_releases_before() -> None:
    """They had digests of arguments instead of a graph."""
    digests = {"inputs": dict(OLD.inputs), "files": {"a.tf": "1" * 64}, "resources": {"x.y": {"exact": {}}}}
    text = json.dumps({"format": 2, **BEFORE}).encode()
    assert sourcemap_json.standing(text, json.dumps({"format": 2, **digests}).encode()) == OLD
