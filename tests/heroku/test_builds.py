"""The plan's build, sites that are built, and content with a root, in the copies that Heroku builds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from camp2iac.targets.base import Outcome
from heroku.support_heroku import Output, compile_plan

NODE = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: api
    artifact_type: org.nodejs:src
    content: {content}
    requirements:
      - requirement_type: org.nodejs:HostOn
      - {{ requirement_type: "org.camp2iac:Expose", public: true }}
{more}
"""
BUILD = "      - requirement_type: org.camp2iac:Process\n        build: node make.js\n"
MONOREPO = {
    "package.json": '{"name": "all", "workspaces": ["apps/*", "libs/*"], "scripts": {"build": "turbo"}}',
    "Procfile": "web: node all.js\n",
    "apps/api/package.json": json.dumps(
        {
            "name": "api",
            "scripts": {"build": "tsc", "start": "node dist/a.js"},
            "dependencies": {"words": "*"},
            "engines": {"node": "22.x"},
        }
    ),
    "apps/api/Procfile": "worker: node dist/b.js\n",
    "libs/words/package.json": '{"name": "words", "scripts": {"build": "tsc"}}',
}
COMMAND = "cd apps/api && (cd ../../libs/words && npm run build) && npm run build"


def compiled(folder: Path, plan: str, files: dict[str, str], environment: str = "") -> Output:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "camp.yaml").write_text(plan)
    (folder / "environments").mkdir()
    (folder / "environments/heroku.yaml").write_text(f"target: heroku\n{environment}")
    return compile_plan(folder / "camp.yaml", folder / "environments/heroku.yaml")


def package(out: Output, component: str = "api") -> dict[str, object]:
    found: dict[str, object] = json.loads(out.copies[f"build/{component}/package.json"])
    return found


@pytest.mark.parametrize(
    ("environment", "script"),
    [("", "heroku-postbuild"), ("space: { name: harbour, create: true, generation: fir }\nteam: us\n", "heroku-build")],
)
def test_the_plans_build_is_a_script_of_package_json(tmp_path: Path, environment: str, script: str) -> None:
    files = {"api/package.json": '{"scripts": {"build": "tsc"}}', "api/server.js": "", "api/make.js": ""}
    out = compiled(tmp_path, NODE.format(content="{ href: api/ }", more=BUILD), files, environment)
    assert package(out)["scripts"] == {"build": "tsc", script: "node make.js"}
    assert out.copies["build/api/Procfile"] == b"web: node server.js\n"
    assert out.row("Process: build").outcome is Outcome.KEPT


def test_a_root_is_built_and_the_dynos_start_in_the_folder(tmp_path: Path) -> None:
    out = compiled(tmp_path, NODE.format(content="{ href: apps/api/, root: ./ }", more=""), MONOREPO)
    assert package(out)["scripts"] == {"build": "turbo", "heroku-postbuild": COMMAND}
    assert package(out)["engines"] == {"node": "22.x"}
    procfile = out.copies["build/api/Procfile"].decode().splitlines()
    assert procfile == ["web: cd apps/api && npm start", "worker: cd apps/api && node dist/b.js"]
    assert "build/api/libs/words/package.json" in out.copies


def test_a_root_without_a_package(tmp_path: Path) -> None:
    files = {name: text for name, text in MONOREPO.items() if name != "package.json"}
    out = compiled(tmp_path, NODE.format(content="{ href: apps/api/, root: ./ }", more=""), files)
    assert "CAMP445" in out.codes


@pytest.mark.parametrize(
    ("requirement", "buildpacks", "served"),
    [
        ("org.html:HostOn", '"heroku/nodejs", "heroku-community/nginx"', 'root <%= ENV["HOME"] %>/site/www;'),
        ("org.apache:HostOn", '"heroku/nodejs", "heroku/php"', "web: heroku-php-apache2 site/www/"),
    ],
)
def test_a_site_that_is_built(requirement: str, buildpacks: str, served: str, tmp_path: Path) -> None:
    plan = NODE.replace("org.nodejs:src", "org.html:Site").replace("org.nodejs:HostOn", requirement)
    files = {
        "package.json": '{"workspaces": ["site"]}',
        "site/package.json": '{"scripts": {"build": "vite build"}, "devDependencies": {"vite": "6"}}',
        "site/vite.config.js": "export default { build: { outDir: 'www' } }",
        "site/index.html": "",
    }
    out = compiled(tmp_path, plan.format(content="{ href: site/, root: ./ }", more=""), files)
    assert out.codes == []
    assert f"buildpacks = [{buildpacks}]" in out.files["api.tf"]
    assert served in "".join(data.decode() for data in out.copies.values())
    assert package(out)["scripts"] == {"heroku-postbuild": "cd site && npm run build"}


def test_python_runs_it_after_its_packages(tmp_path: Path) -> None:
    plan = NODE.replace("org.nodejs", "org.python").format(
        content="{ href: api/ }", more=BUILD.replace("node make.js", "python make.py") + "        web: python a.py\n"
    )
    out = compiled(tmp_path, plan, {"api/a.py": "", "api/make.py": ""})
    assert out.copies["build/api/bin/post_compile"] == b"#!/usr/bin/env bash\nset -e\npython make.py\n"
    assert "build/api/bin/post_compile" in out.programs
    assert out.row("Process: build").outcome is Outcome.KEPT


def test_other_buildpacks_lose_it(tmp_path: Path) -> None:
    plan = NODE.replace("org.nodejs", "org.golang").format(content="{ href: api/ }", more=BUILD)
    out = compiled(tmp_path, plan, {"api/go.mod": "module a\n", "api/a.go": "package main\nfunc main() {}\n"})
    assert out.row("Process: build").outcome is Outcome.LOST
