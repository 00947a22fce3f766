"""A JAR that Java cannot start is an error on both platforms."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from support import phases

from camp2iac.diagnostics import Severity

PLAN = """camp_version: CAMP 1.1
name: it
artifacts:
  - name: web
    artifact_type: com.java:JAR
    content: {{ href: {0} }}
    requirements:
      - {{ requirement_type: com.java:RunOn }}
"""
OWN = "      - { requirement_type: org.camp2iac:Process, web: java -cp app.jar a.B }\n"
LAUNCHER = "org/springframework/boot/loader/launch/JarLauncher"
LONG = "com.example.a.very.long.name.of.a.package.that.goes.on.over.the.end.of.the.line.Main"


def jar(manifest: str | None, *names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if manifest is not None:
            archive.writestr("META-INF/MANIFEST.MF", f"Manifest-Version: 1.0\r\n{manifest}\r\n")
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def labels(folder: Path, data: bytes, target: str, more: str = "", inside: str = "") -> list[str]:
    (folder / inside).mkdir(exist_ok=True)
    (folder / inside / "app.jar").write_bytes(data)
    (folder / "camp.yaml").write_text(PLAN.format(inside or "app.jar") + more)
    loaded = phases.load(folder / "camp.yaml")
    loaded = phases.compile(loaded, target=target)
    return [f"{each.code}: {each.label}" for each in loaded.diagnostics if each.level is Severity.ERROR]


@pytest.mark.parametrize("target", ["openstack", "heroku"])
@pytest.mark.parametrize("inside", ["", "lib"])
@pytest.mark.parametrize(
    ("data", "label"),
    [
        (b"not a zip", "JARs are ZIP archives"),
        (jar(None, "a/B.class"), "no Main-Class"),
        (jar("", "a/B.class"), "no Main-Class"),
        (jar("\r\nName: a/\r\nMain-Class: a.B", "a/B.class"), "no Main-Class"),  # not in its main section
        (jar("Main-Class: a.C", "a/B.class"), "does not contain a/C.class"),
    ],
)
def test_what_java_cannot_start(data: bytes, label: str, target: str, inside: str, tmp_path: Path) -> None:
    (one,) = labels(tmp_path, data, target, inside=inside)
    assert one.startswith("CAMP217")
    assert label in one


@pytest.mark.parametrize("target", ["openstack", "heroku"])
@pytest.mark.parametrize(
    ("data", "more"),
    [
        (jar("Main-Class: a.B", "a/B.class"), ""),
        (jar("main-class:  a.B ", "a/B.class"), ""),
        (jar("Main-Class: a/B", "a/B.class"), ""),
        (jar(f"Main-Class: {LONG[:50]}\r\n {LONG[50:]}", f"{LONG.replace('.', '/')}.class"), ""),
        (jar("Main-Class: a.C\r\nClass-Path: lib/c.jar", "a/B.class"), ""),
        (jar("Multi-Release: true\r\nMain-Class: a.B", "META-INF/versions/17/a/B.class"), ""),
        (jar(f"Main-Class: {LAUNCHER.replace('/', '.')}\r\nStart-Class: a.B", f"{LAUNCHER}.class"), ""),
        (b"#!/bin/sh\nexec java -jar $0\n" + jar("Main-Class: a.B", "a/B.class"), ""),
        (jar(None, "a/B.class"), OWN),
    ],
)
def test_what_java_starts(data: bytes, more: str, target: str, tmp_path: Path) -> None:
    assert labels(tmp_path, data, target, more) == []
