"""Container images on Heroku: built from a Dockerfile with one line, on the container stack."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import phases

from camp2iac.synth import hcl

DIGEST = f"sha256:{'0123456789abcdef' * 4}"
PLAN = f"""camp_version: CAMP 1.2
name: shop
artifacts:
  - name: web
    artifact_type: com.docker:Image
    content: {{ href: "docker://registry.example.org:5000/team/shop:1.4@{DIGEST}" }}
    requirements:
      - requirement_type: org.opencontainers:RunOn
        fulfillment: {{ id: box, characteristics: [{{ characteristic_type: Podman, version: "[4,6)" }}] }}
"""
PROCESSES = """\
      - requirement_type: org.camp2iac:Process
        worker: 'bin/work "$HOME"  --all: #1'
        release: bin/migrate
"""
EXPOSED = "      - { requirement_type: org.camp2iac:Expose, port: 9000, public: true }\n"


def compiled(folder: Path, plan: str, environment: str = "") -> tuple[dict[str, str], list[str], dict[str, str]]:
    """The text of each file, the codes of warnings and errors, and the outcome of each statement."""
    (folder / "camp.yaml").write_text(plan)
    (folder / "heroku.yaml").write_text(f"target: heroku\n{environment}")
    made = phases.compile(phases.load(folder), environment=folder / "heroku.yaml")
    assert made.result is not None
    texts = hcl.write(made.result.lowered.module)
    texts |= {each.path: each.data.decode() for each in made.result.lowered.documents}
    outcomes = {each.statement.words: each.outcome.value for each in made.result.statements}
    return texts, [each.code for each in made.diagnostics if each.level.value != "note"], outcomes


def test_the_command_of_the_image(tmp_path: Path) -> None:
    texts, codes, outcomes = compiled(tmp_path, PLAN)
    assert codes == []
    assert texts["build/web/Dockerfile"].splitlines()[-1] == f"FROM registry.example.org:5000/team/shop:1.4@{DIGEST}"
    assert texts["build/web/heroku.yml"] == 'build:\n  docker:\n    "web": Dockerfile\n'
    assert 'stack  = "container"' in texts["web.tf"]
    assert "buildpacks" not in texts["web.tf"]
    assert "lost" not in outcomes.values()


def test_processes_of_one_image(tmp_path: Path) -> None:
    texts, _, outcomes = compiled(tmp_path, PLAN + PROCESSES)
    manifest = texts["build/web/heroku.yml"]
    assert manifest == (
        'build:\n  docker:\n    "worker": Dockerfile\n'
        'release:\n  image: "worker"\n  command:\n'
        '    - "[ \\"${CAMP2IAC_RELEASE-}\\" = e3b0c442 ] || exit 0; bin/migrate"\n'
        'run:\n  "worker": "bin/work \\"$HOME\\"  --all: #1"\n'
    )
    assert 'type     = "worker"' in texts["web.tf"]
    assert '"web"' not in texts["web.tf"].split("heroku_formation", 1)[1].split("type")[1].splitlines()[0]
    assert "lost" not in outcomes.values()
    texts, _, _ = compiled(tmp_path, PLAN + PROCESSES + EXPOSED)
    assert '    "web": Dockerfile\n' in texts["build/web/heroku.yml"]
    assert '  "worker":\n    command:\n' in texts["build/web/heroku.yml"]


def test_a_tag_is_a_warning(tmp_path: Path) -> None:
    plan = PLAN.replace(f"registry.example.org:5000/team/shop:1.4@{DIGEST}", "nginx")
    texts, codes, _ = compiled(tmp_path, plan)
    assert codes == ["CAMP427"]
    assert texts["build/web/Dockerfile"].splitlines()[-1] == "FROM docker.io/library/nginx:latest"


@pytest.mark.parametrize(
    "environment",
    [
        "registries: { 'registry.example.org:5000': { user: me } }\n",
        "team: t\nspace: { name: s, generation: fir }\n",
    ],
)
def test_what_heroku_cannot_run(tmp_path: Path, environment: str) -> None:
    texts, codes, outcomes = compiled(tmp_path, PLAN + EXPOSED, environment)
    assert "CAMP444" in codes
    assert "web.tf" not in texts
    assert set(outcomes.values()) == {"lost"}


def test_an_archive_is_not_deployed(tmp_path: Path) -> None:
    (tmp_path / "shop.tar").write_bytes(bytes(257) + b"ustar" + bytes(300))
    plan = PLAN.replace(f"docker://registry.example.org:5000/team/shop:1.4@{DIGEST}", "shop.tar")
    assert "CAMP444" in compiled(tmp_path, plan)[1]


def test_a_registry_without_images(tmp_path: Path) -> None:
    assert compiled(tmp_path, PLAN, "registries: { ghcr.io: { user: me } }\n")[1] == ["CAMP230"]
