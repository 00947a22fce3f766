"""Plans, from their version to their extensions."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp2iac.camp import read
from camp2iac.camp.model import ServiceReference, ServiceSpecification
from camp2iac.diagnostics import Diagnostics, Severity
from tests.camp.build import laid_out, plan, reading
from tests.conformance import row

ARTIFACT = "artifacts:\n  - artifact_type: org.example:x\n    content: { href: 'https://example.org/x' }\n"
NEEDS = ARTIFACT + "    requirements:\n      - requirement_type: org.sql:ConnectTo\n"


@row("CT-PLAN-01", "the root of a plan is a mapping")
@pytest.mark.parametrize("text", [b"- a\n", b"CAMP 1.1\n", b"1\n"])
def test_root(text: bytes) -> None:
    assert reading(text) == (None, ["CAMP120"])


@row("CT-PLAN-02", "a plan is not empty")
@pytest.mark.parametrize("text", [b"", b"\n", b"# nothing\n", b"{}\n", b"---\n"])
def test_empty(text: bytes) -> None:
    assert reading(text) == (None, ["CAMP120"])


@row("CT-PLAN-03", "a plan is well-formed YAML; errors have a line and a column")
def test_broken_yaml() -> None:
    found = Diagnostics()
    text = b"camp_version: CAMP 1.1\nartifacts:\n  - artifact_type: [a\n"
    assert read(text, name="camp.yaml", diagnostics=found) is None
    (only,) = found
    assert only.span is not None
    assert (only.code, only.span.line, only.span.column) == ("CAMP101", 3, 20)


@row("CT-PLAN-04", "`camp_version` is required")
def test_version_missing() -> None:
    assert reading(b"name: shop\n") == (None, ["CAMP121"])


@row("CT-PLAN-05", "`camp_version` is a string, and one of the supported versions")
@pytest.mark.parametrize("version", ["1.1", "CAMP 1.0", "CAMP 2.0", "CAMP1.1", "camp 1.1", "[CAMP 1.1]", "2014-11-09"])
def test_other_versions(version: str) -> None:
    assert reading(f"camp_version: {version}\n".encode()) == (None, ["CAMP122"])


@pytest.mark.parametrize("version", ["CAMP 1.1", "CAMP 1.2", "'CAMP 1.1'"])
def test_supported_versions(version: str) -> None:
    source, codes = reading(f"camp_version: {version}\n".encode())
    assert source is not None
    assert codes == []


@row("CT-PLAN-06", "a plan without name, artifacts or services is accepted")
def test_smallest() -> None:
    source, codes = plan("")
    assert source is not None
    assert codes == []
    assert (source.plan.artifacts, source.plan.services, source.plan.labels.name) == ((), (), None)


@row("CT-PLAN-07", "`artifacts` and `services` are lists of mappings")
@pytest.mark.parametrize("key", ["artifacts", "services"])
@pytest.mark.parametrize("value", ["{ web: {} }", "text", "[ text ]", "[ [] ]", "1"])
def test_lists(key: str, value: str) -> None:
    assert plan(f"{key}: {value}\n")[1] == ["CAMP124"]


@row("CT-PLAN-08", "`tags` is a list of strings; `origin`, `name` and `description` are strings")
@pytest.mark.parametrize(
    "text", ["tags: one", "tags: [1]", "tags: [[a]]", "tags: {a: b}", "name: 1", "description: [a]", "origin: {a: b}"]
)
def test_labels(text: str) -> None:
    assert plan(text + "\n")[1] == ["CAMP124"]


@row("CT-ART-01", "`artifact_type` is required, and is a string")
@pytest.mark.parametrize(("line", "code"), [("", "CAMP123"), ("artifact_type: 5,", "CAMP124")])
def test_artifact_type(line: str, code: str) -> None:
    assert plan(f"artifacts: [ {{ {line} content: {{ data: aGk= }} }} ]\n")[1] == [code]


@row("CT-ART-02", "`content` is required, and is a mapping")
@pytest.mark.parametrize(
    ("content", "code"), [("", "CAMP123"), (", content: web/", "CAMP124"), (", content: [a]", "CAMP124")]
)
def test_content(content: str, code: str) -> None:
    assert plan(f"artifacts: [ {{ artifact_type: x{content} }} ]\n")[1] == [code]


@row("CT-ART-03", "content has `href` or `data`")
@pytest.mark.parametrize("content", ["{}", "{ my-app.rpm }", "{ hreff: x }", "{ href: '' }"])
def test_content_of_something(content: str) -> None:
    assert plan(f"artifacts: [ {{ artifact_type: x, content: {content} }} ]\n")[1] == ["CAMP125"]


@row("CT-ART-04", "content does not have both `href` and `data`", "ours")
def test_content_twice() -> None:
    assert plan("artifacts: [ { artifact_type: x, content: { href: 'http://a/', data: aGk= } } ]\n")[1] == ["CAMP125"]


@row("CT-ART-05", "`data` that is not base64 is a warning", "should")
def test_data() -> None:
    source, codes = plan("artifacts: [ { artifact_type: x, content: { data: 'aGVs\n  bG8=' } } ]\n")
    assert source is not None
    assert (codes, source.plan.artifacts[0].content.data) == ([], b"hello")
    source, codes = plan("artifacts: [ { artifact_type: x, content: { data: echo hello } } ]\n")
    assert source is not None
    assert (codes, source.plan.artifacts[0].content.data) == (["CAMP126"], b"echo hello")


@row("CT-ART-06", "a relative `href` names a file or a folder of the package", "should")
def test_href(tmp_path: Path) -> None:
    laid_out(tmp_path, {"web/a b.py": b"", "app.war": b""})

    def href(value: str) -> list[str]:
        text = f"camp_version: CAMP 1.1\nartifacts: [ {{ artifact_type: x, content: {{ href: '{value}' }} }} ]\n"
        (tmp_path / "camp.yaml").write_text(text)
        return reading(tmp_path)[1]

    for there in ("web", "web/", "./web", "web/a%20b.py", "web/a b.py", "app.war", "pdp:!"):
        assert href(there) == [], there
    assert href("app.jar") == ["CAMP211"]
    assert href("../web") == ["CAMP212"]
    assert href("%2e%2e/web") == ["CAMP212"]
    assert href("/app.war") == ["CAMP212"]


@row("CT-ART-07", "an artifact without requirements is accepted")
def test_no_requirements() -> None:
    assert plan(ARTIFACT)[1] == []


@row("CT-REQ-01", "`requirement_type` is required, and is a string")
@pytest.mark.parametrize(
    ("line", "code"), [("fulfillment: { id: a }", "CAMP123"), ("requirement_type: [a]", "CAMP124")]
)
def test_requirement_type(line: str, code: str) -> None:
    assert plan(f"{ARTIFACT}    requirements: [ {{ {line} }} ]\n")[1] == [code]


@row("CT-REQ-02", "`fulfillment` is a string or a service")
@pytest.mark.parametrize("value", ["[ id:a ]", "5", "true", "2014-11-09"])
def test_fulfillment_kind(value: str) -> None:
    assert plan(f"{NEEDS}        fulfillment: {value}\nservices: [ {{ id: a }} ]\n")[1] == ["CAMP127"]


@row("CT-REQ-03", "a string in `fulfillment` consists of `id:` and an id")
@pytest.mark.parametrize("value", ["a", "'id:'", "'id: a'", "ID:a", "{ id:a }"])
def test_fulfillment_form(value: str) -> None:
    assert plan(f"{NEEDS}        fulfillment: {value}\nservices: [ {{ id: a }} ]\n")[1] == ["CAMP127"]


INLINE = """artifacts:
  - artifact_type: x
    content: { data: aGk= }
    requirements:
      - { requirement_type: y, fulfillment: id:box }
  - artifact_type: x
    content: { data: aGk= }
    requirements:
      - { requirement_type: y, fulfillment: { id: box } }
  - artifact_type: x
    content: { data: aGk= }
    requirements:
      - { requirement_type: y, fulfillment: id:box }
