"""``camp2iac progress``: recorded streams of Terraform, by part of the plan.

The stream for OpenStack comes from the stand-in provider, that for Heroku from the real one against the simulated
platform, that for Kubernetes from the real one and a real control plane, and the small ones from a module of ``random``
and ``terraform_data``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.deployed import RECORDED, DeployedOutput, deployed_output

from camp2iac.diagnostics.excerpt import columns as width_of
from camp2iac.review.parts import DeployedParts
from camp2iac.review.progress import messages
from camp2iac.review.progress.model import TerraformRun
from camp2iac.review.progress.summary import summary
from camp2iac.review.progress.view import ViewSize, duration, event_lines, lines
from camp2iac.synth import sourcemap_json
from camp2iac.targets import registry
from camp2iac.targets.deployed import Inventory

Golden = Callable[[Path, str], None]
STREAMS = {
    "openstack/apply": 0,
    "heroku/apply": 0,
    "kubernetes/apply": 0,
    "small/apply": 0,
    "small/plan": 0,
    "small/destroy": 0,
    "small/failed": 1,
    "small/interrupted": 1,
}


@pytest.fixture
def output(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> DeployedOutput:
    return deployed_output(getattr(request, "param", "small"), tmp_path, monkeypatch, capsys)


def new_run(name: str) -> TerraformRun:
    standing = sourcemap_json.standing(
        (RECORDED / name / "sourcemap.json").read_bytes(), (RECORDED / name / "digests.json").read_bytes()
    )
    assert standing is not None
    types = getattr(registry.find(standing.target), "inventory", None)
    assert isinstance(types, Inventory)
    return TerraformRun(DeployedParts(standing, types))


def recorded(stream: str) -> list[bytes]:
    return (RECORDED / f"{stream}.jsonl").read_bytes().splitlines()


def received(run: TerraformRun, given: list[bytes]) -> list[str]:
    """The lines that are printed without a terminal."""
    printed = []
    for line in given:
        message = messages.read(line).message
        assert message is not None
        printed += event_lines(run, run.receive(message, message.seconds or 0.0))
    return printed


def message(type_: str, **fields: Any) -> bytes:
    return json.dumps({"@level": "info", "@message": "", "type": type_, **fields}).encode()


def hook(type_: str, address: str, action: str = "create", elapsed: float = 0) -> bytes:
    return message(type_, hook={"resource": {"addr": address}, "action": action, "elapsed_seconds": elapsed})


def planned(address: str, action: str = "create") -> bytes:
    return message("planned_change", change={"resource": {"addr": address}, "action": action})


def end(operation: str = "apply") -> bytes:
    return message("change_summary", changes={"add": 0, "change": 0, "remove": 0, "operation": operation})


def fault(severity: str, **fields: Any) -> bytes:
    return message("diagnostic", diagnostic={"severity": severity, "summary": "x", "detail": "", **fields})


@pytest.mark.parametrize("stream", STREAMS)
def test_a_stream(
    stream: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    golden: Golden,
) -> None:
    name, _, file = stream.partition("/")
    output = deployed_output(name, tmp_path, monkeypatch, capsys)
    status, out, err = output.call("progress", given=output.recorded(f"{file}.jsonl"))
    assert (status, err) == (STREAMS[stream], "")
    golden(RECORDED / f"{stream}.txt", out)


# --- the model --------------------------------------------------------------------------------------------------------


def test_a_stream_without_its_end_failed() -> None:
    """Terraform was killed: after each message of an apply, except in the plan before, which is a plan of its own."""
    given = recorded("small/apply")
    summaries = [number for number, line in enumerate(given) if b'"change_summary"' in line]
    starts = min(number for number, line in enumerate(given) if b'"apply_start"' in line)
    for number in range(len(given)):
        run = new_run("small")
        received(run, given[: number + 1])
        assert run.ended == (summaries[0] <= number < starts or summaries[1] <= number), number
    run = new_run("small")
    received(run, given[:20])
    assert run.failed
    text = summary(run, 0, lambda _file: None, 200)
    assert "The stream ended before Terraform did, after 0:00: 3 created. Run  terraform plan  to see" in text
    assert "2 created, 2 not done" in text


def test_nothing_to_change() -> None:
    run = new_run("small")
    assert received(run, [end("plan"), end()]) == ["The plan: nothing to change."]
    assert not run.failed
    assert "Applied in 0:07: nothing changed." in summary(run, 7, lambda _file: None, 80)


def test_an_apply_that_failed_without_a_message_of_it() -> None:
    run = new_run("small")
    received(run, [hook("apply_start", "terraform_data.web[0]"), hook("apply_errored", "terraform_data.web[0]"), end()])
    assert run.failed


def test_a_replacement_is_one_change() -> None:
    run = new_run("small")
    address = "terraform_data.web[0]"
    printed = received(run, [planned(address, "replace"), hook("apply_start", address, "delete")])
    printed += received(run, [hook("apply_complete", address, "delete", 1)])
    assert printed == []
    assert not run.resources[address].is_complete
    printed = received(run, [hook("apply_start", address), hook("apply_complete", address, elapsed=61)])
    assert printed == ["web: instance 0 replaced in 1:02"]
    assert "1 replaced" in summary(run, 0, lambda _file: None, 80)


def test_what_takes_long_is_reported_once_and_every_five_minutes() -> None:
    """Also what people do not know by name."""
    run = new_run("small")
    given = [hook("apply_start", 'random_id.web["eu"]')]
    given += [hook("apply_progress", 'random_id.web["eu"]', elapsed=10 * each) for each in range(1, 66)]
    given += [hook("apply_complete", 'random_id.web["eu"]', elapsed=655)]
    assert received(run, given) == [
        "web: random name eu creating, 0:10 so far",
        "web: random name eu creating, 5:10 so far",
        "web: random name eu creating, 10:10 so far",
        "web: random name eu created in 10:55",
    ]


def test_a_part_is_ready_once() -> None:
    run = new_run("small")
    given = [planned(f"terraform_data.web[{each}]") for each in range(3)]
    for each in range(3):
        given += [
            hook("apply_start", f"terraform_data.web[{each}]"),
            hook("apply_complete", f"terraform_data.web[{each}]"),
        ]
    assert received(run, given)[-1:] == ["web: 3 created"]
    assert received(run, [hook("apply_start", "terraform_data.web[0]", "delete")]) == []


def test_changes_outside_of_terraform_and_repeated_warnings_once() -> None:
    run = new_run("small")
    drift = message("resource_drift", change={"resource": {"addr": "terraform_data.web[1]"}, "action": "update"})
    assert received(run, [drift, drift]) == ["web: instance 1 was changed outside Terraform"]
    received(run, [fault("warning", summary="old"), fault("warning", summary="old"), end()])
    assert summary(run, 0, lambda _file: None, 80).count("warning: old (2 times)") == 1
    assert not run.failed


def test_memory_and_time_are_bounded() -> None:
    run = new_run("small")
    long = "x" * 10_000
    for number in range(600):
        received(run, [fault("error", summary=f"{number}", detail=long), fault("warning", summary=f"{number}")])
        received(run, [hook("apply_progress", "terraform_data.web[0]", elapsed=number)])
        received(run, [message("outputs", outputs={f"o{number}": {"sensitive": False, "value": 1}})])
        drift = {"resource": {"addr": f"terraform_data.x[{number}]"}, "action": "update"}
        received(run, [message("resource_drift", change=drift)])
    assert len(run.resources) == 1
    for found in (run.errors, run.warnings, run.drift, run.outputs):
        assert len(found) <= 500
    assert max(len(each.detail) for each in run.errors) < 5_000


@pytest.mark.parametrize(
    "line",
    [
        b'{"@message": "", "type": "diagnostic"}',
        b'{"@message": "", "type": "diagnostic", "diagnostic": 1}',
        b'{"@message": 1, "type": "apply_start"}',
        b'{"@message": "", "type": "apply_start", "hook": {"resource": {"addr": 5}}}',
        b'{"@message": "", "type": "apply_start", "hook": {"resource": {}, "action": "create"}}',
        b'{"@message": "", "type": "apply_complete", "hook": {"action": "open"}}',
        b'{"@message": "", "type": "planned_change", "change": {"action": "move", "resource": {"addr": "a_b.c"}}}',
        b'{"@message": "", "type": "change_summary", "changes": null}',
        b'{"@message": "", "type": "a_new_one", "@timestamp": "yesterday", "x": [1]}',
        b'{"@message": "", "type": "ephemeral_op_start", "hook": {"resource": {"addr": "a_b.c"}, "action": "open"}}',
        b'{"@message": "", "type": "apply_start", "hook": null}',
    ],
)
def test_messages_of_other_forms_are_ignored(line: bytes) -> None:
    run = new_run("small")
    found = messages.read(line).message
    assert found is not None
    assert run.receive(found, 0) == ()
    assert not run.resources
    assert run.seconds is None


def test_an_output_is_shown_unless_it_is_a_secret() -> None:
    run = new_run("small")
    outputs = {
        "web_url": {"sensitive": False, "value": "http://203.0.113.5"},
        "planned": {"sensitive": False, "action": "create"},
        "password": {"sensitive": True, "value": "SECRET"},
        "api_token": {"sensitive": False, "value": "SECRET"},
        "database": {"sensitive": False, "value": "postgresql://web:SECRET@db/x"},
        "many": {"sensitive": False, "value": {"a": [1, 2], "token": "SECRET"}},
    }
    received(run, [message("outputs", outputs=outputs), end()])
    text = summary(run, 0, lambda _file: None, 80)
    assert (
        text.partition("Outputs\n")[2] == "  many = a=1, 2\n  password = (sensitive)\n  web_url = http://203.0.113.5\n"
    )


# --- errors and their places ------------------------------------------------------------------------------------------


def test_an_error_has_its_place_in_the_plan_and_the_line(output: DeployedOutput) -> None:
    given = output.recorded("failed.jsonl")
    _, out, _ = output.call("progress", given=given)
    assert "  --> camp.yaml:8:14, component web\n" in out
    assert " 8 |     content: { href: web/ }\n   |              ^\n" in out
    (output.folder.parent / "camp.yaml").write_text("camp_version: CAMP 1.1\n")
    _, out, _ = output.call("progress", given=given)
    assert "camp.yaml:8:14, component web" in out
    assert "href" not in out, "the plan has changed since"


def test_an_error_without_an_address_has_that_of_its_block(output: DeployedOutput) -> None:
    where = {"range": {"filename": "web.tf", "start": {"line": 3}}}
    given = fault("error", **where, snippet={"context": 'resource "random_password" "database"'})
    _, out, _ = output.call("progress", given=given)
    assert "camp.yaml:47:9, service database" in out
    assert "random_password.database, web.tf:3" in out
    given = fault("error", **where, snippet={"context": 'output "id"'})
    assert "camp.yaml:6:11, component web" in output.call("progress", given=given)[1]


def test_a_secret_in_an_error_is_hidden(output: DeployedOutput) -> None:
    detail = "POST https://api.example.org/?token=SECRET failed\npassword: SECRET\n" + "line\n" * 100
    _, out, _ = output.call("progress", given=fault("error", detail=detail, address="terraform_data.web[0]"))
    assert "SECRET" not in out
    assert "… 72 more lines" in out


# --- other input ------------------------------------------------------------------------------------------------------


def test_lines_of_other_programs_are_shown(output: DeployedOutput) -> None:
    given = (
        b"make: apply\n\x1b[2Jx --token=SECRET\n::error::boo\n" + output.recorded("apply.jsonl") + b"{not JSON\ndone\n"
    )
    status, out, _ = output.call("progress", given=given)
    assert status == 0
    assert out.startswith("make: apply\n␛[2Jx --token=•••\n: :error::boo\n")
    assert "{not JSON" not in out  # it can be a part of a document with secrets
    assert "done\n" in out


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"Terraform used the selected providers\n",
        b'{"format_version": "1.0", "values": {"outputs": {"p": {"value": "SECRET"}}}}\n',
        b'{\n  "version": 4,\n  "password": "SECRET"\n}\n',
        b'[\n  "SECRET"\n]\n',
        b"1\n2\n",
    ],
)
def test_another_input(given: bytes, output: DeployedOutput) -> None:
    status, out, err = output.call("progress", given=given)
    assert status == 1
    assert err.startswith("error[CAMP739]: the input has no message of  terraform apply -json")
    assert "SECRET" not in out


def test_a_line_that_is_too_long_is_left_out(output: DeployedOutput, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "LONGEST_LINE", 4_000)
    given = b"x" * 10_000 + b"\n" + b"y" * 4_000 + b"\nz\n" + output.recorded("apply.jsonl")
    status, out, _ = output.call("progress", given=given)
    assert status == 0
    assert out.startswith("z\nThe plan: 5 to create.\n")


def test_quiet_and_verbose(output: DeployedOutput) -> None:
    given = output.recorded("apply.jsonl")
    assert output.call("progress", "-q", given=given)[1].startswith("warning: ")
    _, out, _ = output.call("progress", "-v", given=given)
    assert "web: ready 1\n" in out
    assert "web: random name us created\n" in out


def test_words_of_the_stream_are_data(output: DeployedOutput) -> None:
    words = "a\x1b]0;x\x07\r\n::error::b ##[error] \u202e"
    given = b"\n".join(
        [
            planned(f'terraform_data.web["{words}"]'),
            hook("apply_start", f'terraform_data.web["{words}"]'),
            hook("apply_complete", f'terraform_data.web["{words}"]'),
            message("log", **{"@message": words}),
            fault("error", summary=words, detail=words, address=words),
            message("outputs", outputs={words: {"value": words, "sensitive": False}}),
        ]
    )
    _, out, _ = output.call("progress", given=given)
    assert "error: " in out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]|^ *::|##\\[", out, re.MULTILINE)


# --- the live view ----------------------------------------------------------------------------------------------------


def frames(stream: str, size: ViewSize) -> Iterator[list[str]]:
    """The view after each message, by the stream's clock."""
    run = new_run(stream.partition("/")[0])
    first = None
    for line in recorded(stream):
        found = messages.read(line).message
        assert found is not None
        now = found.seconds or 0.0
        first = now if first is None else first
        run.receive(found, now)
        yield lines(run, now, now - first, size)


