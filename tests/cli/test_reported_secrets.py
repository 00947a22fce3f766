"""No secret that Terraform, a provider or a scanner quotes is in a report: all commands that read their output."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import Command, Done

ROOT = Path(__file__).parents[2]
CANARY = "Tr0ub4dor-canary"  # found by its key or form
KNOWN = "Correct/horse-canary"  # found because the document says that it is secret
Run = Callable[..., Done]

QUOTES = [
    f'admin_pass = "{CANARY}"',
    f'{{"user":"x","password":"{CANARY}","n":1}}',
    f'{{\\"token\\":\\"{CANARY}\\"}}',
    f"map[admin_pass:{CANARY} name:x]",
    f"X-Auth-Token: {CANARY}",
    f"Authorization: Bearer {CANARY}",
    f"expected length of admin_pass to be in the range (8 - 20), got {CANARY}",
    f"psql postgres://web:{CANARY}@db:5432/web",
    f"worker --token {CANARY}",
    f"worker --password={CANARY}",
    f"password: |\n  {CANARY}",
    f"secret = <<EOT\nx\n{CANARY}\nEOT",
    f'the password "{CANARY}" is too short',
    f"the cloud refused {KNOWN}, sorry",
]


@pytest.fixture
def run(camp2iac: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    folder = tmp_path / "guestbook"
    shutil.copytree(ROOT / "examples/guestbook", folder, ignore=shutil.ignore_patterns("heroku", "docker"))
    monkeypatch.chdir(folder)

    def call(content: object, *args: str) -> Done:
        many = content if isinstance(content, list) else [content]
        data = "\n".join(map(json.dumps, many)).encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        return camp2iac(*args, "-o", "infra/openstack")

    return call


def diagnostic(quote: str, line: int = 132) -> dict[str, Any]:
    place = {"filename": "web.tf", "start": {"line": line, "column": 3, "byte": 0}, "end": {}}
    return {
        "severity": "error",
        "summary": f"Bad: {quote}",
        "detail": f"The provider said:\n{quote}",
        "address": "openstack_compute_instance_v2.web",
        "range": place,
        "snippet": {
            "context": 'resource "openstack_compute_instance_v2" "web"',
            "code": quote,
            "start_line": line,
            "values": [{"traversal": "var.admin_pass", "statement": f"is {json.dumps(KNOWN)}"}],
        },
    }


def message(kind: str, **more: Any) -> dict[str, Any]:
    return {"@level": "error", "@message": "x", "@timestamp": "2026-01-01T00:00:00Z", "type": kind, **more}


def sarif(quote: str) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": f"https://x:{CANARY}@example.org/web.tf"},
        "region": {"startLine": 1, "snippet": {"text": f"x\n{quote}\n"}},
    }
    results = [
        {"ruleId": "X", "message": {"text": quote}, "locations": [{"physicalLocation": place}]},
        {"ruleId": "X", "message": {"text": "y"}, "properties": {"password": CANARY}, "suppressions": [{}]},
    ]
    return {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": results}]}


def plan(quote: str) -> dict[str, Any]:
    marked = {"admin": {"value": KNOWN}, "admin_pass": CANARY, "list": [1, KNOWN]}
    change = {
        "actions": ["update"],
        "before": marked,
        "before_sensitive": {"admin": True, "list": [False, True]},
        "after": marked,
        "after_sensitive": {"admin": {"value": True}},
    }
    problem = {"message": quote}
    return {
        "format_version": "1.2",
        "planned_values": {},
        "resource_changes": [{"address": "openstack_compute_instance_v2.web", "change": change}],
        "checks": [{"address": {"to_display": "check.x"}, "instances": [{"problems": [problem]}]}],
    }


def hidden(done: Done) -> None:
    assert done.status in (0, 1), done.err
    assert "canary" not in done.out + done.err


@pytest.mark.parametrize("form", ["text", "sarif", "github", "json"])
def test_trace(form: str, run: Run) -> None:
    for quote in QUOTES:
        lines = [message("diagnostic", diagnostic=diagnostic(quote, line)) for line in (132, 1)]
        lines.append(message("outputs", outputs={"x": {"sensitive": True, "value": KNOWN}}))
        hidden(run(lines, "trace", "--output", form))
        validate = {"format_version": "1.0", "valid": False, "diagnostics": [diagnostic(quote)]}
        hidden(run(validate, "trace", "--output", form))
        hidden(run(plan(quote), "trace", "--output", form))
        if KNOWN not in quote:  # a scanner does not say what is secret
            hidden(run(sarif(quote), "trace", "--output", form))


@pytest.mark.parametrize("options", [(), ("-v",), ("-q",)])
def test_progress(options: tuple[str, ...], run: Run) -> None:
    for quote in QUOTES:
        hook = {"resource": {"addr": "openstack_compute_instance_v2.web"}, "action": "create", "output": quote}
        lines = [message("version"), message("diagnostic", diagnostic=diagnostic(quote))]
        if KNOWN not in quote:
            lines += [message("provision_progress", hook=hook), {**message("log"), "@message": quote}]
        lines.append(message("outputs", outputs={"x": {"sensitive": True, "value": KNOWN}}))
        hidden(run(lines, "progress", *options))


@pytest.mark.parametrize("form", ["pretty", "markdown", "json"])
def test_inventory(form: str, run: Run) -> None:
    """An attribute and an output that are not marked quote what is marked, or what has the name of a secret."""
    for quote in (*QUOTES, f"x {KNOWN}", KNOWN):
        flat = quote.replace("\n", " ") if "|" not in quote else f"password: {CANARY}"
        shown = {"id": flat, "access_ip_v4": flat, "flavor_name": flat, "image_name": flat, "name": flat}
        resource = {
            "address": 'openstack_compute_instance_v2.web["web-1"]',
            "type": "openstack_compute_instance_v2",
            "values": {**shown, "metadata": {"a": KNOWN}, "admin_pass": CANARY},
            "sensitive_values": {"metadata": {"a": True}},
        }
        outputs = {"web_url": {"value": flat}, "web_addresses": {"value": {"a": flat}}, "y": {"value": [flat]}}
        values = {"root_module": {"resources": [resource]}, "outputs": outputs}
        done = run({"format_version": "1.0", "values": values}, "inventory", "--output", form)
        hidden(done)
        assert "web-1" in done.out


def test_what_is_no_secret_stays(run: Run) -> None:
    """Names, references and facts are what a reader needs."""
    for text in (
        'The argument "password" is required, but no definition was found.',
        "admin_pass = var.admin_pass",
        "on web.tf line 3: key_pair = each.key",
        "The given key does not identify an element: web-1",
        "Quota exceeded for instances: requested 2, but already used 9 of 10",
    ):
        done = run({"format_version": "1.0", "valid": False, "diagnostics": [diagnostic(text)]}, "trace")
        assert text in done.out
