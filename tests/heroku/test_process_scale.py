"""The number and size of dynos of each process type."""

from __future__ import annotations

from pathlib import Path

import pytest

from heroku.support_heroku import built, components, hosts

PROCESS = """\
      - requirement_type: org.camp2iac:Process
        worker: { command: python worker.py, tier: back, scale: { min: 2, max: 4 }, compute: { memory: 1 GiB } }
        clock: python clock.py
"""
FILES = {"web/worker.py": "", "web/clock.py": ""}
PLAN = components("web") + PROCESS + hosts("web")


def test_a_process_has_the_number_of_its_scale(tmp_path: Path) -> None:
    out = built(tmp_path, PLAN, files=FILES)
    assert out.codes == []
    text = out.files["variables.tf"]
    assert "Number of web worker dynos, 2 to 4; 0 stops them." in text
    assert "Number of web clock dynos, 0 to 10." in text
    assert text.count('default     = "standard-1x"') == 3, "a basic size allows one dyno, and does not mix"
    assert "The plan asks for 1 GiB" in text
    assert out.row("Process: worker, tier").how == "its own dynos"
    assert out.row("Process: worker, scale").how == "-var web_worker_count=N"
    (fix,) = out.row("Process: worker, compute").fixes
    assert fix.write == "dynos: { web: { worker: standard-2x } }"


@pytest.mark.parametrize("setting", ["scale: { back: 3 }", "processes: { web: { worker: 3 } }"])
def test_the_environment_file_sets_the_number_at_the_start(tmp_path: Path, setting: str) -> None:
    out = built(tmp_path, PLAN, f"app: shop\n{setting}\n", files=FILES)
    assert out.codes == []
    assert 'variable "web_worker_count"' in out.files["variables.tf"]
    assert "default     = 3" in out.files["variables.tf"]


@pytest.mark.parametrize("setting", ["scale: { back: 5 }", "processes: { web: { worker: 5 } }"])
def test_a_number_outside_the_scale_is_an_error(tmp_path: Path, setting: str) -> None:
    assert built(tmp_path, PLAN, f"app: shop\n{setting}\n", files=FILES).codes == ["CAMP602"]


def test_families_do_not_mix(tmp_path: Path) -> None:
    sizes = "app: shop\ndynos: { web: { web: basic, worker: standard-2x, clock: basic } }\n"
    assert built(tmp_path, PLAN, sizes, files=FILES).codes == ["CAMP616"]


def test_the_plan_overrides_the_procfile(tmp_path: Path) -> None:
    own = {"web/Procfile": "web: ./serve\nworker: ./old\nmover: python clock.py\n"}
    out = built(tmp_path, PLAN, files={**FILES, **own, "web/serve": ""})
    lines = out.copies["build/web/Procfile"].decode().splitlines()
    assert lines == ["clock: python clock.py", "worker: python worker.py", "web: ./serve", "mover: python clock.py"]
    assert out.row("Process: mover, python clock.py (Procfile)").how == "as in its own Procfile"
    assert 'type     = "mover"' in out.files["web.tf"]


def test_a_component_without_a_buildpack_loses_all_of_it(tmp_path: Path) -> None:
    plan = PLAN.replace("org.python:src", "org.opencontainers:Image")
    plan = plan.replace("href: web/", 'href: "https://images.example.org/nginx.tar"')
    plan = plan.replace("com.python:wsgi", "org.opencontainers:RunOn").replace(
        "        com.python.wsgi.application: main/app\n", ""
    )
    out = built(tmp_path, plan.replace("org.python:version", "Podman"))
    found = {each.statement.words: each.outcome.value for each in out.report()}
    assert {words: found[words] for words in found if words.startswith("Process: worker")} == {
        "Process: worker, python worker.py": "lost",
        "Process: worker, tier back": "lost",
        "Process: worker, scale 2, from 2 to 4": "lost",
        "Process: worker, compute 1 GiB": "lost",
    }
