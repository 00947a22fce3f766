"""The content must have the programs that the plan runs. If it is not conclusive, nothing is an error."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from support import phases

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.programs.names import top

HEAD = "camp_version: CAMP 1.1\nname: it\nartifacts:\n  - name: web\n"
WSGI = "    artifact_type: org.python:src\n    content: {{ href: {0} }}\n    requirements:\n"
APP = "def app(environ, start_response): ...\n"
SHELL = {"run.sh": "", "bin/run.sh": "", "lib/index.js": ""}
JAVA = {"pom.xml": "<project/>\n", "src/main/java/A.java": "class A {}\n"}


def wsgi(said: str = "app/app", href: str = "app/", more: str = "") -> str:
    wanted = f"      - requirement_type: com.python:wsgi\n        com.python.wsgi.application: {said}\n"
    return HEAD + WSGI.format(href) + wanted + more


def process(line: str) -> str:
    return f"      - {{ requirement_type: org.camp2iac:Process, worker: {line!r} }}\n"


def plan(type_: str, requirement: str, href: str = "app/") -> str:
    return (
        f"{HEAD}    artifact_type: {type_}\n    content: {{ href: {href} }}\n"
        f"    requirements:\n      - {{ requirement_type: {requirement} }}\n"
    )


def found(folder: Path, text: str, files: dict[str, str], target: str | None = "openstack") -> list[Diagnostic]:
    """The diagnostics about programs."""
    for name, content in files.items():
        path = folder / "app" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        path.chmod(0o755 if name.endswith(".sh") else 0o644)
    (folder / "camp.yaml").write_text(text)
    loaded = phases.load(folder / "camp.yaml")
    loaded = phases.compile(loaded, target=target)
    return [each for each in loaded.diagnostics if each.code in ("CAMP216", "CAMP217", "CAMP218")]


@pytest.mark.parametrize("target", [None, "openstack", "heroku"])
@pytest.mark.parametrize(
    ("said", "files", "help_"),
    [
        ("ap/app", {"app.py": APP}, "application: app/app"),
        ("wsgi/application", {"main.py": "import flask\napp = flask.Flask(__name__)\n"}, "application: main/app"),
        ("app/ap", {"app.py": "application = None\nother = 1\n"}, "application: app/application"),
        ("app/aplication", {"app.py": "application = None\n"}, "application: app/application"),
        ("shop/app", {"shop/__init__.py": "", "shop/web.py": APP}, "application: shop/web/app"),
        ("app/app", {"one.py": APP, "two.py": APP}, "one/app and two/app"),
        ("app/app", {"app.py": "x = 1\n"}, "define app in app.py"),
        ("app/app", {"README.md": "hello\n"}, "add app.py"),
        ("app/app", {"go.mod": "module x\n", "main.go": "package main\n"}, "artifact_type: org.golang:src"),
        ("app/app", {"index.php": "<?php\n", "composer.json": "{}"}, "artifact_type: org.php:src"),
        ("app/app", {"package.json": "{}", "server.js": ""}, "artifact_type: org.nodejs:src"),
        ("app/app", JAVA, "com.java:JAR"),
        ("app/app", {"Cargo.toml": "", "src/main.rs": ""}, "org.elf:Executable"),
        ("app/app", {"requirements.txt": "flask  # the app is elsewhere\n"}, "add app.py"),
    ],
)
def test_no_such_application(said: str, files: dict[str, str], help_: str, target: str | None, tmp_path: Path) -> None:
    (one,) = found(tmp_path, wsgi(said), files, target)
    assert one.code == "CAMP216"
    assert help_ in one.help


@pytest.mark.parametrize(
    ("said", "files"),
    [
        ("app/app", {"app.py": APP}),
        ("app:app", {"app/__init__.py": "from .web import app\n", "app/web.py": APP}),
        ("app/create()", {"app.py": "def create(): ...\n"}),
        ("app:create()", {"app.py": "def create(): ...\n"}),
        ("app/app", {"app.py": "import os\nif os.name:\n    app = 1\nelse:\n    app = 2\n"}),
        ("app/app", {"app.py": "try:\n    from x import app\nexcept ImportError:\n    app = None\n"}),
        ("app/app", {"app.py": "if True:\n    def app(environ, start): ...\n"}),
        ("app/app", {"app.py": "try:\n    from x import app\nexcept ImportError:\n    raise\n"}),
        ("app/app", {"app.py": "match 1:\n    case 1:\n        def app(environ, start): ...\n"}),
        ("app/app", {"app.py": "with open('x') as app: ...\n"}),
        ("app/app", {"app.py": "app, other = 1, 2\n"}),
        ("app/app", {"app.py": "class app: ...\n"}),
        ("app/app", {"app.py": "app: object = 1\n"}),
        ("app/app", {"app.py": "def make():\n    global app\n    app = 1\nmake()\n"}),
        ("app/app", {"app.py": "from web import *\n", "web.py": APP}),
        ("app/app", {"app.py": "globals()['app'] = 1\n"}),
        ("app/app", {"app.py": "def __getattr__(name): ...\n"}),
        ("app/app", {"app.py": "print 'Python 2'\napp = 1\n"}),
        ("trac.web.main:dispatch_request", {"requirements.txt": "Trac==1.6\n"}),
        ("my_shop.wsgi:app", {"pyproject.toml": "[project]\nname = 'x'\ndependencies = ['my-shop>=2']\n"}),
        ("shop.wsgi:app", {"pyproject.toml": "[project]\nname='x'\n", "src/shop/wsgi.py": APP}),
        ("shop:app", {"fast/shop.cpython-311-x86_64-linux-gnu.so": ""}),
    ],
)
def test_an_application_that_is_there_or_may_be(said: str, files: dict[str, str], tmp_path: Path) -> None:
    assert found(tmp_path, wsgi(said), files) == []


@pytest.mark.parametrize("target", ["openstack", "heroku"])
def test_a_factory_may_be_written_with_a_slash(target: str, tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app/app.py").write_text("def create(): ...\n")
    (tmp_path / "camp.yaml").write_text(wsgi("app/create()"))
    loaded = phases.load(tmp_path / "camp.yaml")
    loaded = phases.compile(loaded, target=target)
    assert not {"CAMP216", "CAMP429", "CAMP445"} & {each.code for each in loaded.diagnostics}


def test_another_path_by_pythonpath(tmp_path: Path) -> None:
    more = "      - { requirement_type: org.camp2iac:Env, PYTHONPATH: lib }\n"
    assert found(tmp_path, wsgi(more=more), {"lib/app.py": APP}) == []
    assert [each.code for each in found(tmp_path, wsgi(), {})] == ["CAMP216"]


def test_a_web_process_of_the_plan_takes_its_place(tmp_path: Path) -> None:
    more = "      - { requirement_type: org.camp2iac:Process, web: python serve.py }\n"
    assert found(tmp_path, wsgi("none/app", more=more), {"serve.py": ""}) == []


@pytest.mark.parametrize(
    ("said", "files"),
    [
        (
            "site1.wsgi/application",
            {
                "backend/manage.py": "",
                "backend/site1/__init__.py": "",
                "backend/site1/wsgi.py": "import site1\napplication = 1\n",
            },
        ),
        ("main/app", {"services/api/main.py": "import db\napp = 1\n", "services/api/db.py": ""}),
        ("main/app", {"api/main.py": "import db\napp = 1\n", "api/db.py": "", "web/main.py": "app = 1\n"}),
        ("gone/app", {"api/main.py": "import db\napp = 1\n", "api/db.py": ""}),
        ("shop/app", {"src/shop/__init__.py": "import shop.db\napp = 1\n", "src/shop/db.py": ""}),
        (
            "shop/app",
            {"src/shop/__init__.py": "import shop.db\napp = 1\n", "src/shop/db.py": "", "requirements.txt": "flask\n"},
        ),
        ("gone/app", {"src/main.py": "import db\napp = 1\n", "src/db.py": "", "requirements.txt": "flask\n"}),
    ],
)
def test_the_help_works_when_followed(said: str, files: dict[str, str], tmp_path: Path) -> None:
    """The help, written into the plan, compiles, and Python imports the application like gunicorn."""
    (one,) = found(tmp_path, wsgi(said), files)
    href = re.search(r"href: (\S+)", one.help)
    path = re.search(r"PYTHONPATH: (\S+)", one.help)
    name = re.search(r"wsgi\.application: (\w[\w/.]*)", one.help)
    more = f"      - {{ requirement_type: org.camp2iac:Env, PYTHONPATH: {path[1]} }}\n" if path else ""
    said = name[1] if name else said
    assert found(tmp_path, wsgi(said, href[1] if href else "app/", more), files) == []
    module = said.rpartition("/")[0].replace("/", ".")
    env = {"PYTHONPATH": path[1]} if path else {}
    command = [sys.executable, "-c", f"import {module}"]
    subprocess.run(command, cwd=tmp_path / (href[1] if href else "app"), env=env, check=True)


def archives(members: dict[str, str]) -> dict[str, bytes]:
    """The same members as ZIP and as TGZ."""
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    with tarfile.open(fileobj=tarred, mode="w:gz") as tar:
        for name, text in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text.encode()))
    return {"app.zip": zipped.getvalue(), "app.tar.gz": tarred.getvalue()}


@pytest.mark.parametrize("name", ["app.zip", "app.tar.gz"])
@pytest.mark.parametrize("top_", ["", "shop-1.0/"])
def test_archives(name: str, top_: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(archives({f"{top_}main.py": APP, f"{top_}README": "x"})[name])
    assert found(tmp_path, wsgi("main/app", href=name), {}) == []
    (one,) = found(tmp_path, wsgi("app/app", href=name), {})
    assert "application: main/app" in one.help


PHP, STATIC = ("org.php:src", "org.php:HostOn"), ("org.html:Site", "org.html:HostOn")
GO, JAR, NODE = (
    ("org.golang:src", "org.golang:HostOn"),
    ("com.java:JAR", "com.java:RunOn"),
    ("Nodejs:Application", "Nodejs:Run"),
)


@pytest.mark.parametrize("target", ["openstack", "heroku"])
@pytest.mark.parametrize(
    ("kind", "files", "code", "help_"),
    [
        (PHP, {"index.php": "<?php\n"}, "", ""),
        (PHP, {".htaccess": "DirectoryIndex a.php\n", "a.php": "<?php\n"}, "", ""),
        (PHP, {"public/index.php": "<?php\n"}, "CAMP217", "org.php.documentRoot: public"),
        (PHP, {"page.php": "<?php\n"}, "CAMP217", "add index.php"),
        (PHP, {"go.mod": "module x\n"}, "CAMP217", "index.php"),
        (STATIC, {"index.html": "<p>\n"}, "", ""),
        (STATIC, {"dist/index.html": "<p>\n"}, "CAMP217", "href: app/dist/"),
        (STATIC, {"main.py": APP}, "CAMP217", "add index.html"),
        (GO, {"go.mod": "module x\n", "main.go": "package main\n"}, "", ""),
        (GO, {"go.mod": "module x\n", "main.go": "/* x */ package main\n"}, "", ""),
        (GO, {"go.mod": "module x\n", "main.go": "/*\npackage a\n*/\n// b\n\npackage main // c\n"}, "", ""),
        (GO, {"go.mod": "module x\n", "main.go": "//go:build linux\n\npackage main\n"}, "", ""),
        (GO, {"go.mod": "module x\n", "x.go": "//go:build ignore\n\npackage main\n"}, "CAMP217", "func main()"),
        (GO, {"go.mod": "module x\n", "x.go": "// A\n//go:build ignore\n\npackage main\n"}, "CAMP217", "func main()"),
        (GO, {"go.mod": "module x\n", "x.go": "/*\npackage main\n*/\npackage x\n"}, "CAMP217", "func main()"),
        (GO, {"go.mod": "module x\n", "x.go": "package x\n"}, "CAMP217", "func main()"),
        (GO, {"go.mod": "module x\n", "cmd/a/main.go": "// A\npackage main\n"}, "", ""),
        (
            GO,
            {"go.mod": "module x\n", "cmd/a/main.go": "package main\n", "cmd/b/main.go": "package main\n"},
            "CAMP217",
            "org.golang.main: cmd/a",
        ),
        (JAR, {"pom.xml": "<project/>\n"}, "CAMP217", "the build creates"),
        (NODE, {"package.json": '{"scripts": {"start": "node server.js"}}', "server.js": ""}, "", ""),
        (NODE, {"package.json": '{"scripts": {"start": "node serve.js"}}', "server.js": ""}, "CAMP218", "server.js"),
        (NODE, {"package.json": '{"scripts": {"start": "node dist/a.js", "postinstall": "tsc"}}'}, "", ""),
        (NODE, {"package.json": '{"scripts": {"start": "next start"}}'}, "", ""),
    ],
)
def test_what_other_runtimes_start_with(
    kind: tuple[str, str], files: dict[str, str], code: str, help_: str, target: str, tmp_path: Path
) -> None:
    said = found(tmp_path, plan(*kind), files, target)
    assert [each.code for each in said] == [code] * bool(code)
    assert not code or help_ in said[0].help


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("python worker.py", True),
        ("exec python3 -u worker.py --all", True),
        ("python jobs/worker.py", False),
        ("./run.sh", False),
        ("./bin/run.sh", False),
        ("bash run.sh", False),
        ("bash -c 'python gone.py'", False),
        ("vendor/bin/run", False),
        ("python -m jobs.worker", False),
        ("python -m http.server", False),
        ("cd jobs && python -m worker", False),
        ("cd jobs && python -u worker.py; true", False),
        ("A=1 env B=2 python jobs/worker.py | tee log", False),
        ("make all && python gone.py", False),
        ("python jobs/worker.py && python gone.py", False),
        ("python $SCRIPT", False),
        ("cd $DIR && python gone.py", False),
        ("cd .. && python gone.py", False),
        ("PYTHONPATH=x python -m gone", False),
        ("node lib", False),
        ("sh -c 'cd jobs && python worker.py'", False),
        ("python 'gone", False),
        ("python /opt/worker.py", False),
        ("cd jobs && python worker.py", False),
        ("celery -A jobs.worker worker", False),
    ],
)
def test_scripts_of_processes(line: str, missing: bool, tmp_path: Path) -> None:
    more = f"      - {{ requirement_type: org.camp2iac:Process, worker: {line!r} }}\n"
    said = found(tmp_path, wsgi(more=more), {"app.py": APP, "jobs/worker.py": "", **SHELL})
    assert [each.code for each in said] == ["CAMP218"] * missing
    assert all("jobs/worker.py" in each.help for each in said)


@pytest.mark.parametrize("target", [None, "openstack", "heroku"])
@pytest.mark.parametrize(
    ("line", "help_"),
    [
        ("./bin/rum.sh", "write ./bin/run.sh"),
        ("./tools/run.sh --all", "add tools/run.sh"),
        ("cd jobs && python clock.py", "add jobs/clock.py"),
        ("A=1 python3 -X dev clock.py", "add clock.py"),
        ("node gone", "add gone"),
        ("bash ./gone", "add gone"),
        ("python -m jobs.workr", "write  python -m jobs.worker"),
        ("python -m worker", "write  cd jobs && python -m worker"),
        ("python -m gone.clock", "add gone/clock.py"),
    ],
)
def test_paths_and_modules_that_are_not_there(line: str, help_: str, target: str | None, tmp_path: Path) -> None:
    files = {"app.py": APP, "jobs/worker.py": "", **SHELL}
    files["bin/run.sh"] = "" if "rum" in line else files.pop("run.sh")
    if "bin" not in line:
        del files["bin/run.sh"]
    (one,) = found(tmp_path, wsgi(more=process(line)), files, target)
    assert (one.code, one.level.value) == ("CAMP218", "error")
    assert help_ in one.help


def test_what_packages_bring_along_is_a_warning(tmp_path: Path) -> None:
    files = {"app.py": APP, "requirements.txt": "flask\n"}
    (one,) = found(tmp_path, wsgi(more=process("python -m werkzeug.serving")), files)
    assert (one.code, one.level.value) == ("CAMP218", "warning")
    assert found(tmp_path, wsgi(more=process("python -m flask run")), files) == []


BUILT = '{"scripts": {"prestart": "tsc", "start": "node dist/a.js", "again": "npm start"}}'
FRAMEWORKS = ("next start", "next start -p $PORT", "NODE_ENV=x vite preview", "remix-serve build/i.js", "nuxt start")


@pytest.mark.parametrize(
    ("files", "more", "wrong"),
    [
        ({"package.json": BUILT, "src/a.ts": ""}, "", True),
        ({"package.json": BUILT, "dist/a.js": ""}, "", False),
        ({"package.json": BUILT.replace('"prestart": "tsc"', '"prestart": "npm run again"')}, "", True),
        ({"package.json": BUILT.replace('"prestart"', '"build"')}, "", False),
        ({"package.json": BUILT.replace('"prestart"', '"heroku-postbuild"')}, "", False),
        ({"package.json": BUILT}, "build: npm run prestart", False),
        ({"package.json": BUILT.replace('"again"', '"postinstall"')}, "", False),  # npm runs that, and it may build
        ({"package.json": BUILT.replace("node dist/a.js", "npm run again")}, "", False),  # never ends
        ({"package.json": BUILT}, "web: npm run again", True),
        ({"package.json": BUILT, "server.js": ""}, "web: node server.js", False),
        ({"package.json": BUILT, "server.js": ""}, "{ web: node server.js, worker: node dist/b.js }", True),
        *(({"package.json": BUILT.replace("node dist/a.js", line)}, "", True) for line in FRAMEWORKS),
        ({"package.json": BUILT.replace("node dist/a.js", "next start"), ".next/BUILD_ID": "1"}, "", False),
        ({"package.json": BUILT.replace("node dist/a.js", "next dev")}, "", False),
    ],
)
def test_what_only_a_build_makes(files: dict[str, str], more: str, wrong: bool, tmp_path: Path) -> None:
    """Heroku runs ``npm start`` with ``prestart``. Instances run the start script only, and builds before."""
    said = "".join(
        f"      - {{ requirement_type: org.camp2iac:Process, {each} }}\n" for each in [more.strip("{} ")] if each
    )
    text = plan(*NODE) + said
    assert found(tmp_path, text, files, "heroku") == []
    one = found(tmp_path, text, files, "openstack")
    assert [(each.code, each.level.value) for each in one] == [("CAMP218", "error")] * wrong
    assert all("the script prestart" in each.label and "build: npm run prestart" in each.help for each in one)


@pytest.mark.parametrize(
    ("files", "level"),
    [
        ({"docs/index.html": ""}, "warning"),
        ({"logo.svg": ""}, "warning"),
        ({"main.py": ""}, "error"),
        ({"package.json": "{}", "a.js": ""}, "error"),
    ],
)
def test_a_site_without_a_first_page(files: dict[str, str], level: str, tmp_path: Path) -> None:
    (one,) = found(tmp_path, plan(*STATIC), files)
    assert (one.code, one.level.value) == ("CAMP217", level)


def test_a_procfile_is_a_warning(tmp_path: Path) -> None:
    (one,) = found(tmp_path, wsgi(), {"app.py": APP, "Procfile": "worker: python gone.py\nweb: gunicorn app:app\n"})
    assert (one.code, one.level.value) == ("CAMP218", "warning")


@pytest.mark.parametrize("source", [b"\x00", b"x = (" * 5000, b"\xff\xfe", b"def f(:\n", b"import *\n", b"(" * 200000])
def test_hostile_modules(source: bytes) -> None:
    assert top(source) is None
