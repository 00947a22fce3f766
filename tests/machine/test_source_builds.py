"""How instances build source: locked packages, several Go programs, Java projects, packages of the distribution."""

from __future__ import annotations

import pytest

from tests.machine.conftest import Make

HEAD = "camp_version: CAMP 1.1\nname: shop\nartifacts:\n"
PYTHON = (
    HEAD + "  - name: web\n    artifact_type: org.python:src\n    content: {{ href: web/ }}\n    requirements:\n"
    "      - {{ requirement_type: com.python:wsgi, com.python.wsgi.application: main/app }}\n{more}"
)
MAIN = {"web/main.py": "app = None\n"}
PROJECT = {"web/pyproject.toml": "[project]\nname = 'shop'\nversion = '1'\n"}
UV = '[[package]]\nname = "psycopg2"\nversion = "2"\n'


def lines(text: str, *words: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if any(word in line for word in words)]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"web/uv.lock": UV, **PROJECT}, "python-packages uv"),
        ({"web/poetry.lock": "", **PROJECT}, "python-packages poetry"),
        ({"web/Pipfile.lock": "{}", "web/Pipfile": ""}, "python-packages pipenv"),
        ({"web/uv.lock": UV, "web/poetry.lock": "", **PROJECT}, "python-packages uv"),
        ({"web/requirements.txt": "flask\n", "web/uv.lock": UV, **PROJECT}, "gunicorn --requirement"),
        ({"web/requirements.txt": "flask==3 --hash=sha256:0\n"}, 'pip --requirement "$app/requirements.txt"'),
        (PROJECT, 'pip gunicorn "$app"'),
        ({"web/setup.py": ""}, 'pip gunicorn "$app"'),
        ({}, "pip gunicorn"),
    ],
)
def test_one_file_names_the_packages_of_python(make: Make, files: dict[str, str], expected: str) -> None:
    made = make(PYTHON.format(more=""), {**MAIN, **files})
    script = made.files["cloud-init/web.install.sh"]
    [line] = lines(script, "python-packages", "--requirement", 'pip gunicorn "$app"', "pip gunicorn\n") or lines(
        script, "pip gunicorn"
    )
    assert expected in line
    assert ("cloud-init/python-packages.sh" in made.files) == ("python-packages" in expected)


def test_a_lock_file_brings_headers_and_gunicorn(make: Make) -> None:
    made = make(PYTHON.format(more=""), {**MAIN, "web/uv.lock": UV, **PROJECT})
    assert "libpq-dev" in made.files["cloud-init/web.yaml.tftpl"]
    assert '[ -x "$venv/bin/gunicorn" ] || pip gunicorn' in made.files["cloud-init/web.install.sh"]


def test_a_lock_file_in_unknown_content(make: Make) -> None:
    """Only the instance sees the files, so its script looks for each of them."""
    plan = PYTHON.format(more="").replace("href: web/", "href: https://example.org/shop.git")
    script = make(plan).files["cloud-init/web.install.sh"]
    order = ("requirements.txt", "uv.lock", "poetry.lock", "Pipfile.lock", "pyproject.toml")
    places = [script.index(f'"$app/{name}" ]') for name in order]
    assert places == sorted(places)


PACKAGES = "      - {{ requirement_type: org.camp2iac:Packages, {} }}\n"


@pytest.mark.parametrize(
    ("os", "given", "expected", "codes"),
    [
        ("debian-12", "debian: [ffmpeg, g++], rhel: [gcc-c++]", "python3-venv, ffmpeg, g++", []),
        ("ubuntu-24.04", "debian: [ffmpeg]", "python3-venv, ffmpeg", []),
        ("rocky-9", "debian: [g++], rhel: [gcc-c++]", "python3.12, gcc-c++", []),
        ("rocky-9", "debian: [g++]", "", ["CAMP224"]),
        ("debian-12", "rhel: [gcc-c++]", "", ["CAMP224"]),
        ("debian-12", "debian: ['on', 'no', '1.0']", "python3-venv, 'on', 'no', '1.0'", []),
    ],
)
def test_packages_of_the_distribution(make: Make, os: str, given: str, expected: str, codes: list[str]) -> None:
    made = make(PYTHON.format(more=PACKAGES.format(given)), MAIN, os=os)
    assert made.codes == codes
    if not codes:
        text = made.files["cloud-init/web.yaml.tftpl"]
        assert text.partition("\npackages: [")[2].partition("]")[0].replace('"', "'") == expected


def test_a_container_has_its_own_packages(make: Make) -> None:
    plan = HEAD + (
        "  - name: web\n    artifact_type: org.opencontainers:Image\n"
        "    content: { href: 'docker://example.org/shop/web:1' }\n    requirements:\n"
        "      - { requirement_type: org.opencontainers:RunOn }\n"
        "      - { requirement_type: org.camp2iac:Packages, debian: [ffmpeg] }\n"
    )
    made = make(plan)
    assert "ffmpeg" not in made.files["cloud-init/web.yaml.tftpl"]
    assert made.ledger["Packages: debian: ffmpeg"][0].value == "lost"


