"""Source that Heroku builds: lock files of Python, several Go programs, Java projects, packages of the distribution."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support import phases

from camp2iac.synth import hcl

HEAD = "camp_version: CAMP 1.1\nname: shop\nartifacts:\n"
PYTHON = HEAD + (
    "  - name: web\n    artifact_type: org.python:src\n    content: { href: web/ }\n    requirements:\n"
    "      - { requirement_type: com.python:wsgi, com.python.wsgi.application: main/app }\n"
)
PACKAGES = "      - { requirement_type: org.camp2iac:Packages, debian: [ffmpeg, libpq-dev] }\n"
LOCK = '[[package]]\nname = "gunicorn"\nversion = "22"\n'
PROJECT = "[project]\nname = 'shop'\nversion = '1'\n"


class Compiled:
    """The files of the copy, the codes of errors and warnings, the ways of statements, and the module's text."""

    def __init__(self, folder: Path, plan: str, files: dict[str, str], environment: str = "") -> None:
        (folder / "camp.yaml").write_text(plan)
        for name, text in files.items():
            path = folder / "web" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        own = folder / "heroku.yaml"
        own.write_text(f"target: heroku\n{environment}")
        made = phases.compile(phases.load(folder), environment=own, output=folder / "infra")
        self.codes = [d.code for d in made.diagnostics if d.level.value != "note"]
        documents = made.result.lowered.documents if made.result else ()
        self.copy = {d.path.removeprefix("build/web/"): d.data.decode() for d in documents}
        self.outcomes = {
            e.statement.kind.name: e.outcome.value for e in (made.result.statements if made.result else ())
        }
        module = "".join(hcl.write(made.result.lowered.module).values()) if made.result else ""
        found = re.search(r"buildpacks += (\[[^\]]*\])", module)
        self.buildpacks = json.loads(found[1]) if found else None


@pytest.mark.parametrize(
    ("files", "left", "gunicorn"),
    [
        ({"uv.lock": LOCK, "pyproject.toml": PROJECT}, {"uv.lock"}, True),
        ({"poetry.lock": LOCK, "pyproject.toml": PROJECT, "Pipfile": "", "Pipfile.lock": "{}"}, {"poetry.lock"}, True),
        ({"Pipfile.lock": '{"default": {"gunicorn": {}}}', "Pipfile": ""}, {"Pipfile", "Pipfile.lock"}, True),
        ({"requirements.txt": "flask\n", "uv.lock": LOCK, "Pipfile": ""}, {"requirements.txt"}, True),
        ({"uv.lock": "", "pyproject.toml": PROJECT}, {"uv.lock"}, False),
    ],
)
def test_the_copy_has_one_file_with_packages(
    tmp_path: Path, files: dict[str, str], left: set[str], gunicorn: bool
) -> None:
    """The buildpack refuses content with several."""
    made = Compiled(tmp_path, PYTHON, {"main.py": "app = None\n", **files})
    assert made.codes == []
    managed = {"requirements.txt", "uv.lock", "poetry.lock", "Pipfile", "Pipfile.lock"}
    assert managed & made.copy.keys() == left
    assert made.outcomes["option"] == ("kept" if gunicorn else "degraded")


@pytest.mark.parametrize("name", ["pyproject.toml", "setup.py"])
def test_a_project_is_installed(tmp_path: Path, name: str) -> None:
    made = Compiled(tmp_path, PYTHON, {"main.py": "app = None\n", name: ""})
    assert made.copy["requirements.txt"] == ".\ngunicorn\n"


def test_a_pipfile_needs_its_lock_file(tmp_path: Path) -> None:
    made = Compiled(tmp_path, PYTHON, {"main.py": "app = None\n", "Pipfile": ""})
    assert sorted(made.codes) == ["CAMP225", "CAMP445"]


def test_packages_of_ubuntu(tmp_path: Path) -> None:
    made = Compiled(tmp_path, PYTHON + PACKAGES, {"main.py": "app = None\n", "Aptfile": "ffmpeg\n# mine"})
    assert made.copy["Aptfile"] == "ffmpeg\n# mine\nlibpq-dev\n"
    assert made.buildpacks == ["heroku-community/apt", "heroku/python"]
    assert made.outcomes["packages"] == "degraded"


def test_packages_of_another_family(tmp_path: Path) -> None:
    made = Compiled(tmp_path, PYTHON + PACKAGES.replace("debian", "rhel"), {"main.py": "app = None\n"})
    assert "Aptfile" not in made.copy
    assert made.outcomes["packages"] == "lost"


