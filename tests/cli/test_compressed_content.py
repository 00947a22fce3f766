"""The commands, for content that user data has room for only if it is compressed."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from running import Command

from camp2iac.synth.sourcemap import NAME

ENVIRONMENT = "environments/openstack.yaml"


@pytest.fixture
def large(shop: Path) -> Path:
    of = random.Random(11)
    rates = "".join(f"RATE_{each} = {of.randrange(10**6)}\n" for each in range(3_000))
    (shop / "web/rates.py").write_text(rates)
    return shop


def test_content_says_so(large: Path, camp2iac: Command) -> None:
    done = camp2iac("content", ".", "-e", ENVIRONMENT, "-q")
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[0].startswith("web: web/  (camp.yaml:6)")
    assert lines[1].startswith("  compressed in the user data, 1")
    assert lines[1].endswith(" KiB")
    (told,) = json.loads(camp2iac("content", ".", "-e", ENVIRONMENT, "-q", "--output", "json").out)["artifacts"]
    assert 10_000 < told["compressed"] < 30_000
    (told,) = json.loads(camp2iac("content", ".", "-q", "--output", "json").out)["artifacts"]
    assert told["compressed"] is None
    (large / "web/rates.py").unlink()
    assert "compressed" not in camp2iac("content", ".", "-e", ENVIRONMENT, "-q").out


def test_the_report_and_the_readme_say_so(large: Path, camp2iac: Command) -> None:
    assert "in a virtual environment, compressed in the user data" in camp2iac("port", ".", "-e", ENVIRONMENT, "-q").out
    assert camp2iac("synth", ".", "-e", ENVIRONMENT, "-q").status == 0
    readme = (large / "infra/openstack/README.md").read_text()
    assert "\n## Compressed content\n" in readme
    assert "\n- web: `archives/web.tar.gz`\n" in readme
    gitignore = (large / "infra/openstack/.gitignore").read_text()
    assert "!/archives/**\n" in gitignore
    assert camp2iac("synth", ".", "-e", ENVIRONMENT, "-q", "--check").status == 0


@pytest.mark.parametrize("change", ["replace", "ignore"])
def test_an_edit_replaces_instances_as_without_compression(large: Path, camp2iac: Command, change: str) -> None:
    environment = large / ENVIRONMENT
    environment.write_text(f"{environment.read_text()}on_change: {change}\n")
    large_web = large / "web/guestbook.py"
    found = {}
    for kind in ("compressed", "plain"):
        if kind == "plain":
            (large / "web/rates.py").unlink()
        camp2iac("synth", ".", "-e", ENVIRONMENT, "-q", "--force")
        output = large / "infra/openstack"
        assert (output / "archives").exists() == (kind == "compressed")
        before = large / f"before-{kind}"
        output.rename(before)
        large_web.write_text(f"{large_web.read_text()}# {kind}\n")
        camp2iac("synth", ".", "-e", ENVIRONMENT, "-q")
        done = camp2iac("diff", str(before), str(output), "--output", "json")
        (told,) = json.loads(done.out)["environments"]
        found[kind] = [(each["address"], each["action"]) for each in told["resources"]]
    assert found["compressed"] == found["plain"]
    assert bool(found["plain"]) == (change == "replace")
    assert (large / "infra/openstack" / NAME).exists()
