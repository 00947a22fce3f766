"""The exports of all examples and cases: valid by the schema of the Compose specification, and nothing is forgotten."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from support import exports

from camp2iac.importers import Fate

VARIABLE = re.compile(r"(?<!\$)(?:\$\$)*\$\{([A-Z0-9_]+)[:?-]")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the export of each plan that compiles for Docker."""
    place = tmp_path_factory.mktemp("exported")
    done = 0
    for each in exports.all_exports("compose"):
        assert len(each.statements) == len(each.planned)
        assert all(stated.why for stated in each.statements if stated.fate is not Fate.KEPT), each.name
        each.write(place / each.folder)
        done += 1
    assert done > 50
    return place


def test_the_schema_of_compose_files(exported: Path) -> None:
    files = sorted(map(str, exported.glob("*/compose.yaml")))
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", *files]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    bad = exported / "bad.yaml"
    bad.write_text("services: { web: { imag: x } }\n")
    command = [*command[: -len(files)], str(bad)]
    assert subprocess.run(command, capture_output=True, text=True, timeout=60).returncode == 1


def test_what_a_compose_file_names_exists(exported: Path) -> None:
    """Files, services, networks, volumes and variables."""
    for file in exported.glob("*/compose.yaml"):
        text = file.read_text()
        document = YAML(typ="safe").load(text)
        services = document["services"]
        example = (file.parent / ".env.example").read_text() if (file.parent / ".env.example").exists() else ""
        listed = set(re.findall(r"^#? ?([A-Z0-9_]+)=", example, re.MULTILINE))
        used = set(VARIABLE.findall(text)) | {each["environment"] for each in document.get("secrets", {}).values()}
        assert used == listed, file
        for service in services.values():
            assert ("build" in service) or service["image"]
            if "build" in service:
                assert (file.parent / service["build"].replace("$$", "$") / "Dockerfile").is_file()
            assert set(service.get("depends_on", {})) <= set(services)
            assert set(service.get("networks", [])) <= {*document.get("networks", {}), "default"}
            for kind in ("secrets", "configs"):
                assert {each["source"] for each in service.get(kind, [])} <= set(document.get(kind, {}))
            for mount in service.get("volumes", []):
                if mount["type"] == "bind":
                    assert (file.parent / mount["source"].replace("$$", "$")).is_file()
                else:
                    assert mount["source"] in document["volumes"]
