"""``camp2iac trace``: what Terraform and scanners report, at the lines of the plan."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import Command, Done

from camp2iac.cli import trace

ROOT = Path(__file__).parents[2]
Trace = Callable[..., Done]


@pytest.fixture
def guestbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example with its output for OpenStack, in a repository, as the working directory."""
    folder = tmp_path / "repo/guestbook"
    shutil.copytree(
        ROOT / "examples/guestbook", folder, ignore=shutil.ignore_patterns("heroku", "docker", "kubernetes")
    )
    (tmp_path / "repo/.git").mkdir()
    (tmp_path / "repo/.git/HEAD").write_text("ref: refs/heads/main\n")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def traced(camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> Trace:
    """``traced(content, "--output", "json")``."""

    def call(content: object, *args: str) -> Done:
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        return camp2iac("trace", *args)

    return call


def at(file: str, line: int, column: int = 1) -> dict[str, Any]:
    return {"filename": file, "start": {"line": line, "column": column, "byte": 0}, "end": {}}


BROKEN = {
    "severity": "error",
    "summary": "Unsupported argument",
    "detail": "Not expected.",
    "range": at("web.tf", 132, 3),
}
VALIDATE = {"format_version": "1.0", "valid": False, "error_count": 1, "diagnostics": [BROKEN]}


def result(uri: str, start: int, end: int | None = None, **more: Any) -> dict[str, Any]:
    region = {"startLine": start} | ({"endLine": end} if end else {})
    place = {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
    return {"ruleId": "CKV_1", "message": {"text": "Encrypt it"}, "locations": [place], **more}


def sarif(*results: dict[str, Any], **more: Any) -> dict[str, Any]:
    rules = [{"id": "CKV_1", "defaultConfiguration": {"level": "error"}, "helpUri": "https://example.org"}]
    run = {"tool": {"driver": {"name": "checkov", "rules": rules}}, "results": list(results), **more}
    return {"version": "2.1.0", "runs": [run]}


def places(done: Done) -> list[tuple[str, int, str] | None]:
    """The file, line and part of each finding."""
    assert done.status == 0, done.err
    found = [each["plan"] for each in json.loads(done.out)["findings"]]
    return [each and (each["file"], each["line"], each["part"] and each["part"]["name"]) for each in found]


def test_validate(guestbook: Path, traced: Trace) -> None:
    done = traced(VALIDATE)
    assert done.status == 0
    assert done.err == ""
    assert done.out == (
        """\
error: Unsupported argument
   --> camp.yaml:13:15
    |
 13 |           id: web
    |               ^^^ openstack_compute_instance_v2.web.flavor_name
   ::: infra/openstack/web.tf:132:3
    |
    = note: Not expected.

1 error
"""
    )


def test_a_stream(guestbook: Path, traced: Trace) -> None:
    def message(kind: str, **more: Any) -> dict[str, Any]:
        return {"@level": "info", "@message": "x", "type": kind, **more}

    def change(address: str, action: str) -> dict[str, Any]:
        return {"change": {"resource": {"addr": address}, "action": action}}

    lines = [
        message("version", terraform="1.11.4"),
        message("diagnostic", diagnostic=BROKEN),
        message("diagnostic", diagnostic={"severity": "warning", "summary": "Old", "address": "var.web_count"}),
        message("planned_change", **change('openstack_compute_instance_v2.web["web-1"]', "replace")),
        message("planned_change", **change("openstack_networking_network_v2.back", "noop")),
        message("resource_drift", **change("openstack_networking_network_v2.back", "update")),
        message("change_summary", changes={}),
    ]
    data = b"+ terraform plan -json\n" + b"\n".join(json.dumps(each).encode() for each in lines)
    done = traced(data, "--output", "json")
    assert places(done) == [
        ("guestbook/camp.yaml", 13, "web"),
        ("guestbook/camp.yaml", 20, "web"),
        ("guestbook/camp.yaml", 13, "web"),
        ("guestbook/camp.yaml", 66, "back"),
    ]
    assert [each["message"] for each in json.loads(done.out)["findings"]][2:] == [
        'replace openstack_compute_instance_v2.web["web-1"]',
        "update openstack_networking_network_v2.back outside Terraform",
    ]


def test_a_plan(guestbook: Path, traced: Trace) -> None:
    def change(address: str, *actions: str) -> dict[str, Any]:
        return {"address": address, "change": {"actions": actions, "after": {"password": "hunter2"}}}

    content = {
        "format_version": "1.2",
        "planned_values": {},
        "resource_changes": [
            change('openstack_compute_instance_v2.web["web-1"]', "delete", "create"),
            change('openstack_compute_instance_v2.web["web-2"]', "create"),
            change("openstack_networking_network_v2.back", "no-op"),
            change("openstack_networking_router_v2.main", "create"),
            change("module.other.aws_instance.x", "create"),
        ],
        "checks": [
            {
                "address": {"to_display": "check.quota_compute"},
                "instances": [{"problems": [{"message": "The quota is too small"}]}],
            }
        ],
    }
    done = traced(content)
    assert "hunter2" not in done.out
    assert "note: 2 changes that this statement causes\n   --> camp.yaml:13:15\n" in done.out
    assert (
        '= note: replace openstack_compute_instance_v2.web["web-1"]  (infra/openstack/web.tf:127)\n'
        '    = note: create openstack_compute_instance_v2.web["web-2"]  (infra/openstack/web.tf:127)\n'
    ) in done.out
    assert "warning: The quota is too small\n" in done.out
    assert done.out.endswith("1 warning, 4 changes\n")
    assert "note[CAMP737]: 3 of 5 findings have no place in the plan" in done.err
    assert "module.other.aws_instance.x: the output does not have it" in done.err


def test_a_state(guestbook: Path, traced: Trace) -> None:
    child = {"resources": [{"address": "module.shop.openstack_blockstorage_volume_v3.database_data"}]}
    root = {"resources": [{"address": "openstack_lb_loadbalancer_v2.web"}], "child_modules": [child]}
    content = {"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": root}}
    assert places(traced(content, "--output", "json")) == [
        ("guestbook/camp.yaml", 25, "web"),
        ("guestbook/camp.yaml", 57, "database"),
    ]
    assert traced({"format_version": "1.0"}).out == "no findings\n"


@pytest.mark.parametrize(
    "uri",
    [
        "infra/openstack/web.tf",
        "web.tf",
        "/web.tf",
        "./web.tf",
        "guestbook/infra/openstack/web.tf",
        "file:///home/runner/work/x/x/guestbook/infra/openstack/web.tf",
        "/github/workspace/infra/openstack/web.tf",
        "../../infra/openstack/web.tf",
        "infra%2Fopenstack%2Fweb.tf",
    ],
)
def test_paths_of_scanners(uri: str, guestbook: Path, traced: Trace) -> None:
    assert places(traced(sarif(result(uri, 127, 150)), "--output", "json")) == [("guestbook/camp.yaml", 13, "web")]


def test_the_base_of_a_uri(guestbook: Path, traced: Trace) -> None:
    each = result("web.tf", 127)
    each["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"] = "ROOTPATH"
    bases = {"ROOTPATH": {"uri": "file:///ci/build/guestbook/infra/openstack/"}}
    assert places(traced(sarif(each, originalUriBaseIds=bases), "--output", "json")) == [
        ("guestbook/camp.yaml", 13, "web")
    ]


@pytest.mark.parametrize(
    "uri", ["infra/heroku/web.tf", "modules/x/web.tf", "/etc/passwd", "x\0y", "\ud800", "", "a" * 5000]
)
def test_files_of_others_keep_their_place(uri: str, guestbook: Path, traced: Trace) -> None:
    """CAMP737."""
    done = traced(sarif(result(uri, 127)), "--output", "json")
    assert places(done) == [None]
    assert "note[CAMP737]: 1 of 1 findings have no place in the plan" in done.err


def test_a_scanner_that_reads_all_outputs(guestbook: Path, traced: Trace) -> None:
    shutil.copytree(ROOT / "examples/guestbook/infra/heroku", guestbook / "infra/heroku")
    content = sarif(result("infra/heroku/web.tf", 2), result("infra/openstack/web.tf", 127), result("web.tf", 2))
    done = traced(content, "--output", "json")
    assert places(done) == [("guestbook/camp.yaml", 6, "web"), ("guestbook/camp.yaml", 13, "web"), None]
    assert "several outputs have web.tf: name one with -o DIR" in done.err
    done = traced(VALIDATE)
    assert done.status == 2
    assert "there are several outputs: write -o infra/heroku or -o infra/openstack" in done.err


def test_a_key_of_the_environment_file_that_only_a_comment_names(guestbook: Path, traced: Trace) -> None:
    lines = (guestbook / "infra/openstack/network.tf").read_text().splitlines()
    comment = next(number for number, line in enumerate(lines) if line == "# environments/openstack.yaml: ssh_from")
    block = next(number for number, line in enumerate(lines, 1) if number > comment and line.startswith("resource"))
    asked = (guestbook / "environments/openstack.yaml").read_text().splitlines()
    key = next(number for number, line in enumerate(asked, 1) if line.startswith("ssh_from:"))
    done = traced(sarif(result("infra/openstack/network.tf", block)), "--output", "json")
    ((file, line, _),) = filter(None, places(done))
    assert (file, line) == ("guestbook/environments/openstack.yaml", key)


def test_sarif_keeps_everything_else(guestbook: Path, traced: Trace) -> None:
    content = sarif(
        result("infra/openstack/web.tf", 54, level="warning", partialFingerprints={"x": "1"}),
        result("infra/openstack/network.tf", 1000),
        result("infra/openstack/web.tf", 127, suppressions=[{"kind": "inSource"}]),
    )
    done = traced(content, "--output", "sarif")
    assert done.status == 0
    (run,) = json.loads(done.out)["runs"]
    assert run["tool"] == content["runs"][0]["tool"]
    moved, kept, suppressed = run["results"]
    assert moved == {
        "ruleId": "CKV_1",
        "message": {"text": "Encrypt it"},
        "level": "warning",
        "partialFingerprints": {"x": "1"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "guestbook/camp.yaml"},
                    "region": {"startLine": 27, "startColumn": 15, "endLine": 27, "endColumn": 23},
                },
                "message": {"text": "camp2iac adds openstack_networking_secgroup_v2.web for this"},
            }
        ],
        "relatedLocations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "guestbook/infra/openstack/web.tf"},
                    "region": {"startLine": 54, "startColumn": 1, "endLine": 54, "endColumn": 2},
                },
                "message": {"text": "generated: openstack_networking_secgroup_v2.web"},
            }
        ],
    }
    place = kept["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "guestbook/infra/openstack/network.tf"},
        "region": {"startLine": 1000},
    }
    assert suppressed == content["runs"][0]["results"][2]


