"""The plan of a repository with a Procfile runs each of its processes once, on both platforms."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import phases

from camp2iac.camp.folder import FolderPackage
from camp2iac.catalogue import load
from camp2iac.detect import look
from camp2iac.detect import plan as plans
from camp2iac.diagnostics.severity import Severity

APP = "from flask import Flask\napp = Flask(__name__)\n"
COMPOSE = "services:\n  web: { build: ., ports: ['80:80'] }\n  queue: { build: ., command: python work.py }\n"


def deployed(folder: Path, procfile: str, target: str) -> dict[str, str]:
    catalogue = load()
    files = {"app.py": APP, "work.py": "", "requirements.txt": "flask\ngunicorn\ncelery\n"}
    for name, text in {**files, "compose.yaml": COMPOSE, "Procfile": procfile}.items():
        (folder / name).write_text(text)
    findings = look(FolderPackage(folder, "app"), catalogue)
    assert findings is not None
    (folder / "camp.yaml").write_text(plans.text(findings.name, findings.applications, catalogue))
    compiled = phases.compile(phases.load(folder / "camp.yaml"), target=target)
    assert compiled.topology is not None, compiled.diagnostics
    assert [each for each in compiled.diagnostics if each.level is Severity.ERROR] == []
    (component,) = compiled.topology.components.values()
    return {each.type: each.command for each in component.processes}


@pytest.mark.parametrize("target", ["openstack", "heroku"])
@pytest.mark.parametrize(
    ("procfile", "expected"),
    [
        ("", {"queue": "python work.py"}),
        ("web: gunicorn app:app\n", {"web": "gunicorn app:app", "queue": "python work.py"}),
        ("worker: python work.py\n", {"worker": "python work.py"}),
        ("mail_worker: python work.py\n", {"mail_worker": "python work.py"}),
        (
            "Worker: python work.py\nrelease: python work.py\n",
            {"Worker": "python work.py", "release": "python work.py"},
        ),
    ],
)
def test_each_process_once(tmp_path: Path, target: str, procfile: str, expected: dict[str, str]) -> None:
    assert deployed(tmp_path, procfile, target) == expected
