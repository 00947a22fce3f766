"""The two files of a source map: what is written is read back, and a line that is added changes little."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from camp2iac.diagnostics import Span
from camp2iac.synth import sourcemap_json
from camp2iac.synth.identity import Identity
from camp2iac.synth.sourcemap import Recorded, SourceMap, Standing
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
    text = sourcemap_json.source_map(SourceMap("openstack", "camp.yaml", None, origins=origins, anchors=ordered))
    assert sourcemap_json.origins(text.encode()) == {name: place and str(place) for name, place in origins.items()}


def test_a_line_above_changes_a_number_for_each_part_below() -> None:
    def text(shift: int) -> list[str]:
        places = {f"x.{n}": at(shift + 10 + n) for n in range(20)}
        anchors = (("component web", at(shift + 10)), ("service web", at(shift + 15)))
        return sourcemap_json.source_map(
            SourceMap("o", "camp.yaml", None, origins=places, anchors=anchors)
        ).splitlines()

    changed = [new for old, new in zip(text(0), text(1), strict=True) if old != new]
    assert changed == ['    "camp.yaml#component web": 11,', '    "camp.yaml#service web": 16']


def test_what_stands_is_read_back() -> None:
    tracked = Tracked(
        "db", "volume data", "tier", True, "PostgreSQL", (1, 3), "RegionOne", 10, {"a": Advice("x.y", "z")}
    )
    recorded = Recorded(tracked, Identity({"a": "1", "b": "2"}, {"a": "1", "b": "3"}, ("image_id",), {"p": "4"}))
    of = SourceMap("openstack", "camp.yaml", None, {"camp.yaml": "0" * 64}, resources={"x.y": recorded})
    written, digests = sourcemap_json.source_map(of).encode(), sourcemap_json.digests(of, {"a.tf": "1" * 64}).encode()
    assert sourcemap_json.standing(written, digests) == Standing("openstack", VERSION, of.inputs, of.resources)
    assert sourcemap_json.files(digests) == {"a.tf": "1" * 64}
    assert sourcemap_json.standing(written, None) is None
    assert sourcemap_json.standing(b"<<<<<<<", digests) is None


def test_one_file_of_releases_before() -> None:
    """They wrote all of it into ``.camp2iac.json``."""
    identity = {"exact": {"a": "1"}, "loose": {}, "ignored": [], "parts": {}}
    resource = {"node": "db", "part": "service", "words": "volume", "holds_data": True, **identity}
    old = {"format": 1, "version": "0.0.9", "target": "openstack", "inputs": {"camp.yaml": "0" * 64}}
    text = json.dumps({**old, "files": {"a.tf": "1" * 64}, "origins": {}, "resources": {"x.y": resource}}).encode()
    found = sourcemap_json.standing(text, None)
    assert found == Standing(
        "openstack",
        "0.0.9",
        {"camp.yaml": "0" * 64},
        {"x.y": Recorded(Tracked("db", "volume", holds_data=True), Identity({"a": "1"}, {"a": "1"}, (), {}))},
    )
    assert sourcemap_json.files(text) == {"a.tf": "1" * 64}