def test_sarif_from_terraform(guestbook: Path, traced: Trace) -> None:
    (run,) = json.loads(traced(VALIDATE, "--output", "sarif").out)["runs"]
    (found,) = run["results"]
    assert (run["tool"]["driver"]["name"], found["level"], found["ruleId"]) == ("Terraform", "error", "terraform")
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "guestbook/camp.yaml"
    assert found["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 132


def test_annotations(guestbook: Path, traced: Trace) -> None:
    done = traced(sarif(result("infra/openstack/web.tf", 127, 150)), "--output", "github")
    assert done.out == (
        "::error file=guestbook/camp.yaml,line=13,endLine=13,col=15,endColumn=17,title=CKV_1::Encrypt it\n"
    )
    assert "title=Terraform::Unsupported argument%0ANot expected.\n" in traced(VALIDATE, "--output", "github").out


HOSTILE = "\x1b[31m::error::x\n::set-output name=a::b\r##[error]x %0A\u202e"


@pytest.mark.parametrize("form", ["text", "github", "json", "sarif"])
def test_words_of_others_are_no_commands(form: str, guestbook: Path, traced: Trace) -> None:
    first = {**BROKEN, "summary": HOSTILE, "detail": HOSTILE, "address": HOSTILE}
    for content in (
        {**VALIDATE, "diagnostics": [first, {**first, "range": at(HOSTILE, 1)}]},
        sarif(result("infra/openstack/web.tf", 127, ruleId=HOSTILE, message={"text": HOSTILE})),
        {"format_version": "1.2", "resource_changes": [{"address": HOSTILE, "change": {"actions": [HOSTILE]}}]},
    ):
        done = traced(content, "--output", form)
        assert done.status == 0
        for line in (done.out + done.err).split("\n"):
            assert "\x1b" not in line
            assert "\u202e" not in line
            assert "##[" not in line
            assert not line.lstrip().startswith("::set-output")
            assert form == "github" or not line.lstrip().startswith("::error")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it is empty"),
        (b"\n \n", "it is empty"),
        (b"Error: Unsupported argument\n", "it is not JSON"),
        (b'{"valid": tru', "it is not JSON"),
        (b"\xff\x00\x80", "it is not text in UTF-8"),
        (b"[1, 2]", "it is JSON of another form"),
        (b"{}", "it is JSON of another form"),
        (b'{"runs": 1, "version": "2.1.0"}', "it is JSON of another form"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b'{"a": 1}\n{"b": 2}\n', "it is JSON of another form"),
    ],
)
def test_what_cannot_be_read(data: bytes, said: str, guestbook: Path, traced: Trace) -> None:
    """CAMP736."""
    done = traced(data)
    assert (done.status, done.out) == (1, "")
    assert f"error[CAMP736]: standard input is not a format that trace reads: {said}" in done.err