"""


@row(
    "CT-REQ-04",
    "an id is resolved in `services` and inline services, before or after its use; an unknown id is refused",
)
def test_references() -> None:
    source, codes = plan(INLINE)
    assert source is not None
    assert codes == []
    forward, inline, backward = (artifact.requirements[0] for artifact in source.plan.artifacts)
    assert isinstance(inline.fulfillment, ServiceSpecification)
    assert forward.service is inline.service is backward.service
    assert plan(f"{NEEDS}        fulfillment: id:a\nservices: [ {{ id: a }} ]\n")[1] == []
    assert plan(f"{NEEDS}        fulfillment: id:A\nservices: [ {{ id: a }} ]\n")[1] == ["CAMP201"]


@row("CT-REQ-05", "a requirement without `fulfillment` is accepted")
def test_no_fulfillment() -> None:
    source, codes = plan(NEEDS)
    assert source is not None
    assert codes == []
    assert source.plan.artifacts[0].requirements[0].fulfillment is None


@row("CT-REQ-06", "extension values of any type are kept")
def test_extension_values() -> None:
    source, codes = plan(f"{NEEDS}        a: yes\n        b: 5\n        c: [1, x]\n        'd:e': {{ f: null }}\n")
    assert source is not None
    assert codes == []
    kept = source.plan.artifacts[0].requirements[0].extensions.plain
    assert kept == {"a": True, "b": 5, "c": [1, "x"], "d:e": {"f": None}}


@row(
    "CT-SVC-01",
    "ids are unique in `services` and inline services; duplicates are an error, because references would be ambiguous",
    "should",
)
def test_unique_ids() -> None:
    assert plan("services: [ { id: a }, { id: a } ]\n")[1] == ["CAMP202"]
    assert plan(f"{INLINE}services: [ {{ id: box }} ]\n")[1] == ["CAMP202"]
    assert plan("services: [ { id: a }, { id: A } ]\n")[1] == []


@row("CT-SVC-02", "one id is one service; equal services without an id are different services")
def test_sharing() -> None:
    requirement = "      - { requirement_type: y, fulfillment: { characteristics: [ { characteristic_type: z } ] } }\n"
    source, codes = plan(f"{ARTIFACT}    requirements:\n{requirement}{requirement}")
    assert source is not None
    assert codes == []
    one, two = (requirement.service for requirement in source.plan.artifacts[0].requirements)
    assert one != two
    assert len(source.plan.all_services()) == 2
    source, _ = plan(INLINE)
    assert source is not None
    assert len(source.plan.all_services()) == 1
    assert isinstance(source.plan.artifacts[0].requirements[0].fulfillment, ServiceReference)


@row("CT-SVC-03", "a service that only has `href` is accepted")
def test_service_elsewhere() -> None:
    source, codes = plan("services: [ { id: relay, href: 'https://paas.example.net/services/relay' } ]\n")
    assert source is not None
    assert codes == []


@row("CT-SVC-04", "`characteristic_type` is required, and is a string")
@pytest.mark.parametrize(("trait", "code"), [("size: 5", "CAMP123"), ("characteristic_type: 5", "CAMP124")])
def test_characteristic_type(trait: str, code: str) -> None:
    assert plan(f"services: [ {{ characteristics: [ {{ {trait} }} ] }} ]\n")[1] == [code]


EXTENDED = """org.example.plan: 1
uri: https://paas.example.net/plans/1
artifacts:
  - artifact_type: x
    content: { data: aGk=, org.example.content: 2 }
    org.example.artifact: 3
    requirements:
      - requirement_type: y
        org.example.requirement: 4
        fulfillment:
          org.example.service: 5
          characteristics: [ { characteristic_type: z, org.example.characteristic: 6 } ]
