"""Recording a provider's schema as a table: with a Terraform that only prints JSON."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from camp2iac.synth.providers import record

ATTRIBUTES = {
    "name": {"type": "string", "required": True},
    "size": {"type": "number", "optional": True, "computed": True},
    "token": {"type": "string", "optional": True, "sensitive": True, "deprecated": True, "write_only": True},
    "one": {
        "optional": True,
        "nested_type": {"nesting_mode": "single", "attributes": {"a": {"type": "bool", "optional": True}}},
    },
    "many": {
        "optional": True,
        "nested_type": {"nesting_mode": "list", "attributes": {"a": {"type": "bool", "optional": True}}},
    },
}
BLOCKS = {
    "rule": {
        "nesting_mode": "list",
        "min_items": 1,
        "max_items": 3,
        "block": {"attributes": {"to": {"type": "string"}}},
    },
    "timeouts": {"nesting_mode": "single", "block": {}},
    "any": {"nesting_mode": "set", "block": {}},
}
NOTES = {
    "name": {"force_new": True, "conflicts_with": ["z", "a"], "valid": {"one_of": ["x"]}},
    "size": {"force_new": False, "conflicts_with": [], "valid": {}},
    "rule": {"arguments": {"to": {"force_new": True}}},
}


def test_what_a_table_has_of_a_block() -> None:
    assert record.compact({"attributes": ATTRIBUTES, "block_types": BLOCKS}, NOTES) == {
        "arguments": {
            "many": ["o", ["list", ["object", {"a": "bool"}]]],
            "name": ["r", "string", {"force_new": True, "conflicts_with": ["a", "z"], "one_of": ["x"]}],
            "one": ["o", ["object", {"a": "bool"}]],
            "size": ["oc", "number"],
            "token": ["osdw", "string"],
        },
        "blocks": {
            "any": ["set", 0, 0, {}],
            "rule": ["list", 1, 3, {"arguments": {"to": ["", "string", {"force_new": True}]}}],
            "timeouts": ["single", 0, 1, {}],
        },
    }


SCRIPT = """\
#!/bin/sh
echo "$*" >> "$LOG"
case "$2" in
  init) cat "${1#-chdir=}/main.tf.json" >> "$LOG"; echo >> "$LOG"; exit "${FAILS:-0}" ;;
  version) echo '{"provider_selections": {"registry.terraform.io/hashicorp/random": "3.9.0"}}' ;;
  providers) cat "$SCHEMAS" ;;
esac
"""


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "terraform").write_text(SCRIPT)
    (tmp_path / "terraform").chmod(0o755)
    resource = {"block": {"attributes": {"length": {"type": "number", "required": True}}}}
    found = {"provider": {"block": {}}, "resource_schemas": {"random_b": resource, "random_a": resource}}
    schemas = {"provider_schemas": {"registry.terraform.io/hashicorp/random": found}}
    (tmp_path / "schemas.json").write_text(json.dumps(schemas))
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("LOG", str(tmp_path / "log"))
    monkeypatch.setenv("SCHEMAS", str(tmp_path / "schemas.json"))
    return tmp_path / "log"


def test_the_tables_of_what_terraform_prints(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes = tmp_path / "notes.json"
    known = {"random_a": {"arguments": {"length": {"force_new": True}}}}
    notes.write_text(json.dumps({"annotations": {"resources": known, "functions": {}}}))
    record.main(["--date", "2026-01-01", "--annotations", str(notes), "--output", str(tmp_path), "random"])
    text = (
        '{\n  "provider": "hashicorp/random",\n  "version": "3.9.0",\n  "recorded": "2026-01-01",\n'
        '  "configuration": {},\n  "resources": {\n'
        '    "random_a": {"arguments":{"length":["r","number",{"force_new":true}]}},\n'
        '    "random_b": {"arguments":{"length":["r","number"]}}\n  },\n  "data_sources": {\n\n  }\n}\n'
    )
    written = (tmp_path / "random.json").read_text()
    assert json.loads(written) == json.loads(text)
    assert written.splitlines()[:8] == text.splitlines()[:8]
    assert capsys.readouterr().out.startswith("random 3.9.0: ")
    init, main, version, schemas = log.read_text().splitlines()
    assert init.split()[1:] == ["init", "-input=false", "-no-color"]
    assert json.loads(main) == {"terraform": {"required_providers": {"random": {"source": "hashicorp/random"}}}}
    assert version.split()[1:] == ["version", "-json"]
    assert schemas.split()[1:] == ["providers", "schema", "-json"]


def test_a_terraform_that_fails_is_an_error(log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAILS", "1")
    with pytest.raises(subprocess.CalledProcessError):
        record.main(["--date", "2026-01-01", "--output", str(tmp_path), "random"])
    with pytest.raises(SystemExit):
        record.main(["--output", str(tmp_path), "random"])
