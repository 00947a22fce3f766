"""The words of `synth` for ordinary edits that would lose data, as a person reads them: ``refusals/EDIT.txt``."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from camp2iac.cli import run

HERE = Path(__file__).parent / "refusals"
VOLUME = "      - characteristic_type: org.camp2iac:Volume\n        size: 10 GiB\n"
SCALE = "      - characteristic_type: org.camp2iac:Scale\n        min: 1\n        initial: 3\n        max: 4\n"
OWN_PASSWORD = "      - characteristic_type: org.camp2iac:Attributes\n        password: { secret: db_password }\n"
ADMIN = """\
artifacts:
  - name: admin
    artifact_type: org.python:src
    content: { href: web/ }
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: app/app
      - requirement_type: org.sql:ConnectTo
        fulfillment: id:database
"""
PLAN, OPENSTACK, HEROKU = "camp.yaml", "openstack.yaml", "heroku.yaml"
#: name to the environment, the edits (file, old, new), and arguments
EDITS: dict[str, tuple[str, list[tuple[str, str, str]], list[str]]] = {
    "a volume removed": (OPENSTACK, [(PLAN, VOLUME, "")], []),
    "a volume renamed": (OPENSTACK, [(PLAN, VOLUME, f"{VOLUME}        name: rows\n")], []),
    "scale taken": (OPENSTACK, [(PLAN, SCALE, "")], []),
    "scale lowered": (OPENSTACK, [(PLAN, "initial: 3\n        max: 4", "initial: 2\n        max: 2")], []),
    "a service renamed": (OPENSTACK, [(PLAN, "id: database", "id: db"), (PLAN, "id:database", "id:db")], []),
    "a network renamed": (OPENSTACK, [(PLAN, "back", "inner")], []),
    "a version raised": (OPENSTACK, [(PLAN, '"7.0"', '"8.0"')], []),
    "a version raised and the loss permitted": (
        OPENSTACK,
        [(PLAN, '"7.0"', '"8.0"')],
        ["--lose", "archive"],
    ),
    "another image": (OPENSTACK, [(OPENSTACK, "debian-12", "debian-13")], []),
    "another key pair": (OPENSTACK, [(OPENSTACK, "ssh_from: 192.0.2.0/24", "key_pair: staff")], []),
    "another name": (OPENSTACK, [(OPENSTACK, "region:", "name: store\nregion:")], []),
    "another host name": (OPENSTACK, [(PLAN, "shop.example.org", "www.example.org")], []),
    "a secret renamed": (
        OPENSTACK,
        [(PLAN, "secret: session_key", "secret: session_seal"), (PLAN, "  session_key:", "  session_seal:")],
        [],
    ),
    "a longer secret": (OPENSTACK, [(PLAN, "generate: 64", "generate: 80")], []),
    "a password of the plan": (
        OPENSTACK,
        [
            (PLAN, '"[13,18)"\n', f'"[13,18)"\n{OWN_PASSWORD}'),
            (PLAN, "  session_key:", "  db_password: { description: Of the database, generate: 32 }\n  session_key:"),
        ],
        [],
    ),
    "an app added": (HEROKU, [(PLAN, "artifacts:\n", ADMIN)], []),
    "an app added and the loss permitted": (HEROKU, [(PLAN, "artifacts:\n", ADMIN)], ["--lose", "database"]),
    "an app renamed": (HEROKU, [(PLAN, "- name: web", "- name: shop")], []),
    "another region of the app": (HEROKU, [(HEROKU, "region: eu", "region: us")], []),
    "another plan of an add-on": (HEROKU, [(HEROKU, "essential-0", "essential-1")], []),
    "another add-on": (HEROKU, [(HEROKU, "heroku-postgresql:essential-0", "crunchy:hobby")], []),
}


@pytest.mark.parametrize("name", EDITS)
def test_words(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[Path, str], None],
) -> None:
    chosen, edits, arguments = EDITS[name]
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    Path("web").mkdir()
    Path("web/app.py").write_text("def app(environ, start_response): return []\n")
    for file in (PLAN, OPENSTACK, HEROKU):
        Path(file).write_text((HERE / file).read_text())
    assert run(["synth", PLAN, "-e", chosen, "-q", "-o", "infra"]) == 0, capsys.readouterr().err
    for file, old, new in edits:
        assert old in Path(file).read_text(), old
        Path(file).write_text(Path(file).read_text().replace(old, new))
    capsys.readouterr()
    status = run(["synth", PLAN, "-e", chosen, "-o", "infra", *arguments])
    _, err = capsys.readouterr()
    shown = err.partition("statements of the plan")[0].rpartition("\n")[0] if "statements of" in err else err
    shown = re.sub(r"(?ms)^(warning\[CAMP4(?!54)|note\[)[^\n]*\n.*?\n\n", "", shown)
    shown = re.sub(r"(?m)^\d+ (warning|note)[^\n]*\. More about [^\n]*\n", "", shown)
    golden(HERE / f"{name}.txt".replace(" ", "-"), f"exit {status}\n{shown.partition(chr(10) + 'Next:')[0].strip()}\n")