"""


@row("CT-EXT-01", "unknown keys are kept in every part of a plan, and are never an error")
def test_extensions() -> None:
    source, codes = plan(EXTENDED)
    assert source is not None
    assert codes == []
    artifact = source.plan.artifacts[0]
    service = artifact.requirements[0].service
    assert service is not None
    parts = (source.plan, artifact.content, artifact, artifact.requirements[0], service, service.characteristics[0])
    assert [value for part in parts for value in part.extensions.plain.values() if isinstance(value, int)] == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]  # type: ignore[union-attr]
    found = Diagnostics()
    read(b"camp_version: CAMP 1.1\nartefacts: []\n", name="camp.yaml", diagnostics=found)
    assert [(item.code, item.level) for item in found] == [("CAMP128", Severity.WARNING)]


@row("CT-EXT-02", "unknown type names are not a grammar error")
def test_unknown_types() -> None:
    assert (
        plan(f"{NEEDS}        fulfillment: {{ characteristics: [ {{ characteristic_type: 'no:Such' }} ] }}\n")[1] == []
    )


OTHERS = {
    "CAMP111": b"name: shop\nservices:\n  - type: org.apache.brooklyn.entity.webapp.tomcat.TomcatServer\n",
    "CAMP111 ": b"brooklyn.catalog: { id: x }\n",
    "CAMP112": b"version: 1\nname: x\nartifacts: [ { name: a, language_pack: auto } ]\n",
    "CAMP112 ": b"version: 1\nname: x\nlanguagepack: python\nsource: { repository: 'https://x/' }\n",
    "CAMP113": b"version: '3'\nservices:\n  web: { image: nginx }\n  web: { image: nginx }\n",
    "CAMP114": b"apiVersion: score.dev/v1b1\nmetadata: { name: x }\ncontainers: { web: { image: . } }\n",
    "CAMP115": b"name: x\nartifacts: [ { type: com.java:WAR, content: x.war, requires: id:db } ]\n",
    "CAMP116": b"tosca_definitions_version: tosca_simple_yaml_1_3\n",
    "CAMP117": b'{"name": "x", "buildpacks": [], "addons": ["heroku-postgresql"]}',
    "CAMP118": b"apiVersion: v1\nkind: Service\n---\napiVersion: apps/v1\nkind: Deployment\n",
    "CAMP119": b"heat_template_version: 2021-04-16\n",
}


@row("CT-DIA-01", "files of other tools are recognised, and reported with one error that names the tool", "ours")
@pytest.mark.parametrize("code", OTHERS)
def test_dialects(code: str) -> None:
    assert reading(OTHERS[code]) == (None, [code.strip()])