@pytest.mark.parametrize(("own", "outcome"), [("heroku/python", "lost"), ("heroku-community/apt", "degraded")])
def test_packages_with_other_buildpacks(tmp_path: Path, own: str, outcome: str) -> None:
    environment = f"buildpacks: {{ web: [{own}] }}\n"
    made = Compiled(tmp_path, PYTHON + PACKAGES, {"main.py": "app = None\n", "Procfile": "web: x\n"}, environment)
    assert made.outcomes["packages"] == outcome
    assert ("Aptfile" in made.copy) == (outcome == "degraded")


GO = HEAD + (
    "  - name: web\n    artifact_type: org.golang:src\n    content: { href: web/ }\n    requirements:\n"
    "      - { requirement_type: org.golang:RunOn }\n"
)
MODULE = {"go.mod": "module example.org/shop/v2\n"}
PROGRAM = "package main\n"


@pytest.mark.parametrize(
    ("folders", "more", "install", "web"),
    [
        (["cmd/server/"], "", "./cmd/server", "bin/server"),
        (
            ["cmd/server/", "cmd/mailer/"],
            "      - { requirement_type: org.camp2iac:Process, web: bin/server, worker: bin/mailer }\n",
            "./cmd/mailer ./cmd/server",
            "bin/server",
        ),
        (
            ["", "cmd/mailer/"],
            "      - { requirement_type: org.camp2iac:Process, worker: bin/mailer }\n",
            "./cmd/mailer .",
            "bin/shop",
        ),
        ([""], "", "", "bin/shop"),
    ],
)
def test_programs_of_a_go_module(tmp_path: Path, folders: list[str], more: str, install: str, web: str) -> None:
    made = Compiled(tmp_path, GO + more, {**MODULE, **{f"{folder}main.go": PROGRAM for folder in folders}})
    assert made.codes == []
    if install:
        assert f"// +heroku install {install}\n" in made.copy["go.mod"]
    if web:
        assert f"web: {web}\n" in made.copy["Procfile"]


JAVA = HEAD + (
    "  - name: web\n    artifact_type: {type}\n    content: {{ href: web/ }}\n    requirements:\n"
    "      - {{ requirement_type: {on}, fulfillment: id:web }}\n{more}"
    "services:\n  - id: web\n    characteristics: [{{ characteristic_type: {product} }}]\n"
)
POM = "<project><artifactId>shop</artifactId><version>{}</version></project>"
MAVEN, GRADLE = "org.apache.maven:Project", "org.gradle:Project"
JRE = {"on": "com.java:RunOn", "product": "com.java:JRE"}
TOMCAT = {"on": "com.java:HostOn", "product": "com.java:ServletContainer"}
WEB = "      - { requirement_type: org.camp2iac:Process, web: java -jar target/a.jar }\n"


@pytest.mark.parametrize(
    ("type_", "files", "more", "codes", "line"),
    [
        (MAVEN, {"pom.xml": POM.format("1.2")}, "", [], "-Dserver.port=$PORT -jar target/shop-1.2.jar"),
        (MAVEN, {"pom.xml": POM.format("${revision}")}, "", ["CAMP445"], ""),
        (MAVEN, {"pom.xml": POM.format("${revision}")}, WEB, [], "web: java -jar target/a.jar"),
        (GRADLE, {"build.gradle": "", "gradlew": ""}, "", ["CAMP445"], ""),
        (GRADLE, {"build.gradle": "", "gradlew": ""}, WEB, [], "web: java -jar target/a.jar"),
    ],
)
def test_a_java_project(
    tmp_path: Path, type_: str, files: dict[str, str], more: str, codes: list[str], line: str
) -> None:
    made = Compiled(tmp_path, JAVA.format(type=type_, more=more, **JRE), files)
    assert made.codes == codes
    if not codes:
        assert line in made.copy["Procfile"]
        assert made.buildpacks == ["heroku/java" if type_ == MAVEN else "heroku/gradle"]


def test_a_project_for_tomcat_is_a_module(tmp_path: Path) -> None:
    files = {"pom.xml": POM.format("1"), "system.properties": "java.runtime.version=17\n"}
    made = Compiled(tmp_path, JAVA.format(type=MAVEN, more="", **TOMCAT), files)
    assert made.codes == []
    assert "<module>project</module>" in made.copy["pom.xml"]
    assert made.copy["project/pom.xml"] == files["pom.xml"]
    assert made.copy["system.properties"] == files["system.properties"]
    assert 'docBase="project/target/shop-1.war"' in made.copy["server.xml"]
