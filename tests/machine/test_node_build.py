"""How instances build components, and the script that installs, builds and prunes a Node.js application."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from camp2iac.targets.base import Outcome
from camp2iac.targets.openstack.machine.render import SCRIPTS
from tests.machine.conftest import Make

NODE = shutil.which("node")
PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: api
    artifact_type: org.nodejs:src
    content: { href: api/ }
    requirements:
      - requirement_type: org.nodejs:HostOn
      - { requirement_type: "org.camp2iac:Expose", port: 8080, public: true }
"""
PROCESS = "      - { requirement_type: org.camp2iac:Process, build: %s }\n"
RUN = '/usr/local/lib/camp/build "$top" -- /bin/bash /usr/local/lib/camp/node-build . '


def test_a_build_script_is_enough(make: Make) -> None:
    package = '{"scripts": {"build": "tsc", "start": "node dist/a.js"}}'
    built = make(PLAN, {"api/package.json": package})
    assert built.codes == []
    assert f"{RUN}\\\n  'npm run build'\n" in built.files["cloud-init/api.install.sh"]
    assert "cloud-init/node-build.sh" in built.files


def test_a_lock_file_of_another_package_manager_is_enough(make: Make) -> None:
    built = make(PLAN, {"api/package.json": '{"scripts": {"start": "node a.js"}}', "api/a.js": "", "api/yarn.lock": ""})
    assert built.codes == []
    assert f"{RUN}''\n" in built.files["cloud-init/api.install.sh"]


def test_without_a_build_nothing_changes(make: Make) -> None:
    files = {"api/package.json": '{"dependencies": {"ms": "2"}, "scripts": {"start": "node a.js"}}', "api/a.js": ""}
    built = make(PLAN, files)
    assert "node-build" not in "".join(built.files.values())
    assert "npm install --no-package-lock" in built.files["cloud-init/api.install.sh"]


def test_the_plans_build_replaces_the_script_and_is_data(make: Make) -> None:
    plan = PLAN + PROCESS % "\"node make.js '$(touch /x)' ${y}\""
    built = make(plan, {"api/package.json": '{"scripts": {"build": "tsc"}}', "api/server.js": "", "api/make.js": ""})
    assert built.codes == []
    script = built.files["cloud-init/api.install.sh"]
    assert RUN + "\\\n  'node make.js '\"'\"'$(touch /x)'\"'\"' ${y}'" in script
    assert built.ledger["Process: build, node make.js '$(touch /x)' ${y}"][0] is Outcome.KEPT
    assert ".build.sh" not in "".join(built.files), "it is not a process of systemd"
    assert "shop-api.build" not in "".join(built.files.values())


def test_a_build_of_another_language(make: Make) -> None:
    plan = PLAN.replace("org.nodejs", "org.python") + (
        "      - requirement_type: org.camp2iac:Process\n        build: python make.py\n        web: python a.py\n"
    )
    built = make(plan, {"api/make.py": "", "api/a.py": ""})
    assert built.codes == []
    script = built.files["cloud-init/api.install.sh"]
    assert "/usr/bin/env \"PATH=$top.venv/bin:$PATH\" /bin/bash -e -c 'python make.py'" in script
    assert "node-build" not in script


SITE = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: pages
    artifact_type: org.html:Site
    content: { href: apps/pages/, root: ./ }
    requirements:
      - requirement_type: %s
      - { requirement_type: "org.camp2iac:Expose", port: 8080, public: true }
"""


@pytest.mark.parametrize(
    ("requirement", "root"),
    [
        ("org.html:HostOn", 'root "/opt/shop/pages/apps/pages/dist";'),
        ("org.nginx:HostOn", 'root "/opt/shop/pages/apps/pages/dist";'),
        ("org.apache:HostOn", 'DocumentRoot "/opt/shop/pages/apps/pages/dist"'),
    ],
)
def test_the_result_of_a_sites_build_is_served(requirement: str, root: str, make: Make) -> None:
    package = '{"scripts": {"build": "vite build"}, "devDependencies": {"vite": "6"}}'
    files = {"apps/pages/package.json": package, "package.json": '{"workspaces": ["apps/*"]}'}
    built = make(SITE % requirement, files)
    assert built.codes == []
    assert root in built.files["cloud-init/pages.yaml.tftpl"]
    assert "node-build apps/pages \\\n  'npm run build'" in built.files["cloud-init/pages.install.sh"]


def test_a_root_is_the_content_and_the_component_runs_inside(make: Make) -> None:
    plan = PLAN.replace("{ href: api/ }", "{ href: apps/api/, root: apps/ }")
    files = {"apps/api/server.js": "", "apps/words/a.js": "", "other/b.js": ""}
    built = make(plan, files)
    assert built.codes == []
    document = built.files["cloud-init/api.yaml.tftpl"]
    assert "WorkingDirectory=/opt/shop/api/api\n" in document
    assert "words/a.js" in built.files["api.tf"]
    assert "b.js" not in built.files["api.tf"]
    assert "exec node server.js" in document
    path = "PATH=/opt/shop/api/api/node_modules/.bin:/opt/shop/api/node_modules/.bin:"
    assert path in document


class Application:
    """A folder with an application, and programs that write down how they are called."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.calls = folder / "app", folder / "calls"
        (folder / "bin").mkdir(parents=True)
        self.folder.mkdir()
        for name in ("npm", "pnpm", "yarn"):
            program = folder / "bin" / name
            program.write_text(
                f'#!/bin/bash\necho "{name} $* in ${{PWD##*/}}${{NODE_ENV:+ for $NODE_ENV}}" >> {self.calls}\n'
            )
            program.chmod(0o755)
        self.environment = {**os.environ, "HOME": str(folder), "PATH": f"{folder}/bin:{os.environ['PATH']}"}
        self.environment.pop("NODE_ENV", None)

    def build(self, files: dict[str, str], *words: str) -> list[str]:
        for name, text in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text)
        done = subprocess.run(
            ["/bin/bash", SCRIPTS / "node-build.sh", *words],
            cwd=self.folder,
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
        )
        self.said = done.stdout + done.stderr
        called = self.calls.read_text().splitlines() if self.calls.exists() else []
        self.calls.unlink(missing_ok=True)
        quiet = " --no-audit --no-fund --loglevel=error"
        return [
            *(call.replace(quiet, "") for call in called),
            *([f"exit {done.returncode}"] if done.returncode else []),
        ]


