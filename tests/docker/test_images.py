"""The Dockerfiles of components: what they install, what they copy, and what the processes run."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from camp2iac.targets.containers.images.render import UnquotedDockerError, remark, render, shell, word
from docker.support_images import Image, image

PYTHON = ("org.python:src", "org.python:runtime", "org.python:version")
DJANGO = ("org.djangoproject:Project", "org.djangoproject:HostOn", "Django")
NODE = ("org.nodejs:src", "org.nodejs:HostOn", "org.nodejs:version")
GO = ("org.golang:src", "org.golang:HostOn", "org.golang:version")
BINARY = ("org.golang:Binary", "org.golang:HostOn", "org.golang:version")
RUBY = ("org.ruby:src", "org.ruby:HostOn", "org.ruby:version")
PHP = ("org.php:src", "org.php:HostOn", "org.php:version")
JAR = ("com.java:JAR", "com.java:RunOn", "com.java:JRE")
MAVEN = ("org.apache.maven:Project", "com.java:RunOn", "com.java:JRE")
WAR = ("com.java:WAR", "com.java:HostOn", "com.java:ServletContainer")
STATIC = ("org.html:Site", "org.html:HostOn", "org.html:Server")
HTTPD = ("org.html:Site", "org.apache:HostOn", "org.apache:httpd")
WSGI = "def app(environ, start):\n    return []\n"
PROCESS = "      - requirement_type: org.camp2iac:Process\n"


def test_a_wsgi_application(tmp_path: Path) -> None:
    found = image(tmp_path, PYTHON, {"web/main.py": WSGI, "web/requirements.txt": "flask\n"})
    assert sorted(found.files) == [
        "build/web/Dockerfile",
        "build/web/camp-run",
        "build/web/content/main.py",
        "build/web/content/requirements.txt",
    ]
    assert found.lines("FROM ") == ["FROM python:3.14-slim-trixie AS build", "FROM python:3.14-slim-trixie"]
    assert "RUN pip install gunicorn --requirement requirements.txt" in found.dockerfile
    assert found.build.processes == {"web": "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 main:app"}
    assert found.outcome("org.python:src") == ("kept", "an image, built on python:3.14-slim-trixie")


def test_the_image_ends_with_a_user_without_rights(tmp_path: Path) -> None:
    """The entrypoint reads secrets; nothing of the code belongs to the user."""
    found = image(tmp_path, PYTHON, {"web/main.py": WSGI})
    assert found.dockerfile.splitlines()[-3:] == ["USER app", "WORKDIR /app", 'ENTRYPOINT ["/usr/local/bin/camp-run"]']
    assert "--chown" not in found.dockerfile
    assert found.build.copy.files["camp-run"].executable


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ({"requirements.txt": "-r more.txt\n", "more.txt": "flask\n"}, "pip install gunicorn --requirement"),
        ({"requirements.txt": "flask==1 --hash=sha256:00\n"}, "pip install --requirement requirements.txt"),
        ({"uv.lock": "", "pyproject.toml": ""}, "    /opt/tools/bin/uv sync --frozen"),
        ({"poetry.lock": "", "pyproject.toml": ""}, "/opt/tools/bin/poetry install"),
        ({"Pipfile.lock": "{}", "Pipfile": ""}, "/opt/tools/bin/pipenv install --deploy"),
        ({"pyproject.toml": "[project]\n"}, "RUN pip install gunicorn .\n"),
        ({}, "RUN pip install gunicorn\n"),
    ],
)
def test_what_installs_the_packages(tmp_path: Path, files: dict[str, str], line: str) -> None:
    found = image(tmp_path, PYTHON, {"web/main.py": WSGI, **{f"web/{name}": text for name, text in files.items()}})
    assert line in found.dockerfile
    assert "gunicorn" in found.dockerfile


def test_a_lock_file_with_gunicorn_installs_it_once(tmp_path: Path) -> None:
    lock = '[[package]]\nname = "gunicorn"\n'
    found = image(tmp_path, PYTHON, {"web/main.py": WSGI, "web/uv.lock": lock, "web/pyproject.toml": ""})
    assert "gunicorn" not in found.dockerfile


@pytest.mark.parametrize("line", ["-r more.txt", "-e .", "./words", "--index-url https://example.org/", "  -c c.txt"])
def test_requirements_that_need_other_files_come_with_all_of_the_content(tmp_path: Path, line: str) -> None:
    found = image(tmp_path, PYTHON, {"web/main.py": WSGI, "web/requirements.txt": f"flask\n{line}\n"})
    assert "COPY content/requirements.txt" not in found.dockerfile
    assert found.dockerfile.index("COPY content/ /app/") < found.dockerfile.index("--requirement")


def test_compilers_are_only_in_the_build(tmp_path: Path) -> None:
    found = image(tmp_path, PYTHON, {"web/main.py": WSGI, "web/requirements.txt": "psycopg2\n"})
    build, run = found.stages
    assert "build-essential libpq-dev" in build
    assert "python3-dev" not in build, "the image has the headers of its own Python"
    assert "build-essential" not in run
    assert "COPY --from=build /libraries" in run


def test_packages_of_the_plan_are_for_the_build_and_the_processes(tmp_path: Path) -> None:
    more = "      - requirement_type: org.camp2iac:Packages\n        debian: [ffmpeg]\n"
    found = image(tmp_path, PYTHON, {"web/main.py": WSGI}, requirements=more)
    assert all("install --yes --no-install-recommends ffmpeg" in each for each in found.stages)
    assert found.outcome("Packages: ") == ("kept", "installed in the image")


def test_packages_of_another_family_are_lost(tmp_path: Path) -> None:
    more = "      - requirement_type: org.camp2iac:Packages\n        rhel: [ffmpeg]\n"
    found = image(tmp_path, PYTHON, {"web/main.py": WSGI}, requirements=more)
    assert found.outcome("Packages: ")[0] == "lost"


def test_the_build_of_the_plan_is_in_a_file(tmp_path: Path) -> None:
    """So nothing in it is an instruction, a variable of Docker or a here-document."""
    command = 'printf %s "$HOME" \\\\ ${X} <<EOF\\nRUN evil\\nEOF'
    more = f"{PROCESS}        build: {json.dumps(command)}\n"
    found = image(tmp_path, PYTHON, {"web/main.py": WSGI}, requirements=more)
    script = found.files["build/web/camp-build"].decode()
    assert script.endswith(f"set -e\n{command}\n")
    assert "evil" not in found.dockerfile
    assert "EOF" not in found.dockerfile


@pytest.mark.parametrize("name", ["escape=`", "a\\", "syntax=x", "RUN id"])
def test_a_name_stays_in_its_comment(tmp_path: Path, name: str) -> None:
    plan = (tmp_path, PYTHON, {"web/main.py": WSGI})
    found = image(*plan)
    text = render(found.build.runtime.template, {**found.context, "name": f"{name}\nRUN evil"})
    assert text.splitlines()[0].startswith(f"# The image of {name}")
    assert not re.search(r"^RUN evil", text, re.MULTILINE)


def test_strings_of_a_plan_need_a_filter(tmp_path: Path) -> None:
    template = tmp_path / "Dockerfile.j2"
    template.write_text("RUN {{ text }}\n")
    with pytest.raises(UnquotedDockerError):
        render(template, {"text": "a b"})
    assert shell("a $b 'c'") == "'a $b '\"'\"'c'\"'\"''"
    assert word("a $b\\\"'") == "a\\ \\$b\\\\\\\"\\'"
    assert remark("a\nRUN b") == "a RUN b"
    for text in ("a\nRUN b", "a\rb", "a\0b"):
        with pytest.raises(UnquotedDockerError):
            shell(text)
        with pytest.raises(UnquotedDockerError):
            word(text)


def test_volumes_belong_to_the_user(tmp_path: Path) -> None:
    more = "      - characteristic_type: org.camp2iac:Volume\n        size: 1 GiB\n        mount: /srv/a;id\n"
    found = image(tmp_path, PYTHON, {"web/main.py": WSGI}, characteristics=more)
    assert found.lines("RUN install") == ["RUN install --directory --owner=app --group=app '/srv/a;id'"]


def test_content_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    files = {"apps/web/main.py": WSGI, "apps/web/requirements.txt": "flask\n", "words/w.py": ""}
    found = image(tmp_path, PYTHON, files, content="{ href: apps/web/, root: ./ }")
    assert found.lines("WORKDIR ") == ["WORKDIR /app/apps/web"] * 2
    assert "COPY content/apps/web/requirements.txt ./" in found.dockerfile
    assert "build/web/content/words/w.py" in found.files


def test_an_own_dockerfile_wins(tmp_path: Path) -> None:
    files = {"web/Dockerfile": "FROM scratch\n", "web/.dockerignore": "x\n", "web/main.py": WSGI}
    more = f"{PROCESS}        build: make\n"
    found = image(tmp_path, PYTHON, files, requirements=more, version="[3.12,3.13)")
    assert found.build.own
    assert sorted(found.files) == ["build/web/.dockerignore", "build/web/Dockerfile", "build/web/main.py"]
    assert found.dockerfile == found.build.dockerfile == "FROM scratch\n"
    assert found.build.processes == {}
    assert found.outcome("Process: build")[0] == "lost"
    assert found.outcome("org.python:src") == ("kept", "an image, built with its own Dockerfile")


def test_an_own_dockerfile_in_a_folder_has_that_folder(tmp_path: Path) -> None:
    files = {"apps/web/Dockerfile": "FROM scratch\n", "apps/web/main.py": WSGI, "other.py": ""}
    found = image(tmp_path, PYTHON, files, content="{ href: apps/web/, root: ./ }")
    assert sorted(found.files) == ["build/web/Dockerfile", "build/web/main.py"]


def test_a_release_that_no_image_has(tmp_path: Path) -> None:
    found = image(tmp_path, NODE, {"web/server.js": ""}, version="[12,13)")
    assert found.codes == ["CAMP470"]
    assert "build/web/Dockerfile" not in found.files


def test_the_newest_release_that_fits(tmp_path: Path) -> None:
    found = image(tmp_path, PYTHON, {"web/main.py": WSGI}, version="[3.10,3.12)")
    assert "FROM python:3.11-slim-trixie\n" in found.dockerfile
    assert found.outcome("Python [3.10,3.12)") == ("kept", "python:3.11-slim-trixie")


def test_what_is_not_an_application(tmp_path: Path) -> None:
    host = "        com.python.wsgi.application: main app\n"
    found = image(tmp_path, ("org.python:src", f"com.python:wsgi\n{host}".rstrip(), PYTHON[2]), {"web/main.py": WSGI})
    assert found.codes == ["CAMP479"]


def _package(**more: object) -> str:
    return json.dumps({"dependencies": {"express": "4"}, "scripts": {"start": "node server.js"}, **more})


def test_node_installs_from_the_lock_file_alone(tmp_path: Path) -> None:
    found = image(tmp_path, NODE, {"web/package.json": _package(), "web/package-lock.json": "{}", "web/server.js": ""})
    assert "COPY content/package.json content/package-lock.json ./\nRUN npm ci --omit=dev" in found.dockerfile
    assert found.build.processes == {"web": "node server.js"}
    assert found.lines("FROM ")[0] == "FROM node:24-trixie-slim AS base"


@pytest.mark.parametrize(
    "more",
    [
        {"scripts": {"postinstall": "node x.js", "start": "node server.js"}},
        {"dependencies": {"words": "file:words"}},
        {"dependencies": {"words": "../words"}},
    ],
)
def test_node_packages_that_need_the_code(tmp_path: Path, more: dict[str, object]) -> None:
    found = image(tmp_path, NODE, {"web/package.json": _package(**more), "web/server.js": ""})
    assert found.dockerfile.index("COPY content/ /app/") < found.dockerfile.index("RUN npm install")


def test_node_builds_with_packages_that_do_not_stay(tmp_path: Path) -> None:
    scripts = {"start": "node dist/server.js", "build": "tsc"}
    files = {"web/package.json": _package(scripts=scripts), "web/package-lock.json": "{}"}
    lines = image(tmp_path, NODE, files).lines("RUN ")
    wanted = ["RUN npm ci --include=dev", "RUN bash /usr/local/bin/camp-build", "RUN npm prune --omit=dev"]
    assert [line.startswith(start) for line, start in zip(lines, wanted, strict=False)] == [True] * 3


@pytest.mark.parametrize(
    ("files", "package", "install", "line"),
    [
        ({"pnpm-lock.yaml": "lockfileVersion: '6.0'\n"}, {}, "pnpm@8", "pnpm install --prod "),
        ({"pnpm-lock.yaml": "lockfileVersion: '9.0'\n"}, {}, "pnpm@10", "pnpm install --prod "),
        ({"yarn.lock": ""}, {}, "yarn@1", "yarn install --non-interactive --frozen-lockfile --production"),
        ({"yarn.lock": "__metadata:\n"}, {}, "@yarnpkg/cli-dist@4", "yarn install --immutable"),
        ({}, {"packageManager": "pnpm@9.1.0+sha512.00"}, "pnpm@9.1.0", "pnpm install --prod "),
        ({}, {"packageManager": "yarn@$(id)"}, "'@yarnpkg/cli-dist@$(id)'", "yarn install"),
    ],
)
def test_package_managers(
    tmp_path: Path, files: dict[str, str], package: dict[str, str], install: str, line: str
) -> None:
    web = {f"web/{name}": text for name, text in files.items()}
    found = image(tmp_path, NODE, {"web/package.json": _package(**package), "web/server.js": "", **web})
    assert f"RUN npm install --global --force --no-audit --no-fund {install}\n" in found.dockerfile
    assert line in found.dockerfile


def test_another_package_manager(tmp_path: Path) -> None:
    found = image(tmp_path, NODE, {"web/package.json": _package(packageManager="bun@1"), "web/server.js": ""})
    assert found.codes == ["CAMP479"]


def test_a_workspace_is_built_after_those_that_it_needs(tmp_path: Path) -> None:
    files = {
        "package.json": json.dumps({"workspaces": ["apps/*", "libs/*"]}),
        "apps/web/package.json": _package(
            name="web", dependencies={"words": "1"}, scripts={"build": "b", "start": "s"}
        ),
        "libs/words/package.json": json.dumps({"name": "words", "scripts": {"build": "b"}}),
    }
    found = image(tmp_path, NODE, files, content="{ href: apps/web/, root: ./ }")
    assert (
        found.files["build/web/camp-build"]
        .decode()
        .endswith("(cd ../../libs/words && npm run build) && npm run build\n")
    )
    assert found.lines("WORKDIR ") == ["WORKDIR /app", "WORKDIR /app/apps/web", "WORKDIR /app", "WORKDIR /app/apps/web"]


@pytest.mark.parametrize(
    ("scripts", "line"),
    [
        ({"start": "node a.js --x"}, "node a.js --x"),
        ({"start": "node a.js", "prestart": "x"}, "exec npm start"),
        ({"start": "a\nb"}, "exec npm start"),
        ({}, "exec node server.js"),
    ],
)
def test_what_starts_node(tmp_path: Path, scripts: dict[str, str], line: str) -> None:
    found = image(tmp_path, NODE, {"web/package.json": json.dumps({"scripts": scripts}), "web/server.js": ""})
    assert found.build.processes == {"web": line}


def test_a_static_site(tmp_path: Path) -> None:
    found = image(tmp_path, STATIC, {"web/index.html": "", "web/404.html": ""})
    assert found.build.processes == {"web": "exec camp-nginx"}
    configuration = found.files["build/web/nginx.conf"].decode()
    assert 'root "/app";' in configuration
    assert "error_page 404 /404.html;" in configuration


def test_a_site_that_is_built_has_only_the_result(tmp_path: Path) -> None:
    package = json.dumps({"devDependencies": {"vite": "7"}, "scripts": {"build": "vite build"}})
    found = image(tmp_path, STATIC, {"web/package.json": package, "web/package-lock.json": "{}"})
    run = found.stages[-1]
    assert found.lines("FROM ") == ["FROM node:24-trixie-slim AS build", "FROM nginx:1.30-trixie"]
    assert "COPY --from=build /app/dist /app/dist" in run
    assert "prune" not in found.dockerfile
    assert 'root "/app/dist";' in found.files["build/web/nginx.conf"].decode()


def test_apache_runs_programs(tmp_path: Path) -> None:
    more = "      - requirement_type: org.camp2iac:Env\n        WORD: x\n"
    kind = ("org.cgi:src", "org.cgi:HostOn", "org.apache:httpd")
    found = image(tmp_path, kind, {"web/cgi-bin/a": "#!/bin/sh\n"}, requirements=more)
    configuration = found.files["build/web/httpd.conf"].decode()
    assert 'ScriptAlias "/cgi-bin/" "/app/cgi-bin/"' in configuration
    assert "PassEnv WORD\n" in configuration
    assert "RUN chmod --recursive a+x /app/cgi-bin" in found.dockerfile


def test_php_compiles_the_extensions_that_it_lacks(tmp_path: Path) -> None:
    composer = json.dumps({"require": {"php": ">=8", "ext-gd": "*", "ext-json": "*", "ext-redis": "*", "a/b": "1"}})
    found = image(tmp_path, PHP, {"web/index.php": "", "web/composer.json": composer})
    assert "RUN docker-php-ext-install gd\n" in found.dockerfile
    assert "RUN pecl install redis && docker-php-ext-enable redis\n" in found.dockerfile
    assert "composer install --no-dev" in found.dockerfile
    assert found.lines("FROM ")[0] == "FROM composer:2 AS composer"
    assert "libpng-dev" not in found.stages[-1]


def test_php_without_packages(tmp_path: Path) -> None:
    found = image(tmp_path, PHP, {"web/public/index.php": ""})
    assert "composer" not in found.dockerfile
    assert found.build.processes == {"web": "exec apache2-foreground"}


def test_a_go_module(tmp_path: Path) -> None:
    found = image(tmp_path, GO, {"web/go.mod": "module shop\n\ngo 1.22\n", "web/main.go": "package main\n"})
    assert "RUN go build -trimpath -o /opt/app ./\n" in found.dockerfile
    assert found.lines("FROM ") == ["FROM golang:1.26-bookworm AS build", "FROM debian:bookworm-slim"]
    assert found.build.processes == {"web": "exec /opt/app"}


def test_a_program_that_is_built(tmp_path: Path) -> None:
    found = image(tmp_path, BINARY, {"shop": b"\x7fELF"}, content="{ href: shop }")
    assert found.build.processes == {"web": "exec ./shop"}
    assert "golang" not in "".join(found.lines("FROM "))
    assert "RUN chmod 0755 /app/shop" in found.dockerfile


def test_a_rack_application(tmp_path: Path) -> None:
    files = {"web/config.ru": "", "web/Gemfile": 'gem "puma"\n', "web/Gemfile.lock": "GEM\n  specs:\n    pg (1.5)\n"}
    found = image(tmp_path, RUBY, files)
    assert "COPY content/Gemfile content/Gemfile.lock ./\nRUN BUNDLE_FROZEN=1 bundle install" in found.dockerfile
    assert "build-essential libpq-dev" in found.dockerfile
    assert found.build.processes == {"web": "exec bundle exec puma --bind tcp://0.0.0.0:$PORT"}
    assert "build-essential" not in found.stages[-1]


def test_a_jar(tmp_path: Path) -> None:
    found = image(tmp_path, JAR, {"shop.jar": b"PK"}, content="{ href: shop.jar }")
    assert found.build.processes == {"web": "exec java -Dserver.port=$PORT -jar shop.jar"}


def test_a_project_of_maven(tmp_path: Path) -> None:
    found = image(tmp_path, MAVEN, {"web/pom.xml": "<project/>"}, version="[21,22)")
    assert found.lines("FROM ") == [
        "FROM maven:3.9-eclipse-temurin-21-noble AS build",
        "FROM eclipse-temurin:21-jre-noble",
    ]
    assert "$(cat /opt/archive)" in found.build.processes["web"]


def test_a_web_archive(tmp_path: Path) -> None:
    kind = (WAR[0], f"{WAR[1]}\n        com.java.servlet.contextName: shop", WAR[2])
    found = image(tmp_path, kind, {"shop.war": b"PK"}, content="{ href: shop.war }")
    assert 'path="/shop" docBase="/app/shop.war"' in found.files["build/web/server.xml"].decode()


def test_django_collects_static_files_in_the_build(tmp_path: Path) -> None:
    files = {
        "web/manage.py": 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
        "web/shop/settings.py": "STATIC_ROOT = 'static'\n",
        "web/shop/wsgi.py": "application = 1\n",
    }
    more = "      - requirement_type: org.camp2iac:Env\n        SECRET_KEY: abcdefghijklmnop\n        WORD: it's\n"
    found = image(tmp_path, DJANGO, files, requirements=more)
    script = found.files["build/web/camp-build"].decode()
    assert "abcdefghijklmnop" not in script, "no secret is in the image"
    assert "export WORD='it'\"'\"'s'\n" in script
    assert script.endswith("python manage.py collectstatic --noinput --verbosity=0\n")
    assert found.build.processes["release"] == "exec python manage.py migrate --noinput"


@pytest.mark.parametrize(
    ("kind", "files", "before"),
    [
        (GO, {"web/go.mod": "module shop\n", "web/main.go": "package main\n"}, "go build"),
        (MAVEN, {"web/pom.xml": "<project/>"}, "mvn "),
        (PHP, {"web/index.php": "", "web/composer.json": '{"require": {"a/b": "1"}}'}, "composer install"),
        (RUBY, {"web/config.ru": "", "web/Gemfile": ""}, "bundle install"),
    ],
)
def test_the_build_of_the_plan_comes_after_that_of_the_language(
    tmp_path: Path, kind: tuple[str, str, str], files: dict[str, str], before: str
) -> None:
    text = image(tmp_path, kind, files, requirements=f"{PROCESS}        build: make\n").dockerfile
    assert text.index(before) < text.index("RUN bash /usr/local/bin/camp-build")


def test_an_attribute_that_only_terraform_knows(tmp_path: Path) -> None:
    more = "      - { characteristic_type: org.camp2iac:Attributes, workers: { parameter: n } }\n"
    more += "org.camp2iac:parameters: { n: { default: 3 } }\n"
    found = image(tmp_path, PYTHON, {"web/main.py": WSGI}, characteristics=more)
    assert "--workers ${CAMP_WORKERS} " in found.build.processes["web"]
    assert found.build.variables == {"CAMP_WORKERS": "workers"}


def _run(folder: Path, found: Image, command: str) -> subprocess.CompletedProcess[bytes]:
    script = found.files["build/web/camp-run"].decode().replace("/run/secrets", str(folder))
    return subprocess.run(["sh", "-c", script, "camp-run", "sh", "-c", command], capture_output=True, check=False)


def test_secrets_become_variables_byte_by_byte(tmp_path: Path) -> None:
    found = image(tmp_path, PYTHON, {"web/main.py": WSGI})
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    values = {"A": b"", "B": b"a\nb\n\n", "C": b"$X `id` '\"\\", "D": "ö".encode(), "_E": b"-n", "F": b"\n"}
    for name, value in values.items():
        (secrets / name).write_bytes(value)
    (secrets / "not-a-name").write_bytes(b"x")
    (secrets / "1").write_bytes(b"x")
    for name, value in values.items():
        assert _run(secrets, found, f'printf %s "${name}"').stdout == value
    (tmp_path / "none").mkdir()
    assert _run(tmp_path / "none", found, "echo $1").returncode == 0


def test_the_same_plan_has_the_same_files(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    files: dict[str, str | bytes] = {"web/main.py": WSGI, "web/requirements.txt": "psycopg2\nuwsgi\n"}
    assert image(first, PYTHON, files).files == image(second, PYTHON, files).files