@pytest.mark.parametrize("name", ["foo-", "-foo", "a b", "a=1", "a/b", "A", "a;b", "$(a)", "../a", "a:amd64"])
def test_a_package_is_a_name_and_nothing_else(make: Make, name: str) -> None:
    made = make(PYTHON.format(more=PACKAGES.format(f"debian: [{name!r}]")), MAIN)
    assert made.codes == ["CAMP311"]


GO = (
    HEAD + "  - name: web\n    artifact_type: org.golang:src\n    content: {{ href: web/ }}\n    requirements:\n"
    "      - {{ requirement_type: org.golang:RunOn{option} }}\n{more}"
)
MODULE = {"web/go.mod": "module example.org/shop/v2\n\ngo 1.19\n"}
PROGRAM = "package main\n\nfunc main() {}\n"


def go(*folders: str) -> dict[str, str]:
    return {**MODULE, **{f"web/{folder}main.go": PROGRAM for folder in folders}}


RUNS = "      - { requirement_type: org.camp2iac:Process, web: bin/server, worker: ./bin/%s }\n"
TIMED = "      - { requirement_type: org.camp2iac:Schedule, name: tidy, at: 0 3 * * *, command: bin/%s }\n"


@pytest.mark.parametrize(
    ("files", "option", "more", "expected"),
    [
        (go(""), "", "", "build /opt/shop/web ./."),
        (go("", "cmd/tool/"), "", "", "build /opt/shop/web ./."),
        (go("cmd/server/"), "", "", "build /opt/shop/web ./cmd/server"),
        (go("cmd/server/", "vendor/x/", "testdata/", "_old/"), "", "", "build /opt/shop/web ./cmd/server"),
        (go("cmd/a/", "cmd/b/"), ", org.golang.main: ./cmd/b", "", "build /opt/shop/web ./cmd/b"),
        (go("cmd/server/", "cmd/mailer/"), "", RUNS % "mailer", "-o bin/ ./cmd/mailer ./cmd/server"),
        (go("", "cmd/server/"), "", RUNS % "shop", "-o bin/ ./cmd/server ./"),
        (
            go("cmd/server/", "cmd/tidy/"),
            ", org.golang.main: cmd/server",
            TIMED % "tidy",
            "-o bin/ ./cmd/server ./cmd/tidy",
        ),
        (go("cmd/it's/", "cmd/server/"), "", RUNS % "server", "-o bin/ './cmd/it'\"'\"'s' ./cmd/server"),
    ],
)
def test_the_programs_of_a_go_module(make: Make, files: dict[str, str], option: str, more: str, expected: str) -> None:
    made = make(GO.format(option=option, more=more), files)
    assert made.codes == []
    assert any(expected in line for line in made.files["cloud-init/web.install.sh"].splitlines())


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (go("cmd/server/", "cmd/mailer/"), "its module has no program of this name"),
        (go("cmd/server/", "a/mail/", "b/mail/"), "2 programs have this name"),
    ],
)
def test_a_process_names_a_program_of_the_module(make: Make, files: dict[str, str], words: str) -> None:
    [problem] = [d for d in make(GO.format(option="", more=RUNS % "mail"), files).diagnostics if d.code == "CAMP226"]
    assert words in problem.message


def test_a_schedule_names_a_program_of_the_module(make: Make) -> None:
    made = make(GO.format(option="", more=TIMED % "tidi"), go("cmd/server/", "cmd/tidy/"))
    [problem] = [each for each in made.diagnostics if each.code == "CAMP226"]
    assert problem.message.startswith("the schedule tidy of web runs bin/tidi, but its module has no program")
    assert problem.help == "write  bin/tidy"


@pytest.mark.parametrize(
    ("os", "text", "level"),
    [
        ("debian-12", "go 1.19", ""),
        ("debian-12", "go 1.20", "warning"),
        ("debian-12", "go 1.21.0", "error"),
        ("debian-12", "go 1.21\n\ntoolchain go1.22.1", "error"),
        ("debian-13", "go 1.24.9", ""),
        ("debian-13", "go 1.25", ""),
        ("debian-13", "go 1.20", ""),
    ],
)
def test_the_go_of_the_distribution(make: Make, os: str, text: str, level: str) -> None:
    made = make(GO.format(option="", more=""), {**go(""), "web/go.mod": f"module shop\n\n{text}\n"}, os=os)
    found = [d.level.value for d in made.diagnostics if d.code == "CAMP227"]
    assert found == ([level] if level else [])