@pytest.fixture
def application(tmp_path: Path) -> Application:
    return Application(tmp_path)


BUILT = '{"scripts": {"build": "tsc"}}'


@pytest.mark.skipif(NODE is None, reason="there is no Node.js")
@pytest.mark.parametrize(
    ("files", "words", "calls"),
    [
        (
            {"package.json": BUILT, "package-lock.json": ""},
            (".",),
            ["npm ci in app", "npm run build in app for production", "npm prune --omit=dev --ignore-scripts in app"],
        ),
        ({"package.json": "{}", "package-lock.json": ""}, (".",), ["npm ci --omit=dev in app"]),
        ({"package.json": "\ufeff{}"}, (".",), ["npm install --no-package-lock --omit=dev in app"]),
        ({"a.js": ""}, (".", "npm run it"), ["npm run it in app for production"]),
        (
            {"package.json": "{}", "apps/api/package.json": BUILT},
            ("apps/api", "(cd ../.. && npm run a) && npm run b"),
            [
                "npm install --no-package-lock in app",
                "npm run a in app for production",
                "npm run b in api for production",
                "npm prune --omit=dev --ignore-scripts in app",
            ],
        ),
        (
            {"api/package.json": "{}"},
            ("api",),
            ["npm install --no-package-lock --omit=dev in api"],
        ),
        (
            {"package.json": BUILT, "pnpm-lock.yaml": "lockfileVersion: '9.0'\n"},
            (".",),
            [
                "npm install --global {tools} pnpm@10 in app",
                "pnpm install {quiet} in app",
                "pnpm run build in app for production",
                "pnpm install --prod --offline --ignore-scripts --config.modules-cache-max-age=0 {quiet} in app",
            ],
        ),
        (
            {"package.json": "{}", "pnpm-lock.yaml": "lockfileVersion: 5.4\n"},
            (".",),
            [
                "npm install --global {tools} pnpm@7 in app",
                "pnpm install --prod {quiet} in app",
            ],
        ),
        (
            {"package.json": BUILT, "yarn.lock": "# yarn lockfile v1\n"},
            (".",),
            [
                "npm install --global {tools} yarn@1 in app",
                "yarn install {locked} in app",
                "yarn run build in app for production",
                "yarn install {locked} --production --ignore-scripts --prefer-offline in app",
            ],
        ),
        (
            {"package.json": '{"packageManager": "yarn@4.9.2+sha512.0a", "scripts": {"heroku-postbuild": "a"}}'},
            (".",),
            [
                "npm install --global {tools} @yarnpkg/cli-dist@4.9.2 in app",
                "yarn install in app",
                "yarn run heroku-postbuild in app for production",
                "yarn workspaces focus --all --production in app",
            ],
        ),
        ({"package.json": '{"packageManager": "bun@1.2.0"}'}, (".",), ["exit 1"]),
    ],
)
def test_the_script(
    files: dict[str, str], words: tuple[str, ...], calls: list[str], application: Application, tmp_path: Path
) -> None:
    found = application.build(files, *words)
    words_ = {"tools": f"--prefix {tmp_path}/tools", "locked": "--silent --non-interactive --frozen-lockfile"}
    words_["quiet"] = "--reporter=append-only --loglevel=warn"
    assert found == [call.format(**words_) for call in calls], application.said


@pytest.mark.skipif(NODE is None, reason="there is no Node.js")
def test_a_build_that_fails_fails_the_script(application: Application) -> None:
    found = application.build({"package.json": "{}"}, ".", "false; true")
    assert found == ["npm install --no-package-lock in app", "exit 1"]
    assert application.build({"package.json": "not JSON"}, ".")[-1] == "exit 1"
