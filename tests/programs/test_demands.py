"""Which releases content declares to need, and what a platform then does."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from camp2iac import read
from camp2iac.diagnostics import Severity

ENVIRONMENT = """\
target: openstack
region: RegionOne
image: {os}
ssh_from: 192.0.2.0/24
external_network: public
sizes:
  small: {{ flavor: m1.small, cores: 1, memory: 2 GiB }}
"""
PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: {type}
    content: {{ href: {href} }}
    requirements:
      - {{ requirement_type: {requirement}, fulfillment: id:web }}
      - {{ requirement_type: org.camp2iac:Expose, public: true }}
services:
  - {{ id: web, characteristics: [{{ characteristic_type: {product}{version} }}] }}
"""
PYTHON = ("org.python:src", "com.python:wsgi, com.python.wsgi.application: app/app", "org.python:version")
NODE = ("org.nodejs:src", "org.nodejs:HostOn", "Nodejs")
PHP = ("org.php:src", "org.php:HostOn", "PHP")
RUBY = ("org.ruby:src", "org.ruby:RunOn", "Ruby")
MAVEN = ("org.apache.maven:Project", "com.java:RunOn", "Java")
GRADLE = ("org.gradle:Project", "com.java:RunOn", "Java")
WAR = ("com.java:WAR", "com.java:HostOn", "Tomcat")
GO = ("org.golang:src", "org.golang:RunOn", "Go")
CODE = {
    PYTHON: {"app.py": "def app(environ, start):\n    return []\n"},
    NODE: {"server.js": "1\n"},
    PHP: {"index.php": "<?php\n"},
    RUBY: {"config.ru": "run 1\n", "Gemfile.lock": ""},
    MAVEN: {},
    GRADLE: {"gradlew": "#!/bin/sh\n"},
    WAR: {},
    GO: {"main.go": "package main\n\nfunc main() {}\n"},
}
POM = "<project>\n<artifactId>x</artifactId><version>1</version>\n{}\n</project>\n"
PROJECT = '[project]\nname = "x"\nversion = "1"\nrequires-python = "{}"\n'


def compiled(folder: Path, kind: tuple[str, str, str], files: dict[str, str], os: str, version: str = "") -> list[str]:
    """The codes about releases; a warning or a note is in lower case."""
    (folder / "app").mkdir(exist_ok=True)
    for name, text in {**CODE[kind], **files}.items():
        (folder / "app" / name).write_text(text)
    return codes(folder, kind, "app/", os, version)


def codes(folder: Path, kind: tuple[str, str, str], href: str, os: str, version: str = "") -> list[str]:
    asked = f', version: "{version}"' if version else ""
    text = PLAN.format(type=kind[0], requirement=kind[1], product=kind[2], href=href, version=asked)
    (folder / "camp.yaml").write_text(text)
    environment = folder / "environment.yaml"
    environment.write_text("target: heroku\n" if os == "heroku" else ENVIRONMENT.format(os=os))
    found = [each for each in read(folder / "camp.yaml").compile(environment).diagnostics if each.code in RELEVANT]
    return [each.code if each.level is Severity.ERROR else each.code.lower() for each in found]


RELEVANT = {"CAMP227", "CAMP231", "CAMP433", "CAMP434", "CAMP437", "CAMP438"}
VENDOR, NONE, PINNED, PATCH = ["camp433"], ["CAMP437"], ["camp437"], ["camp438"]


