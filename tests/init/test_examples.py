"""What examples of variables, compose files and web archives say: values, releases, Java EE or Jakarta EE."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp2iac.camp.folder import FolderPackage
from camp2iac.catalogue import load
from camp2iac.cli import run
from camp2iac.detect import Application, compose, look, platforms, wishes

CATALOGUE = load()
POM = "<project><artifactId>a</artifactId><version>1</version><packaging>war</packaging>{0}</project>\n"
DEPENDENCY = "<dependency><artifactId>{0}</artifactId>\n  <version>{1}</version></dependency>"
BOOT = "<parent><artifactId>spring-boot-starter-parent</artifactId>\n<version>{0}</version></parent>"


def only(folder: Path, files: dict[str, str]) -> Application:
    """The application in a folder with these files."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    (application,) = look(FolderPackage(folder, "./", plan=""), CATALOGUE).applications
    return application


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("LOG_LEVEL=info", "info"),
        ("APP_LOCALE='en_GB'", "en_GB"),
        ("PAGE_SIZE=20  # rows", "20"),
        ("RATE=0.5", "0.5"),
        ("FEATURE_SEARCH=true", "true"),
        ("export CACHE_STORE=redis", "redis"),
        ("DEBUG=true", ""),
        ("APP_DEBUG=false", ""),
        ("SMTP_PORT=1025", ""),
        ("LOG_CHANNEL=local", ""),
        ("SITE_NAME=Roster", ""),
        ("SMTP_HOST=localhost", ""),
        ("SITE_URL=https://example.org", ""),
        ("ADMIN=anna@example.org", ""),
        ("API_TOKEN=1234567", ""),
        ("STRIPE_KEY=sk_test_4eC39HqLyjW", ""),
        ("ACCOUNT_ID=123456789", ""),
        ("PIN=1234", ""),
        ("LOG_LEVEL=", ""),
        ("LOG_LEVEL=<level>", ""),
        ("GREETING_FORMAT=a b", ""),
    ],
)
def test_plain_settings_have_their_example_values(line: str, value: str, tmp_path: Path) -> None:
    found = only(tmp_path, {".env.example": f"{line}\n", "app.py": "app = 1\n"})
    (variable,) = found.variables
    assert (variable.value, variable.example, variable.optional and bool(value)) == (value, bool(value), False)


def test_what_limits_secrets_is_not_a_secret(tmp_path: Path) -> None:
    lines = "MAX_TOKENS=100\nACCESS_TOKEN_EXPIRE_MINUTES=30\nPASSWORD_RESET=abc\nAWS_ACCESS_KEY_ID=\n"
    found = only(tmp_path, {".env.example": lines, "app.py": "app = 1\n"})
    shown = [(each.name, each.secret, each.optional, each.value) for each in found.variables]
    assert shown == [
        ("MAX_TOKENS", False, True, ""),
        ("ACCESS_TOKEN_EXPIRE_MINUTES", False, True, ""),
        ("PASSWORD_RESET", True, False, ""),
        ("AWS_ACCESS_KEY_ID", True, False, ""),
    ]


@pytest.mark.parametrize(
    ("image", "product", "release"),
    [
        ("postgres:15", "postgresql", "15"),
        ("docker.io/library/postgres:15.4-alpine@sha256:00", "postgresql", "15.4"),
        ("postgis/postgis:16-3.4", "postgresql", "16"),
        ("postgres", "postgresql", ""),
        ("postgres:latest", "postgresql", ""),
        ("postgres:15beta1", "postgresql", ""),
        ("registry.example.org:5000/postgres:15", "", ""),
        ("timescale/timescaledb:2.14-pg15", "postgresql", ""),  # its own release
        ("mysql:8", "mariadb", ""),
        ("redis:7-alpine", "redis", "7"),
        ("mongo:7.0.5", "mongodb", "7.0.5"),
    ],
)
def test_the_release_of_an_image(image: str, product: str, release: str) -> None:
    assert (compose.product(image), compose.release(image)) == (product, release)


@pytest.mark.parametrize(
    ("release", "product", "range_"),
    [
        ("15", "postgresql", "15"),
        ("15.4", "postgresql", "15"),
        ("16", "postgresql", "[16,)"),  # only Ubuntu has this one
        ("12", "postgresql", "[12,)"),
        ("99", "postgresql", ""),
        ("7", "redis", "7"),
        ("11", "mariadb", "11"),
    ],
)
def test_the_range_for_a_release(release: str, product: str, range_: str) -> None:
    assert wishes.released(release, CATALOGUE[product]) == range_