JAVA = (
    HEAD + "  - name: web\n    artifact_type: {type}\n    content: {{ href: web/ }}\n    requirements:\n"
    "      - {{ requirement_type: {on}, fulfillment: id:web }}\n{more}"
    "services:\n  - id: web\n    characteristics: [{{ characteristic_type: {product} }}]\n"
)
MAVEN, GRADLE = "org.apache.maven:Project", "org.gradle:Project"
JRE = {"on": "com.java:RunOn", "product": "com.java:JRE"}
TOMCAT = {"on": "com.java:HostOn", "product": "com.java:ServletContainer"}


@pytest.mark.parametrize(
    ("type_", "files", "packages", "command"),
    [
        (MAVEN, {"web/pom.xml": "<project/>"}, "default-jdk-headless, maven]", "maven jar"),
        (MAVEN, {"web/pom.xml": "<project/>", "web/mvnw": ""}, "default-jdk-headless, curl]", "maven jar"),
        (GRADLE, {"web/build.gradle": "", "web/gradlew": ""}, "default-jdk-headless, curl]", "gradle jar"),
    ],
)
def test_a_java_project(make: Make, type_: str, files: dict[str, str], packages: str, command: str) -> None:
    made = make(JAVA.format(type=type_, more="", **JRE), files)
    assert made.codes == []
    assert packages in made.files["cloud-init/web.yaml.tftpl"]
    assert f"/usr/local/lib/camp/java-project {command}\n" in made.files["cloud-init/web.install.sh"]
    assert '-jar "$(readlink --canonicalize /opt/shop/web.jar)"' in made.files["cloud-init/web.yaml.tftpl"]


def test_a_project_whose_archive_the_plan_names(make: Make) -> None:
    more = "      - { requirement_type: org.camp2iac:Process, web: java -jar target/a.jar }\n"
    made = make(JAVA.format(type=MAVEN, more=more, **JRE), {"web/pom.xml": "<project/>"})
    assert made.codes == []
    assert "java-project maven\n" in made.files["cloud-init/web.install.sh"]
    assert "web.jar" not in made.files["cloud-init/web.install.sh"]


def test_a_web_archive_for_tomcat(make: Make) -> None:
    made = make(JAVA.format(type=MAVEN, more="", **TOMCAT), {"web/pom.xml": "<project/>"})
    assert made.codes == []
    assert "java-project maven war\n" in made.files["cloud-init/web.install.sh"]
    assert 'docBase="/opt/shop/web.war"' in made.files["cloud-init/web.yaml.tftpl"]


@pytest.mark.parametrize(
    ("type_", "files", "words"),
    [
        (MAVEN, {"web/a/pom.xml": "<project/>"}, "is not a Maven project"),
        (GRADLE, {"web/a/build.gradle.kts": ""}, "is not a Gradle project"),
        (GRADLE, {"web/build.gradle.kts": ""}, "has no Gradle wrapper"),
    ],
)
def test_a_project_without_its_files(make: Make, type_: str, files: dict[str, str], words: str) -> None:
    [problem] = [d for d in make(JAVA.format(type=type_, more="", **JRE), files).diagnostics if d.code == "CAMP217"]
    assert words in problem.message


def test_gems_of_a_lock_file(make: Make) -> None:
    plan = HEAD + (
        "  - name: web\n    artifact_type: org.ruby:src\n    content: { href: web/ }\n    requirements:\n"
        "      - { requirement_type: org.ruby:RunOn }\n"
    )
    files = {"web/Gemfile": 'gem "puma"\ngem "pg"\n', "web/config.ru": "run nil\n"}
    without = make(plan, files).files
    assert "BUNDLE_FROZEN" not in without["cloud-init/web.install.sh"]
    assert "libpq-dev" not in without["cloud-init/web.yaml.tftpl"]
    locked = make(plan, {**files, "web/Gemfile.lock": "GEM\n  specs:\n    pg (1.5)\n    puma (6)\n"}).files
    assert "BUNDLE_FROZEN=true" in locked["cloud-init/web.install.sh"]
    assert "libpq-dev" in locked["cloud-init/web.yaml.tftpl"]


def test_packages_of_node_that_are_compiled(make: Make) -> None:
    plan = HEAD + (
        "  - name: web\n    artifact_type: org.nodejs:src\n    content: { href: web/ }\n    requirements:\n"
        "      - { requirement_type: org.nodejs:HostOn }\n"
    )
    files = {"web/server.js": "", "web/package.json": '{"dependencies": {"pg": "8", "pg-native": "3"}}'}
    assert "libpq-dev" in make(plan, files).files["cloud-init/web.yaml.tftpl"]
    without = make(plan, {**files, "web/package.json": '{"dependencies": ["pg-native"]}'})
    assert "libpq-dev" not in without.files["cloud-init/web.yaml.tftpl"]
