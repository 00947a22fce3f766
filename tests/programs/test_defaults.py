"""What a runtime starts by itself must be in the content: the same plan fails in the same way on every platform."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import phases

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.programs import lines, tools

TARGETS = [None, "openstack", "heroku"]
ABOUT = ("CAMP216", "CAMP217", "CAMP218", "CAMP220", "CAMP429", "CAMP445", "CAMP465")
APP = "def app(environ, start_response): ...\n"
PYTHON, DJANGO = ("org.python:src", "com.python:wsgi"), ("org.djangoproject:Project", "org.djangoproject:RunOn")
NODE, RUBY = ("org.nodejs:src", "org.nodejs:HostOn"), ("org.ruby:src", "org.ruby:HostOn")
GO, PHP = ("org.golang:src", "org.golang:HostOn"), ("org.php:src", "org.php:HostOn")
JAR, PROGRAM = ("com.java:JAR", "com.java:RunOn"), ("org.elf:Executable", "org.golang:RunOn")
APACHE = ("org.html:Site", "org.apache:HostOn")
LOCK = {"Gemfile.lock": "GEM\n"}


def plan(kind: tuple[str, str], href: str = "app/", more: str = "") -> str:
    type_, requirement = kind
    return (
        f"camp_version: CAMP 1.1\nname: it\nartifacts:\n  - name: web\n    artifact_type: {type_}\n"
        f"    content: {{ href: {href} }}\n    requirements:\n      - requirement_type: {requirement}\n{more}"
    )


def process(line: str, type_: str = "web") -> str:
    return f"      - {{ requirement_type: org.camp2iac:Process, {type_}: {line!r} }}\n"


def found(folder: Path, text: str, files: dict[str, str | bytes], target: str | None) -> list[Diagnostic]:
    """The diagnostics about what runs."""
    (folder / "app").mkdir()
    for name, content in files.items():
        path = folder / "app" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        path.chmod(0o755 if name.startswith("bin/") else 0o644)
    (folder / "camp.yaml").write_text(text)
    compiled = phases.compile(phases.load(folder / "camp.yaml"), target=target)
    return [each for each in compiled.diagnostics if each.code in ABOUT]


def jar(manifest: str, *names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", f"Manifest-Version: 1.0\r\n{manifest}\r\n")
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("kind", "files", "code", "help_"),
    [
        (PYTHON, {"guestbook.py": APP}, "CAMP216", "com.python.wsgi.application: guestbook/app"),
        (PYTHON, {"shop.py": "x = 1\n"}, "CAMP216", "com.python.wsgi.application: MODULE/NAME"),
        (DJANGO, {"site/manage.py": "", "site/a.py": ""}, "CAMP217", "href: app/site/"),
        (DJANGO, {"main.py": APP}, "CAMP217", "org.python:src"),
        (DJANGO, {"manage.py": "", "shop/wsgi.py": "application = 1\n"}, "CAMP216", "shop/wsgi/application"),
        (NODE, {"package.json": "[]", "server.js": ""}, "CAMP217", "JSON object"),
        (NODE, {"package.json": "{", "server.js": ""}, "CAMP217", "JSON object"),
        (NODE, {"package.json": '{"main": "srver/x.js"}', "server/x.js": ""}, "CAMP217", '"main": "server/x.js"'),
        (
            NODE,
            {"package.json": '{"main": "dist/a.js", "scripts": {"build": "tsc"}}'},
            "CAMP217",
            '"start": "node dist/a.js"',
        ),
        (NODE, {"package.json": "{}", "src/index.js": ""}, "CAMP217", "web: node src/index.js"),
        (NODE, {"lib.js": "", "zoo.js": ""}, "CAMP217", "the content has lib.js and zoo.js"),
        (RUBY, {"Gemfile": 'gem "puma"\n', **LOCK, "api/config.ru": ""}, "CAMP217", "href: app/api/"),
        (RUBY, {"Gemfile": 'gem "puma"\n', **LOCK, "app.rb": ""}, "CAMP217", "web: bundle exec ruby app.rb"),
        (RUBY, {"Gemfile": 'gem "rack"\n', **LOCK, "config.ru": ""}, "CAMP217", 'gem "puma"'),
        (GO, {"main.go": "package main\n"}, "CAMP217", "go mod init NAME"),
        (GO, {"go.mod": "// nothing\n", "main.go": "package main\n"}, "CAMP217", "go mod init NAME"),
        (GO, {"server/go.mod": "module x\n", "server/main.go": "package main\n"}, "CAMP217", "href: app/server/"),
        (JAR, {"a.jar": jar("Main-Class: a.B", "a/B.class"), "b.jar": b""}, "CAMP217", "java -jar a.jar"),
        (JAR, {"lib/a.jar": jar("Main-Class: a.B", "a/B.class")}, "CAMP217", "java -jar lib/a.jar"),
        (JAR, {"a.jar": jar("Main-Class: shop.Mian", "shop/Main.class")}, "CAMP217", "Main-Class: shop.Main"),
        (JAR, {"a.jar": jar("", "shop/Main.class", "shop/A.class")}, "CAMP217", "--main-class shop.Main"),
        (JAR, {"a.jar": jar("Main-Class: Main", "shop/Main.class")}, "CAMP217", "Main-Class: shop.Main"),
        (PROGRAM, {"bin/serve": b"\x7fELF", "README": ""}, "CAMP217", "web: exec ./bin/serve"),
    ],
)
def test_what_is_not_there(
    kind: tuple[str, str], files: dict[str, str | bytes], code: str, help_: str, target: str | None, tmp_path: Path
) -> None:
    """One error, and the same one everywhere."""
    (one,) = found(tmp_path, plan(kind), files, target)
    assert (one.code, one.level.value) == (code, "error")
    assert help_ in one.help


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("kind", "files", "more"),
    [
        (PYTHON, {"guestbook.py": "x = 1\n"}, process("python guestbook.py")),
        (PYTHON, {"guestbook.py": "x = 1\n"}, process("python guestbook.py", "worker")),
        (DJANGO, {"manage.py": 'x("DJANGO_SETTINGS_MODULE", "a.settings")', "a/settings.py": "", "a/wsgi.py": ""}, ""),
        (NODE, {"package.json": '{"main": "./a.js"}', "a.js": ""}, ""),
        (NODE, {"index.js": ""}, ""),
        (NODE, {"package.json": "{}", "a.js": ""}, process("node a.js")),
        (RUBY, {"config.ru": ""}, ""),
        (RUBY, {"Gemfile": "eval_gemfile 'more'\n", **LOCK, "config.ru": ""}, ""),
        (RUBY, {"Gemfile": 'gem "rack"\n', **LOCK, "config.ru": ""}, process("bundle exec rackup")),
        (JAR, {"a.jar": jar("Main-Class: a.B", "a/B.class"), "b.jar": b""}, process("exec java -jar a.jar")),
        (PROGRAM, {"bin/serve": b"\x7fELF"}, process("exec ./bin/serve")),
    ],
)
def test_what_is_there(
    kind: tuple[str, str], files: dict[str, str | bytes], more: str, target: str | None, tmp_path: Path
) -> None:
    assert [each for each in found(tmp_path, plan(kind, more=more), files, target) if each.code != "CAMP445"] == []


@pytest.mark.parametrize("target", [None, "openstack", "heroku"])
def test_a_procfile_is_for_every_platform(target: str | None, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"Procfile": "web: node shop.js\n", "shop.js": ""}
    assert [each.code for each in found(tmp_path, plan(NODE), files, target)] == []


@pytest.mark.parametrize("target", ["openstack", "heroku"])
def test_a_program_keeps_its_name_if_a_command_says_it(target: str, tmp_path: Path) -> None:
    assert found(tmp_path, plan(PROGRAM, "app/hello", process("exec ./hello")), {"hello": b"\x7fELF"}, target) == []


@pytest.mark.parametrize(
    ("line", "level", "help_"), [("exec ./helo", "error", "./hello"), ("exec ./app", "warning", "./hello")]
)
def test_another_name_of_a_program(line: str, level: str, help_: str, tmp_path: Path) -> None:
    (one,) = found(tmp_path, plan(PROGRAM, "app/hello", process(line)), {"hello": b"\x7fELF"}, None)
    assert (one.code, one.level.value) == ("CAMP218", level)
    assert help_ in one.help


PACKAGE = '{"scripts": {"serve": "node a.js", "start": "node a.js"}}'


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("kind", "line", "files", "help_"),
    [
        (NODE, "npm run serv", {"package.json": PACKAGE}, "write  npm run serve"),
        (
            NODE,
            "npm run jobs",
            {"package.json": PACKAGE},
            "add the script jobs to package.json, or name another: serve",
        ),
        (NODE, "cd jobs && npm run serve", {"package.json": PACKAGE}, "add jobs/package.json"),
        (PHP, "composer run jobs", {"composer.json": "{}"}, "add the script jobs to composer.json"),
        (PHP, "php artisn queue:work", {"artisan": ""}, "write artisan"),
        (RUBY, "rake jobs:work", {}, "add Rakefile"),
        (RUBY, "bundle exec rake jobs:work", {"Gemfile": ""}, "add Rakefile"),
        (RUBY, "rake mail", {"jobs/Rakefile": ""}, "write  cd jobs && rake mail"),
        (RUBY, "bundle exec ruby wrker.rb", {"Gemfile": "", "worker.rb": ""}, "write worker.rb"),
        (RUBY, "rails runner Mail.send", {}, "add bin/rails"),
        (PYTHON, "gunicorn --bind 0.0.0.0:$PORT -w 2 ap:app", {}, "write  app:app"),
        (PYTHON, "exec gunicorn app:ap --log-level info", {}, "write  app:app"),
        (PYTHON, "gunicorn --log-file - app:ap", {}, "write  app:app"),
        (PYTHON, "uvicorn --factory app:create --port $PORT", {}, "write  app:app"),
        (PYTHON, "celery -A tasks worker", {"jobs/tasks.py": ""}, "write  cd jobs && celery -A tasks worker"),
        (PYTHON, "flask --app=shop:app run", {}, "write  app:app"),
        (PYTHON, "celery -A app.tasks worker", {}, "add app/tasks.py"),
        (PYTHON, "poetry run python wrker.py", {"worker.py": ""}, "write worker.py"),
        (PYTHON, "./run", {"run": ""}, "chmod +x run"),
        (NODE, "node jobs", {"jobs/other.js": ""}, "jobs"),
        (PYTHON, "python jobs", {"jobs/other.py": ""}, "jobs"),
        (JAR, "java -Dx=y -cp a.jar a.C --all", {"a.jar": jar("Main-Class: a.B", "a/Cc.class")}, "write a.Cc"),
        (JAR, "java -Xmx1g -jar b.jar", {"a.jar": jar("Main-Class: a.B", "a/B.class"), "c.jar": b""}, "add b.jar"),
    ],
)
def test_what_command_lines_need(
    kind: tuple[str, str], line: str, files: dict[str, str | bytes], help_: str, target: str | None, tmp_path: Path
) -> None:
    base: dict[str, str | bytes] = {"app.py": APP, "index.php": "", "config.ru": "", "a.js": ""}
    said = found(tmp_path, plan(kind, more=process("sleep 9") + process(line, "worker")), {**base, **files}, target)
    (one,) = (each for each in said if each.code not in ("CAMP445", "CAMP429"))
    assert (one.code, one.level.value) == ("CAMP218", "error")
    assert help_ in one.help
    if "add jobs/package.json" in one.help:
        assert one.label == "the content has no jobs/package.json"


@pytest.mark.parametrize(
    ("kind", "line", "files"),
    [
        (NODE, "npm run serve -- --port 1", {"package.json": PACKAGE}),
        (NODE, "npm start", {"package.json": PACKAGE}),
        (NODE, "npm --prefix web run gone", {"package.json": PACKAGE}),
        (NODE, "yarn run next", {"package.json": PACKAGE}),
        (NODE, "npm run gone", {"package.json": '{"workspaces": ["a"], "scripts": {}}'}),
        (NODE, "node jobs", {"jobs/index.js": ""}),
        (NODE, "node jobs", {"jobs.js": ""}),
        (PYTHON, "python jobs", {"jobs/__main__.py": ""}),
        (RUBY, "rake -f jobs.rake mail", {}),
        (RUBY, "rake mail", {"Rakefile": ""}),
        (RUBY, "bundle exec sidekiq -C config/sidekiq.yml", {"Gemfile": ""}),
        (PYTHON, "gunicorn app:app", {}),
        (PYTHON, "gunicorn --chdir jobs web:app", {}),
        (PYTHON, "gunicorn web:app", {"requirements.txt": "shop-web\n"}),
        (PYTHON, "gunicorn -k uvicorn.workers:Worker app:app", {}),
        (PYTHON, "gunicorn 'app:make(1)'", {}),
        (PYTHON, "gunicorn app", {"app.py": "application = 1\n"}),
        (PYTHON, "celery -A app.celery worker", {"app.py": "celery = 1\n"}),
        (PYTHON, "celery --app=app worker", {}),
        (PYTHON, "uvicorn shop.web:app", {"src/shop/web.py": APP, "pyproject.toml": "[project]\nname = 'shop'\n"}),
        (PYTHON, "PYTHONPATH=jobs gunicorn web:app", {"jobs/web.py": APP}),
        (PYTHON, "gunicorn $APP", {}),
        (PYTHON, "flask run", {}),
        (PYTHON, "rq worker", {}),
        (PYTHON, "celery -A shop worker", {"shop/celery.py": "app = 1\n"}),
        (PYTHON, "flask --app app.py run", {}),
        (RUBY, "bundle exec sidekiq", {}),
        (JAR, "java -cp a.jar a.B", {"a.jar": jar("Main-Class: a.B", "a/B.class")}),
        (JAR, "java -cp a.jar a.C", {"a.jar": jar("Main-Class: a.B\r\nClass-Path: c.jar", "a/B.class")}),
        (JAR, "java -cp 'a.jar:lib/*' a.C", {"a.jar": jar("Main-Class: a.B", "a/B.class")}),
    ],
)
def test_command_lines_that_may_work(
    kind: tuple[str, str], line: str, files: dict[str, str | bytes], tmp_path: Path
) -> None:
    base: dict[str, str | bytes] = {"app.py": APP, "a.js": ""}
    assert found(tmp_path, plan(kind, more=process("sleep 9") + process(line, "worker")), {**base, **files}, None) == []


WORDS = [
    "npm",
    "run",
    "gunicorn",
    "-A",
    "--app=",
    "a:b",
    "rake",
    "java",
    "-jar",
    "cd",
    "..",
    "a/",
    "&&",
    "'",
    '"',
    "$X",
]
WORDS += [
    "bundle",
    "exec",
    "poetry",
    "python",
    "-m",
    "-",
    "--",
    "=",
    "\\",
    "\n",
    "(",
    "|",
    "composer",
    "x.jar",
    "PYTHONPATH=a",
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=8))
def test_any_line_can_be_read(words: list[str]) -> None:
    """Whatever a line says: no exception, and what it runs is inside the content."""
    line = " ".join(words)
    command, run = lines.command(line), lines.first(line)
    assert command is None or (command.words and not command.folder.startswith(("/", "..")))
    assert run is None or not run.file.startswith(("/", "../"))
    rule = tools.Serves(frozenset(("--reload",)), default="application")
    assert command is None or tools.named(rule, command.words[1:]) is None or len(command.words) > 1


def test_names_in_a_src_layout_are_known(tmp_path: Path) -> None:
    more = "        com.python.wsgi.application: shop/web/ap\n"
    files: dict[str, str | bytes] = {"pyproject.toml": "[project]\nname = 'shop'\n", "src/shop/web.py": APP}
    (one,) = found(tmp_path, plan(PYTHON, more=more), files, None)
    assert (one.code, "shop/web/app" in one.help) == ("CAMP216", True)


@pytest.mark.parametrize(
    ("kind", "files", "option", "help_"),
    [
        (
            GO,
            {"go.mod": "module x\n", "cmd/b/m.go": "package main\n", "cmd/serve/m.go": "package main\n"},
            "org.golang.main: cmd/srve",
            "org.golang.main: cmd/serve",
        ),
        (PHP, {"api/index.php": "", "public/index.php": ""}, "org.php.documentRoot: pubic", "documentRoot: public"),
        (APACHE, {"public/index.html": ""}, "org.apache.documentRoot: pulbic", "documentRoot: public"),
        (APACHE, {"index.html": ""}, "org.apache.documentRoot: public", "remove  org.apache.documentRoot"),
        (PHP, {"index.php": ""}, "org.php.documentRoot: public", "remove  org.php.documentRoot"),
        (GO, {"go.mod": "module x\n", "m.go": "package main\n"}, "org.golang.main: cmd", "remove  org.golang.main"),
    ],
)
def test_the_place_of_an_option(
    kind: tuple[str, str], files: dict[str, str | bytes], option: str, help_: str, tmp_path: Path
) -> None:
    (one,) = found(tmp_path, plan(kind, more=f"        {option}\n"), files, None)
    assert one.code == "CAMP217"
    assert one.span is not None
    assert one.span.line == 9  # of the option
    assert help_ in one.help


def test_a_factory_is_suggested(tmp_path: Path) -> None:
    more = "        com.python.wsgi.application: shop/app\n"
    (one,) = found(tmp_path, plan(PYTHON, more=more), {"shop.py": "def create_app(): ...\n"}, None)
    assert "shop/create_app()" in one.help


@pytest.mark.parametrize("target", TARGETS)
def test_content_that_is_not_known_is_a_note_once(target: str | None, tmp_path: Path) -> None:
    digest = "sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    more = "        com.python.wsgi.application: main/app\n"
    other = plan(PYTHON, f"https://example.org/b.tar.gz, {digest}", more).partition("artifacts:\n")[2]
    text = plan(PYTHON, f"https://example.org/a.tar.gz, {digest}", more) + other.replace("web", "api")
    said = [each for each in found(tmp_path, text, {}, target) if each.code in ("CAMP216", "CAMP220")]
    assert [(each.code, each.level.value) for each in said] == [("CAMP220", "note")]
    assert "web and api" in said[0].message


def test_an_archive_in_another_format_is_not_known(tmp_path: Path) -> None:
    more = "        com.python.wsgi.application: main/app\n"
    said = found(tmp_path, plan(PYTHON, "app/a.tar.xz", more), {"a.tar.xz": b"\xfd7zXZ"}, None)
    assert [each.code for each in said] == ["CAMP220"]