def test_an_input_without_end(guestbook: Path, traced: Trace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace, "MOST", 1024)
    assert "CAMP736" in traced(b" " * 1025).err
    assert traced(json.dumps(VALIDATE).encode().ljust(1024)).status == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_windows_writes(encoding: str, guestbook: Path, traced: Trace) -> None:
    assert traced(json.dumps(VALIDATE, indent=1).replace("\n", "\r\n").encode(encoding)).status == 0


ODD: list[Any] = [None, 1, -1, True, "x", [], [1], {}, {"a": 1}, 1e99, 10**30]


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_values_of_other_types(odd: object, guestbook: Path, traced: Trace) -> None:
    """Each value of each format can be anything."""
    whole = [
        VALIDATE,
        sarif(result("infra/openstack/web.tf", 127, 130)),
        {"format_version": "1", "resource_changes": [odd]},
    ]
    for content in whole:
        for changed in variants(content, odd):
            assert traced(changed, "--output", "sarif").status in (0, 1)


def variants(value: Any, odd: object) -> list[Any]:
    """The value with each of its parts replaced."""
    if isinstance(value, dict):
        return [{**value, key: each} for key in value for each in (odd, *variants(value[key], odd))]
    if isinstance(value, list):
        return [[*value[:at], each, *value[at + 1 :]] for at in range(len(value)) for each in variants(value[at], odd)]
    return []


def test_a_plan_that_changed(guestbook: Path, traced: Trace) -> None:
    plan = guestbook / "camp.yaml"
    plan.write_text("# one line more\n" + plan.read_text())
    done = traced(VALIDATE)
    assert done.status == 0
    assert "camp.yaml is not the file from which infra/openstack was compiled" in done.err