@pytest.mark.parametrize(
    ("kind", "files", "os", "expected"),
    [
        (PYTHON, {"pyproject.toml": PROJECT.format(">=3.12")}, "debian-12", NONE),
        (PYTHON, {"pyproject.toml": PROJECT.format(">=3.12")}, "debian-13", []),
        (PYTHON, {"pyproject.toml": PROJECT.format(">=3.9,<3.11")}, "debian-12", NONE),
        (PYTHON, {"pyproject.toml": PROJECT.format("~=3.11")}, "debian-12", []),
        (PYTHON, {"pyproject.toml": PROJECT.format(">=3.12")}, "heroku", []),
        (PYTHON, {"pyproject.toml": '[tool.poetry.dependencies]\npython = "^3.12"\n'}, "debian-12", NONE),
        (PYTHON, {"Pipfile": '[requires]\npython_version = "3.12"\n', "Pipfile.lock": "{}"}, "debian-12", NONE),
        (PYTHON, {"setup.cfg": "[options]\npython_requires = >=3.12\n"}, "debian-12", NONE),
        (PYTHON, {"setup.py": "setup(python_requires='>=3.12')\n"}, "debian-12", NONE),
        (PYTHON, {".python-version": "3.12\n"}, "debian-12", PINNED),
        (PYTHON, {"runtime.txt": "python-3.12.4\n"}, "debian-12", PINNED),
        (PYTHON, {".tool-versions": "nodejs 20\npython 3.12.1\n"}, "debian-12", PINNED),
        (PYTHON, {".python-version": "3.11.9\n"}, "debian-12", []),
        (PYTHON, {"pyproject.toml": PROJECT.format("of some kind")}, "debian-12", []),
        (PYTHON, {"pyproject.toml": "not = [toml"}, "debian-12", []),
        (NODE, {"package.json": '{"engines": {"node": ">=22"}}'}, "debian-12", VENDOR),
        (NODE, {"package.json": '{"engines": {"node": ">=18"}}'}, "debian-12", []),
        (NODE, {"package.json": '{"engines": {"node": "16.x"}}'}, "debian-12", NONE),
        (NODE, {"package.json": '{"engines": {"node": "16.x"}}'}, "heroku", NONE),
        (NODE, {"package.json": '{"engines": {"node": "^20 || ^22"}}'}, "debian-12", VENDOR),
        (NODE, {"package.json": '{"engines": "22"}'}, "debian-12", []),
        (NODE, {".nvmrc": "v22.3.0\n"}, "debian-12", VENDOR),
        (NODE, {".nvmrc": "lts/jod"}, "debian-12", VENDOR),
        (NODE, {".nvmrc": "lts/*"}, "debian-12", []),
        (NODE, {".node-version": "16\n"}, "debian-12", PINNED),
        (
            NODE,
            {".nvmrc": "16\n", "package.json": '{"engines": {"node": ">=22"}}'},
            "debian-12",
            ["camp433", "camp437"],
        ),
        (PHP, {"composer.json": '{"require": {"php": ">=8.3"}}'}, "debian-12", VENDOR),
        (PHP, {"composer.json": '{"require": {"php": "~8.1"}}'}, "debian-12", []),
        (PHP, {"composer.json": '{"require": {"php": "^8.3"}}'}, "ubuntu-22.04", NONE),
        (PHP, {"composer.lock": '{"packages": [{"require": {"php": ">=8.3"}}]}'}, "debian-12", VENDOR),
        (PHP, {"composer.json": '{"require": {"php": "8.2.1"}}'}, "debian-12", PATCH),
        (RUBY, {"Gemfile": 'gem "puma"\nruby "3.3.0"\n'}, "debian-12", NONE),
        (RUBY, {"Gemfile": "gem 'puma'\nruby '~> 3.1'\n"}, "debian-12", []),
        (RUBY, {"Gemfile": "gem 'puma'\nruby '>= 3.2', '< 3.4'\n"}, "debian-12", NONE),
        (RUBY, {"Gemfile": 'gem "puma"\nruby "3.1.0"\n'}, "debian-12", PATCH),
        (RUBY, {"Gemfile": 'gem "puma"\n', ".ruby-version": "3.3.1\n"}, "debian-12", PINNED),
        (
            MAVEN,
            {"pom.xml": POM.format("<properties><java.version>21</java.version></properties>")},
            "debian-12",
            VENDOR,
        ),
        (MAVEN, {"pom.xml": POM.format("<maven.compiler.release>26</maven.compiler.release>")}, "debian-12", NONE),
        (MAVEN, {"pom.xml": POM.format("<!-- <java.version>26</java.version> -->")}, "debian-12", []),
        (MAVEN, {"pom.xml": POM.format("<source>1</source><java.version>1.8</java.version>")}, "debian-12", []),
        (GRADLE, {"build.gradle": "languageVersion = JavaLanguageVersion.of(21)\n"}, "debian-12", VENDOR),
        (GRADLE, {"build.gradle.kts": "kotlin { jvmToolchain(17) }\n"}, "debian-12", []),
        (GRADLE, {"build.gradle": "// sourceCompatibility = 26\n"}, "debian-12", []),
        (GO, {"go.mod": "module x\n\ngo 1.23\n"}, "debian-12", ["camp227"]),
        (GO, {"go.mod": "module x\n\ngo 1.25\n"}, "debian-13", []),
    ],
)
def test_what_content_needs(
    kind: tuple[str, str, str], files: dict[str, str], os: str, expected: list[str], tmp_path: Path
) -> None:
    assert sorted(compiled(tmp_path, kind, files, os)) == expected


