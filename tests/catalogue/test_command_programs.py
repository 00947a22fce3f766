"""camp-run and camp-release on a stand-in for an instance. proofs/roots runs them on booted ones."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support import phases

from camp2iac.catalogue import companion as companions
from camp2iac.targets.openstack.machine.render import SCRIPTS, render

FOLDER = companions.BUILT_IN_COMPANIONS / "commands"
UNIT = """\
# /etc/systemd/system/shop-web.service
[Unit]
Description=web of shop

[Service]
Type=exec
ExecStartPre=/bin/true
ExecStart=/bin/bash -e /opt/shop/web.web.sh
WorkingDirectory=/opt/shop/web
EnvironmentFile={env}
Environment=PATH=/opt/50%%/bin:/bin
TimeoutStartSec=60
Restart=on-failure
DynamicUser=yes
RuntimeDirectory=shop-web
Environment=HOME=/run/shop-web
ProtectSystem=strict
SystemCallFilter=@system-service
LogsDirectory=shop

# /etc/systemd/system/shop-web.service.d/own.conf
[Service]
MemoryMax=1G

[Install]
WantedBy=multi-user.target
"""
FAKE = """\
#!/bin/sh
case "$(basename "$0") $1" in
  "systemctl cat") cat {unit} ;;
  "systemctl show") echo shop-web ;;
  systemd-run*) printf '%s\\n' "$@" > {said}; exit 7 ;;
  podman*) printf '%s\\n' "$@" > {said}; exit 8 ;;
  *) echo "$@" >> {said}.systemctl ;;
esac
"""
SECRET = 'it\'s 5$ \\ "here"\nand there'


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """Programs, a unit and its variables."""
    values = {"lib": str(tmp_path), "settings": {"which": "all"}, "components": [{"id": "web"}]}
    text = str(render(FOLDER / "templates", "camp-run.j2", values))
    (tmp_path / "camp-run").write_text(
        text.replace("/run/systemd/system", f"{tmp_path}/drop-ins").replace("os.geteuid()", "0")
    )
    (tmp_path / "components").write_text(
        "web unit shop-web.service - /opt/shop/web\n"
        "web-b unit apache2.service www-data '/opt/shop/a b%'\n"
        "box container shop-box.service - /\n"
    )
    quoted = re.sub(r'(["\\$`])', r"\\\1", SECRET)
    (tmp_path / "env").write_text(f'PASSWORD="{quoted}"\nPORT="8000"\n')
    (tmp_path / "unit").write_text(UNIT.format(env=tmp_path / "env"))
    (tmp_path / "bin").mkdir()
    for name in ("systemctl", "systemd-run", "podman"):
        file = tmp_path / "bin" / name
        file.write_text(FAKE.format(unit=tmp_path / "unit", said=tmp_path / "said"))
        file.chmod(0o755)
    return tmp_path


def camp_run(instance: Path, *words: str) -> subprocess.CompletedProcess[str]:
    path = f"{instance / 'bin'}:{os.environ['PATH']}"
    return subprocess.run(
        [sys.executable, "-I", instance / "camp-run", *words],
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_a_command_gets_what_the_unit_says(instance: Path) -> None:
    done = camp_run(instance, "web", "echo", "$HOME", "a b")
    assert (done.returncode, done.stderr) == (7, "")
    said = (instance / "said").read_text().splitlines()
    assert said[said.index("--") + 1 :] == ["/bin/sh", "-c", 'exec "$$@"', "camp-run", "echo", "$$HOME", "a b"]
    assert "--pipe" in said
    (drop_in,) = (instance / "drop-ins").glob("camp-run-web-.service.d/unit.conf")
    assert drop_in.read_text().splitlines() == [
        "[Service]",
        "WorkingDirectory=/opt/shop/web",
        f"EnvironmentFile={instance / 'env'}",
        "Environment=PATH=/opt/50%%/bin:/bin",
        "DynamicUser=yes",
        "ProtectSystem=strict",
        "SystemCallFilter=@system-service",
        "LogsDirectory=shop",
        "MemoryMax=1G",
        "User=shop-web",
        "WorkingDirectory=/opt/shop/web",
    ]
    camp_run(instance, "web", "true")
    assert (instance / "said.systemctl").read_text() == "daemon-reload\n", "once, as nothing has changed"


def test_the_server_of_a_component_and_a_container(instance: Path) -> None:
    assert camp_run(instance, "web-b", "true").returncode == 7
    drop_in = instance / "drop-ins" / "camp-run-web\\x2db-.service.d" / "unit.conf"
    assert drop_in.read_text().endswith("User=www-data\nWorkingDirectory=/opt/shop/a b%%\n")
    assert camp_run(instance, "box", "ls", "-l").returncode == 8
    assert (instance / "said").read_text().split() == ["exec", "--interactive", "shop-box", "ls", "-l"]


def test_variables_by_name_and_with_values(instance: Path) -> None:
    assert camp_run(instance, "--variables", "web").stdout.split() == ["PASSWORD", "PATH", "PORT"]
    shown = camp_run(instance, "--variables", "web", "--show").stdout
    read = subprocess.run(
        ["bash", "-c", f'{shown}\nprintf %s "$PASSWORD"'], capture_output=True, text=True, check=True
    ).stdout
    assert read == SECRET
    assert "PATH=/opt/50%/bin:/bin\n" in shown


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["true"], "several components: web, web-b, box. Name one"),
        (["web"], "name a command:  camp-run web COMMAND"),
        (["--variables", "web", "x"], "there is no component x"),
        ([], "camp-run [COMPONENT] COMMAND..."),
    ],
)
def test_what_it_needs_to_know(instance: Path, words: list[str], reason: str) -> None:
    done = camp_run(instance, *words)
    assert done.returncode == 125
    assert reason in done.stderr


def test_camp_release_finds_the_functions_of_the_program() -> None:
    """It takes all before this line, and that is complete: the functions that it calls, and nothing that runs."""
    text = (SCRIPTS / "release.sh").read_text()
    begin = 'install -d -m 0755 "$state"\n'
    assert text.count(f"\n{begin}") == 1
    before = text.partition(begin)[0]
    for name in ("take", "mark", "use", "answers", "listening", "say"):
        assert f"\n{name}() {{" in before
    assert "\nflock" not in before
    program = (FOLDER / "templates/camp-release.j2").read_text()
    assert f"begin='{begin.strip()}'" in program


@pytest.mark.parametrize(("which", "commands"), [("all", {"run"}), ("run", {"run"}), ("release", set())])
def test_instances_have_only_what_is_asked_for(tmp_path: Path, which: str, commands: set[str]) -> None:
    """The sample has no releases, so it never has camp-release."""
    file = tmp_path / "environment.yaml"
    file.write_text(f"target: openstack\nimage: debian-12\ncommands: {which}\n")
    made = phases.compile(phases.load(FOLDER / "sample"), environment=file)
    assert made.result is not None
    documents = {each.path: each.data.decode() for each in made.result.lowered.documents}
    text = documents["cloud-init/machine.yaml.tftpl"]
    assert set(re.findall(r"path: /usr/local/bin/camp-(run|release)", text)) == commands
    assert "camp-release@" not in text