def test_a_service_gets_an_image_that_has_its_release(tmp_path: Path) -> None:
    text = "services:\n  web: { build: ., depends_on: [db, mq] }\n  db: { image: 'postgres:17' }\n"
    found = only(tmp_path, {"compose.yaml": f"{text}  mq: {{ image: redis }}\n", "app.py": "app = 1\n"})
    assert platforms.images([found], CATALOGUE) == {"tiers.database.image": "debian-13"}


@pytest.mark.parametrize(
    ("files", "range_"),
    [
        ({"pom.xml": POM.format(DEPENDENCY.format("javax.servlet-api", "4.0.1"))}, "9"),
        ({"pom.xml": POM.format(DEPENDENCY.format("jakarta.servlet-api", "6.0.0"))}, "[10,)"),
        ({"pom.xml": POM.format(DEPENDENCY.format("jakarta.servlet-api", "4.0.4"))}, "9"),  # still javax
        ({"pom.xml": POM.format(BOOT.format("3.2.0"))}, "[10,)"),
        ({"pom.xml": POM.format(BOOT.format("2.7.0"))}, "9"),
        ({"pom.xml": POM.format(""), "src/main/java/A.java": "import javax.servlet.http.*;\n"}, "9"),
        ({"pom.xml": POM.format(""), "src/main/java/A.java": "import jakarta.servlet.Filter;\n"}, "[10,)"),
        ({"pom.xml": POM.format(""), "src/main/java/A.java": "import javax.sql.DataSource;\n"}, ""),
        (
            {
                "pom.xml": POM.format(""),
                "src/main/java/A.java": "import jakarta.servlet.Filter;\n",
                "src/main/webapp/WEB-INF/web.xml": '<web-app xmlns="http://xmlns.jcp.org/xml/ns/javaee"/>',
            },
            "[10,)",  # Tomcat 10 reads old descriptors, but has only the new packages
        ),
        (
            {
                "pom.xml": POM.format(""),
                "src/main/webapp/WEB-INF/web.xml": '<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee"/>',
            },
            "[10,)",
        ),
        (
            {"build.gradle": "plugins { id 'war' }\ndependencies { compileOnly 'javax.servlet:servlet-api:2' }\n"},
            "9",
        ),
        ({"build.gradle": "plugins { id 'war'\n id 'org.springframework.boot' version '3.3.0' }\n"}, "[10,)"),
    ],
)
def test_java_ee_or_jakarta_ee(files: dict[str, str], range_: str, tmp_path: Path) -> None:
    found = only(tmp_path, {"settings.gradle": "rootProject.name = 'a'\n", **files})
    assert found.product == "tomcat"
    assert (found.wish.range if found.wish else "") == range_


def test_a_folder_without_an_application(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is printed says that nothing was found, and the plan marks each proposal."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text("hello\n")
    assert run(["init", "--yes"]) == 0
    assert "camp2iac recognises no application in this folder, in its only file." in capsys.readouterr().err
    written = (tmp_path / "camp.yaml").read_text()
    assert "without an application" in written.splitlines()[1]  # after the line for editors
    assert "application: app/app  # what runs: it must be in the content\n" in written


def test_of_many_variables_the_first_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text("from flask import Flask\napp = Flask(__name__)\n")
    (tmp_path / "requirements.txt").write_text("flask\n")
    (tmp_path / ".env.example").write_text("".join(f"SIZE_{number}={number}\n" for number in range(12)))
    assert run(["init", "--yes"]) == 0
    assert "variables SIZE_0 = 0, " in (said := capsys.readouterr().err)
    assert "SIZE_7 = 7, 4 more\n" in said
    assert "SIZE_11:" in (tmp_path / "camp.yaml").read_text()


def test_a_platform_that_the_plan_does_not_fit_is_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.go").write_text("package main\n\nfunc main() {}\n")
    (tmp_path / "go.mod").write_text("module example.org/a\n\ngo 1.99\n")
    assert run(["init", "--yes"]) == 0
    assert (
        "Platforms: docker (see above), heroku (see above), kubernetes (see above), openstack (see above)\n"
        in capsys.readouterr().err
    )