@pytest.mark.parametrize(
    ("kind", "files", "version", "expected"),
    [
        (NODE, {"package.json": '{"engines": {"node": "20.x"}}'}, "18", ["CAMP231"]),
        (NODE, {"package.json": '{"engines": {"node": "20.x"}}'}, "[18,23)", VENDOR),
        (NODE, {"package.json": '{"engines": {"node": ">=18.17"}}'}, "18", []),
        (NODE, {"package.json": '{"engines": {"node": ">=20"}}'}, "latest", VENDOR),
        (NODE, {".nvmrc": "22"}, "18", ["camp231"]),
        (GO, {"go.mod": "module x\n\ngo 1.23\n"}, "1.19", ["CAMP231", "camp227"]),
        (PYTHON, {"pyproject.toml": PROJECT.format(">=3.12")}, "3.11", ["CAMP231"]),
    ],
)
def test_a_plan_and_its_content(
    kind: tuple[str, str, str], files: dict[str, str], version: str, expected: list[str], tmp_path: Path
) -> None:
    assert sorted(compiled(tmp_path, kind, files, "debian-12", version)) == expected


def archive(path: Path, name: str, java: int, manifest: str = "") -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        if manifest:
            made.writestr("META-INF/MANIFEST.MF", manifest)
        made.writestr(name, b"\xca\xfe\xba\xbe\0\0" + (java + 44).to_bytes(2, "big") + b"rest")
        made.writestr(f"META-INF/versions/99/{name}", b"\xca\xfe\xba\xbe\0\0" + (143).to_bytes(2, "big"))
    path.write_bytes(data.getvalue())


JAR = ("com.java:JAR", "com.java:RunOn", "Java")


@pytest.mark.parametrize(("java", "expected"), [(8, []), (17, []), (21, VENDOR), (26, NONE)])
def test_compiled_classes(java: int, expected: list[str], tmp_path: Path) -> None:
    archive(tmp_path / "app.jar", "shop/Main.class", java, "Main-Class: shop.Main\n")
    assert codes(tmp_path, JAR, "app.jar", "debian-12") == expected


@pytest.mark.parametrize(("java", "expected"), [(17, []), (21, NONE)])
def test_web_archives_run_on_the_java_of_the_distribution(java: int, expected: list[str], tmp_path: Path) -> None:
    archive(tmp_path / "shop.war", "WEB-INF/classes/Main.class", java)
    assert codes(tmp_path, WAR, "shop.war", "debian-12") == expected


def test_two_components_of_one_service(tmp_path: Path) -> None:
    """One release has to fit both."""
    plan = PLAN.format(type=NODE[0], requirement=NODE[1], product=NODE[2], href="one/", version="")
    second = plan.split("artifacts:\n")[1].split("services:")[0].replace("name: web", "name: other")
    text = plan.replace("services:", second.replace("one/", "two/").replace("public: true", "port: 8081") + "services:")
    (tmp_path / "camp.yaml").write_text(text)
    (tmp_path / "environment.yaml").write_text(ENVIRONMENT.format(os="debian-12"))
    for name, engine in (("one", "20.x"), ("two", ">=18")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "server.js").write_text("1\n")
        (tmp_path / name / "package.json").write_text(f'{{"engines": {{"node": "{engine}"}}}}')
    found = read(tmp_path / "camp.yaml").compile(tmp_path / "environment.yaml").diagnostics
    assert [each.message for each in found if each.code == "CAMP433"] == [
        "web gets Node.js 20 from the repository of NodeSource"
    ]
    (tmp_path / "two/package.json").write_text('{"engines": {"node": "22.x"}}')
    found = read(tmp_path / "camp.yaml").compile(tmp_path / "environment.yaml").diagnostics
    assert {each.code for each in found if each.level is Severity.ERROR} == {"CAMP437"}


def test_a_build_makes_the_file_that_its_script_names(tmp_path: Path) -> None:
    """``node a.js`` needs no ``a.js`` in the content if the build writes it."""
    (tmp_path / "camp.yaml").write_text(
        PLAN.format(type=NODE[0], requirement=NODE[1], product=NODE[2], href="app/", version="")
    )
    (tmp_path / "environment.yaml").write_text(ENVIRONMENT.format(os="debian-13"))
    (tmp_path / "app").mkdir()
    found = []
    for build in ("esbuild src.js --outfile=a.js", "esbuild src.js --outfile=b.js"):
        text = f'{{"scripts": {{"build": "{build}", "start": "node a.js"}}, "devDependencies": {{"esbuild": "1"}}}}'
        (tmp_path / "app/package.json").write_text(text)
        made = read(tmp_path / "camp.yaml").compile(tmp_path / "environment.yaml")
        found.append("CAMP218" in {each.code for each in made.diagnostics})
    assert found == [False, True]
