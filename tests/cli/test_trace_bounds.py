"""What ``camp2iac trace`` and ``inventory`` read is bounded, and their time is linear in what they read."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import Command, Done

from camp2iac.diagnostics import Severity
from camp2iac.diagnostics.reported_secrets import ReportedSecrets
from camp2iac.review import json_bounds
from camp2iac.review.formats import trace as formats
from camp2iac.review.trace import generated, inputs
from camp2iac.review.trace.finding import ReportedFinding
from camp2iac.review.trace.findings import Tracer

ROOT = Path(__file__).parents[2]
Run = Callable[..., Done]


@pytest.fixture
def run(camp2iac: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    folder = tmp_path / "guestbook"
    shutil.copytree(ROOT / "examples/guestbook", folder, ignore=shutil.ignore_patterns("heroku", "docker"))
    monkeypatch.chdir(folder)

    def call(data: bytes, *args: str) -> Done:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        return camp2iac(*args, "-o", "infra/openstack")

    return call


def broken(number: int, severity: str = "error") -> dict[str, Any]:
    place = {"filename": "web.tf", "start": {"line": 132, "column": 3}}
    found = {"severity": severity, "summary": f"Broken {number}", "range": place}
    return {"@level": severity, "@message": "x", "type": "diagnostic", "diagnostic": found}


def lines(*messages: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in messages)


def test_too_many_findings(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """CAMP168."""
    monkeypatch.setattr(inputs, "MOST_FINDINGS", 3)
    data = lines(*(broken(number, "warning") for number in range(10)), broken(10), *(broken(11) for _ in range(4)))
    done = run(data, "trace")
    assert done.status == 0
    assert (
        "warning[CAMP168]: left out because there are too many or they are too long: 7 warnings, 2 errors" in done.err
    )
    assert "error: Broken 10" in done.out
    assert "Broken 2" in done.out
    assert "Broken 3" not in done.out
    assert done.out.endswith("5 errors, 10 warnings\n")
    document = json.loads(run(data, "trace", "--output", "json").out)
    assert (len(document["findings"]), document["left_out"]) == (6, 9)
    assert "CAMP168" not in run(lines(broken(0), broken(1)), "trace").err


def test_the_most_severe_are_shown(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "_MOST_SHOWN", 2)
    done = run(lines(*(broken(number, "warning") for number in range(4)), broken(9)), "trace")
    assert "Broken 0" in done.out
    assert "Broken 1" not in done.out
    assert "error: Broken 9" in done.out
    assert "and 3 more, which  --output json  lists\n\n1 error, 4 warnings\n" in done.out


def test_a_line_that_is_too_long(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "_LONGEST_LINE", 1000)
    monkeypatch.setattr(json_bounds, "MOST_CONTAINERS", 20)
    large = {"@level": "info", "type": "outputs", "x": "x" * 2000}
    many = {"@level": "info", "type": "outputs", "x": [[]] * 30}
    done = run(lines(broken(0), large, many, *(broken(n) for n in range(20))), "trace")
    assert "too long: 2 lines of the input" in done.err
    assert done.out.endswith("21 errors\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"[" + b",".join([b"[]"] * 11) + b"]", "it has more than 10 objects and lists"),
        (b'{"a": [' + b",".join([b"1"] * 30) + b"]}", "it has more than 20 values"),
    ],
)
def test_many_values(text: bytes, said: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_bounds, "MOST_CONTAINERS", 10)
    monkeypatch.setattr(json_bounds, "MOST_VALUES", 20)
    done = run(text, "trace")
    assert (done.status, done.out) == (1, "")
    assert f"error[CAMP736]: standard input is not a format that trace reads: {said}" in done.err
    assert "= help: pass less: the output of  terraform validate -json," in done.err
    done = run(text, "inventory")
    assert (done.status, done.out) == (1, "")
    assert f"error[CAMP738]: the input is too large: {said}" in done.err
    assert "keep each output in a state of its own" in done.err


def test_a_large_state(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_bounds, "MOST_BYTES", 1024)
    done = run(b'{"format_version": "1.0"}'.ljust(1025), "inventory")
    assert (done.status, done.out) == (1, "")
    assert "error[CAMP738]: the input is too large: it is larger than 1,024 bytes" in done.err
    assert run(b'{"format_version": "1.0"}'.ljust(1024), "inventory").status == 0


@pytest.mark.parametrize("depth", [150, 300, 900])
def test_nested_values(depth: int, run: Run) -> None:
    text = json.dumps({"version": "2.1.0", "runs": []})[:-1] + ', "x": ' + "[" * depth + "]" * depth + "}"
    assert run(text.encode(), "trace", "--output", "sarif").status == (0 if depth < 200 else 1)
    text = '{"format_version": "1.0", "x": ' + '{"a":' * depth + "1" + "}" * depth + "}"
    assert run(text.encode(), "inventory").status == 1


def test_a_stream_after_a_line_that_is_not_json(run: Run) -> None:
    """A document can have an object on one line. Text and a broken line before a stream are ignored."""
    validate = {"valid": False, "diagnostics": [broken(0)["diagnostic"]], "x": {"a": 1}}
    pretty = json.dumps(validate, indent=1).replace('{\n  "a": 1\n }', '\n{"a": 1}\n').encode()
    assert run(pretty, "trace").out.endswith("1 error\n")
    assert run(b"+ terraform\n" + lines(broken(0)), "trace").out.endswith("1 error\n")
    assert run(b'{"@level": "in\n' + lines(broken(0), broken(1)), "trace").out.endswith("2 errors\n")
    assert run(lines(validate) + b"exit status 1\n", "trace").out.endswith("1 error\n")


def steps(action: Callable[[], object]) -> int:
    """The number of lines of Python that an action runs."""
    count = 0

    def tracer(_frame: Any, event: str, _arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return tracer

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        action()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("address", ["a.{}b", "module.a.{}b.c"])
def test_long_addresses(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of steps does not grow with the number of parts: before, each start of the address was looked up."""
    monkeypatch.chdir(ROOT / "examples/guestbook")
    tracer = Tracer([generated.read(Path("infra/openstack"))])

    def trace(size: int) -> int:
        finding = ReportedFinding(Severity.ERROR, "x", address=address.format("a." * size))
        return steps(lambda: tracer.trace(finding))

    trace(1)
    assert trace(3200) <= trace(200) + 20


def test_long_file_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only ends of the name that can be in the output are looked up: before, it was each end of the name."""
    monkeypatch.chdir(ROOT / "examples/guestbook")
    output = generated.read(Path("infra/openstack"))
    looked_up: list[object] = []

    class Paths(frozenset[str]):
        def __contains__(self, path: object) -> bool:
            looked_up.append(path)
            return super().__contains__(path)

    output.__dict__["paths"] = Paths(output.paths)
    for size in (200, 32_000):
        looked_up.clear()
        Tracer([output]).trace(ReportedFinding(Severity.ERROR, "x", file="a/" * size + "web.tf", line=1))
        assert 0 < len(looked_up) <= output.deepest


def test_known_secrets_are_found_in_linear_time() -> None:
    """Values with the same beginning, and a text of such beginnings."""
    secrets = ReportedSecrets(f"aaaa{'a' * number}b" for number in range(60))
    few, many = (steps(lambda size=size: secrets.clean("aaaa " * size)) for size in (100, 1600))
    assert many < 17 * few
    assert secrets.clean(f"x {'a' * 30}b y") == "x ••• y"