@pytest.mark.parametrize("size", [ViewSize(80, 24), ViewSize(40, 24), ViewSize(20, 5), ViewSize(1, 1)])
@pytest.mark.parametrize("stream", STREAMS)
def test_each_frame_fits(stream: str, size: ViewSize) -> None:
    for frame in frames(stream, size):
        assert len(frame) <= max(size.height, 3)
        assert all(sum(map(width_of, line)) < max(size.width, 9) for line in frame)


@pytest.mark.parametrize("width", [80, 40])
def test_frames(width: int, golden: Golden) -> None:
    """Some frames of a real apply, a real failure, and an apply whose instances take minutes."""
    found = []
    for stream in ("openstack/apply", "small/apply", "small/failed"):
        every = list(frames(stream, ViewSize(width, 24)))
        found += [
            f"== {stream}",
            *("\n".join(every[len(every) * part // 5]) for part in (1, 2, 3, 4)),
            "\n".join(every[-1]),
        ]
    golden(RECORDED / f"frames-{width}.txt", "\n\n".join(found) + "\n")


def test_a_view() -> None:
    """As docs/inventory.md describes it."""
    run = new_run("openstack")
    instances = [f'openstack_compute_instance_v2.web["web-{each}"]' for each in (1, 2, 3)]
    volume, database = "openstack_blockstorage_volume_v3.database_data", "openstack_compute_instance_v2.database"
    balancer, floating = "openstack_lb_loadbalancer_v2.web", "openstack_networking_floatingip_v2.web"
    received(run, [planned(each) for each in (*instances, volume, database, balancer, floating)])
    given = [hook("apply_start", each) for each in (volume, *instances)]
    given += [hook("apply_complete", each) for each in (volume, *instances[:2])]
    for line in [*given, hook("apply_start", database), hook("apply_start", balancer)]:
        found = messages.read(line).message
        assert found is not None
        run.receive(found, 100.0)
    shown = lines(run, 132.0, 40.0, ViewSize(120, 24))
    assert "\n".join(shown) in (RECORDED.parents[2] / "docs/inventory.md").read_text()
    assert shown == [
        "Terraform applies, 0:40: 3 of 7 done",
        "  web       2 of 3 instances ready 0:32, load balancer creating 0:32, 1 waiting",
        "  database  volume data ready, instance creating 0:32",
    ]
    assert lines(run, 132.0, 40.0, ViewSize(120, 3), "interrupted")[0].endswith("3 of 7 done - interrupted")
    assert lines(run, 132.0, 40.0, ViewSize(120, 3))[1:] == ["  … 2 more parts"]


def test_durations() -> None:
    assert [duration(each) for each in (-1, 0, 59.9, 60, 3_599, 3_600, 360_000)] == [
        "0:00",
        "0:00",
        "0:59",
        "1:00",
        "59:59",
        "1:00:00",
        "100:00:00",
    ]
