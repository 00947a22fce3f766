"""The variables of JDBC in dynos: as bash sets them, read by the drivers themselves."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from heroku.support_heroku import ROOT, Output, compile_plan

PLAN = """\
camp_version: CAMP 1.1
name: jdbc
artifacts:
  - name: svc
    artifact_type: com.java:JAR
    content: { href: hello.jar }
    requirements:
      - { requirement_type: com.java:RunOn, fulfillment: "id:java" }
      - { requirement_type: ConnectTo, fulfillment: "id:orders" }
      - { requirement_type: ConnectTo, fulfillment: "id:archive" }
      - { requirement_type: ConnectTo, fulfillment: "id:stock" }
services:
  - { id: java, characteristics: [{ characteristic_type: com.java:JRE, version: "[17,26)" }] }
  - { id: orders, characteristics: [{ characteristic_type: PostgreSQL }] }
  - { id: archive, characteristics: [{ characteristic_type: PostgreSQL }] }
  - { id: stock, characteristics: [{ characteristic_type: MariaDB }] }
"""
PASSWORD = "p%40s%24s%22x"
TOLD = {
    "ORDERS_URL": f"postgres://u1:{PASSWORD}@orders.example.com:5432/d1",
    "ARCHIVE_URL": "postgres://u2:p2@archive.example.com:5433/d2?sslmode=verify-full",
    "STOCK_URL": "mysql://u3:p3@stock.example.com:3306/d3",
}
READER = """\
import java.sql.DriverManager;
public class Reader {
    public static void main(String[] urls) throws Exception {
        for (String url : urls) {
            System.out.println(DriverManager.getDriver(url).getClass().getName());
        }
    }
}
"""
REPOSITORY = Path.home() / ".m2" / "repository"


def output(folder: Path) -> Output:
    (folder / "camp.yaml").write_text(PLAN)
    jar = next((ROOT / "tests").rglob("*.jar"), None) or next((ROOT / "camp2iac").rglob("*.jar"))
    shutil.copy2(jar, folder / "hello.jar")
    return compile_plan(folder / "camp.yaml")


def told(folder: Path) -> dict[str, str]:
    """The variables of a dyno after its start."""
    script = folder / "jdbc.sh"
    script.write_bytes(output(folder).copies["build/svc/.profile.d/zz-camp2iac-jdbc.sh"])
    bash = shutil.which("bash") or "bash"
    done = subprocess.run(
        [bash, "-euc", '. "$0"; env -0', script],
        env={**TOLD, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return dict(line.split("=", 1) for line in done.stdout.split("\0") if line.startswith("JDBC_"))


def test_each_database_has_the_variables_of_an_instance(tmp_path: Path) -> None:
    found = told(tmp_path)
    assert found == {
        "JDBC_ORDERS_URL": f"jdbc:postgresql://orders.example.com:5432/d1?user=u1&password={PASSWORD}&sslmode=require",
        "JDBC_ORDERS_USERNAME": "u1",
        "JDBC_ORDERS_PASSWORD": 'p@s$s"x',
        "JDBC_ARCHIVE_URL": "jdbc:postgresql://archive.example.com:5433/d2?user=u2&password=p2&sslmode=verify-full",
        "JDBC_ARCHIVE_USERNAME": "u2",
        "JDBC_ARCHIVE_PASSWORD": "p2",
        "JDBC_STOCK_URL": "jdbc:mysql://stock.example.com:3306/d3?user=u3&password=p3&permitMysqlScheme",
        "JDBC_STOCK_USERNAME": "u3",
        "JDBC_STOCK_PASSWORD": "p3",
    }


def test_a_driver_that_does_not_decode_gets_no_password_in_its_url(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TOLD, "STOCK_URL", f"mysql://u3:{PASSWORD}@stock.example.com:3306/d3")
    found = told(tmp_path)
    assert found["JDBC_STOCK_URL"] == "jdbc:mysql://stock.example.com:3306/d3?permitMysqlScheme"
    assert found["JDBC_STOCK_PASSWORD"] == 'p@s$s"x'


@pytest.mark.slow
def test_the_drivers_take_the_urls(tmp_path: Path) -> None:
    jars = [
        next(iter(sorted((REPOSITORY / group).rglob("*.jar"))), None)
        for group in ("org/postgresql/postgresql", "org/mariadb/jdbc/mariadb-java-client")
    ]
    if None in jars or shutil.which("javac") is None:
        pytest.skip("no JDBC drivers or no javac")
    (tmp_path / "Reader.java").write_text(READER)
    subprocess.run(["javac", "Reader.java"], cwd=tmp_path, check=True, timeout=120)
    found = told(tmp_path)
    urls = [found[name] for name in ("JDBC_ORDERS_URL", "JDBC_ARCHIVE_URL", "JDBC_STOCK_URL")]
    classes = ":".join(map(str, (tmp_path, *jars)))
    done = subprocess.run(
        ["java", "-cp", classes, "Reader", *urls], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout.split() == ["org.postgresql.Driver", "org.postgresql.Driver", "org.mariadb.jdbc.Driver"], done
