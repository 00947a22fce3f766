"""``validate --fix`` and ``--diff``."""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from running import PLAN, Command

WRONG = PLAN.replace("artifact_type:", "artifact_typ:").replace("max: 3", 'max: "3"').replace("min: 1", "mni: 1  # few")
ENVIRONMENT = "target: opnstack\n"


def test_fix(shop: Path, camp2iac: Command) -> None:
    plan = shop / "camp.yaml"
    plan.write_bytes(b"\xef\xbb\xbf" + WRONG.replace("\n", "\r\n").encode())
    plan.chmod(0o640)
    environment = shop / "environments/openstack.yaml"
    environment.write_text(ENVIRONMENT)
    done = camp2iac("validate", "camp.yaml", "-e", "environments/openstack.yaml", "--fix")
    right = WRONG.replace("artifact_typ:", "artifact_type:").replace('"3"', "3").replace("mni", "min")
    assert plan.read_bytes() == b"\xef\xbb\xbf" + right.replace("\n", "\r\n").encode()
    assert stat.S_IMODE(plan.stat().st_mode) == 0o640
    assert environment.read_text() == "target: openstack\n"
    assert done.status == 0
    assert "error" not in done.out
    assert "fixed camp.yaml:5:5: CAMP123: web has no artifact_type\n" in done.err
    assert "fixed environments/openstack.yaml:1:9: CAMP604: there is no target opnstack\n" in done.err
    assert sorted(path.name for path in shop.iterdir()) == ["camp.yaml", "environments", "web"]
    again = camp2iac("validate", "camp.yaml", "-e", "environments/openstack.yaml", "--fix")
    assert (again.err, again.out, again.status) == ("", done.out, 0)


def test_the_type_of_an_artifact_that_is_loaded(tmp_path: Path, camp2iac: Command) -> None:
    """The diagnostic is at the requirement, and the fix at the artifact's type."""
    plan = (
        "camp_version: CAMP 1.1\nname: shop\nartifacts:\n  - name: dump\n    artifact_type: org.postgresql:Dumpp\n"
        "    content: { data: c2VsZWN0IDE7Cg== }\n    requirements:\n"
        "      - { requirement_type: org.postgresql:ExecuteAt, fulfillment: id:db }\n"
        "services:\n  - { id: db, characteristics: [{ characteristic_type: PostgreSQL }] }\n"
    )
    (tmp_path / "camp.yaml").write_text(plan)
    done = camp2iac("validate", str(tmp_path / "camp.yaml"), "--fix")
    assert "CAMP308" in done.err
    assert (tmp_path / "camp.yaml").read_text() == plan.replace("Dumpp", "Dump")


def test_all_places_of_one_mistake(tmp_path: Path, camp2iac: Command) -> None:
    """More places than there are rounds of fixes, in quotes and without, in one fix."""
    variables = "".join(f"          V{number}: {{ parameter: greting }}\n" for number in range(14))
    plan = (
        "camp_version: CAMP 1.1\nname: shop\nartifacts:\n  - name: web\n    artifact_type: org.python:src\n"
        '    content: { data: "" }\n    requirements:\n      - requirement_type: org.python:RunOn\n'
        f"      - requirement_type: org.camp2iac:Env\n{variables}          W: {{ parameter: 'greting' }}\n"
        "org.camp2iac:Parameters:\n  greeting: { description: The first words, default: Hello }\n"
    ).replace("          ", "        ")
    file = tmp_path / "camp.yaml"
    file.write_text(plan)
    (wrong,) = _errors(camp2iac("validate", str(file), "--output", "json").out)
    (fix,) = wrong["fixes"]
    assert [place["line"] for place in (fix, *fix["also"])] == list(range(10, 25))
    assert {place["file"] for place in fix["also"]} == {str(file)}
    (run,) = json.loads(camp2iac("validate", str(file), "--output", "sarif").out)["runs"]
    (result,) = [each for each in run["results"] if each["ruleId"] == "CAMP206"]
    (change,) = result["fixes"][0]["artifactChanges"]
    assert [each["deletedRegion"]["startLine"] for each in change["replacements"]] == list(range(10, 25))
    assert {each["insertedContent"]["text"] for each in change["replacements"]} == {"greeting"}
    done = camp2iac("validate", str(file), "--fix")
    assert done.err.count("fixed ") == 1
    assert file.read_text() == plan.replace("greting", "greeting")


def _errors(report: str) -> list[dict[str, Any]]:
    return [each for each in json.loads(report)["diagnostics"] if each["severity"] == "error"]


def test_what_is_not_sure_stays_and_is_told(shop: Path, camp2iac: Command) -> None:
    wrong = WRONG.replace("href: web/", "href: wbe/")
    (shop / "camp.yaml").write_text(wrong)
    done = camp2iac("validate", ".", "--fix", "--output", "json")
    (left,) = [each for each in json.loads(done.out)["diagnostics"] if each["severity"] == "error"]
    assert (left["code"], done.status) == ("CAMP211", 1)
    assert [fix["sure"] for fix in left["fixes"]] == [False]
    assert "href: wbe/" in (shop / "camp.yaml").read_text()
    assert done.err.count("fixed camp.yaml:") == 3


def test_diff_writes_nothing(shop: Path, camp2iac: Command) -> None:
    (shop / "camp.yaml").write_text(WRONG.rstrip("\n"))
    done = camp2iac("validate", "camp.yaml", "--diff")
    assert (shop / "camp.yaml").read_text() == WRONG.rstrip("\n")
    assert done.status == 1
    assert done.out.startswith("--- camp.yaml\n+++ camp.yaml\n@@ -2,7 +2,7 @@\n name: guestbook\n artifacts:\n")
    assert "-    artifact_typ: org.python:src\n+    artifact_type: org.python:src\n" in done.out
    assert "error[CAMP123]" in done.err
    nothing = camp2iac("validate", "camp.yaml", "--diff", "--output", "sarif")
    assert (nothing.status, nothing.out) == (2, "")


def test_a_diff_is_one_that_tools_read(shop: Path, camp2iac: Command) -> None:
    """Applied by hand, the diff gives what --fix writes."""
    wrong = PLAN.replace("artifact_type:", "artifact_typ:").replace("front: { cidr", "front:  { cidr").rstrip("\n")
    (shop / "camp.yaml").write_text(wrong)
    out = camp2iac("validate", "camp.yaml", "--diff").out
    old = [line for line in out.splitlines() if line[:1] in " -" and not line.startswith("---")]
    new = [line for line in out.splitlines() if line[:1] in " +" and not line.startswith("+++")]
    assert "\n".join(line[1:] for line in old) in wrong
    after = wrong.replace("\n".join(line[1:] for line in old), "\n".join(line[1:] for line in new))
    camp2iac("validate", "camp.yaml", "--fix")
    assert (shop / "camp.yaml").read_text() == after


def test_a_diff_shows_the_end_of_all_rounds(shop: Path, camp2iac: Command) -> None:
    """The diff has each file once, with the fixes for errors that only an earlier fix reveals."""
    wrong = WRONG.replace("name: guestbook\n", "name: @guestbook\n")
    environment = shop / "environments/openstack.yaml"
    (shop / "camp.yaml").write_text(wrong)
    environment.write_text(ENVIRONMENT)
    files = ("camp.yaml", "-e", "environments/openstack.yaml")
    shown = camp2iac("validate", *files, "--diff")
    assert (shown.status, (shop / "camp.yaml").read_text(), environment.read_text()) == (1, wrong, ENVIRONMENT)
    assert shown.err.count("error[") == 1 + shown.err.count("CAMP604]")  # the report is on the files as they are
    assert shown.out.count("+++ ") == 2
    camp2iac("validate", *files, "--fix")
    for path, before in ((shop / "camp.yaml", wrong), (environment, ENVIRONMENT)):
        removed = set(before.splitlines()) - set(path.read_text().splitlines())
        added = set(path.read_text().splitlines()) - set(before.splitlines())
        assert removed
        assert all(f"-{line}\n" in shown.out for line in removed)
        assert all(f"+{line}\n" in shown.out for line in added)


def test_no_secret_in_a_diff(shop: Path, camp2iac: Command) -> None:
    secret = PLAN + "x:\n  password: @s3cr3t-value\n"
    (shop / "camp.yaml").write_text(secret)
    shown = camp2iac("validate", "camp.yaml", "--diff")
    assert "-  password: •••\n+  password: •••\n" in shown.out
    done = camp2iac("validate", "camp.yaml", "--fix")
    assert "s3cr3t" not in shown.out + shown.err + done.out + done.err
    assert '  password: "@s3cr3t-value"\n' in (shop / "camp.yaml").read_text()


def test_archives_and_standard_input_are_left_alone(
    shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(shop / "shop.zip", "w") as archive:
        archive.writestr("camp.yaml", WRONG)
        archive.writestr("web/guestbook.py", "app = 1\n")
    before = (shop / "shop.zip").read_bytes()
    done = camp2iac("validate", "shop.zip", "--fix")
    assert (shop / "shop.zip").read_bytes() == before
    assert (done.status, "fixed" in done.err) == (1, False)
    assert "shop.zip/camp.yaml is not edited: --fix edits only plans and environment files on disk\n" in done.err
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(WRONG.encode())))
    piped = camp2iac("validate", "-", "--fix")
    assert (piped.status, "fixed" in piped.err) == (1, False)
    assert (shop / "camp.yaml").read_text() == PLAN


def test_what_a_manifest_lists_is_left_alone(shop: Path, camp2iac: Command) -> None:
    from hashlib import sha256

    (shop / "camp.yaml").write_text(WRONG)
    (shop / "camp.mf").write_text(f"SHA256(camp.yaml)= {sha256(WRONG.encode()).hexdigest()}\n")
    done = camp2iac("validate", "camp.yaml", "--fix")
    assert (shop / "camp.yaml").read_text() == WRONG
    assert done.status == 1
    assert "camp.yaml is not edited: camp.mf has its digest\n" in done.err


def test_a_link_stays_one(shop: Path, camp2iac: Command) -> None:
    (shop / "environments/real").write_text(ENVIRONMENT)
    (shop / "environments/linked.yaml").symlink_to("real")
    assert camp2iac("validate", "camp.yaml", "-e", "environments/linked.yaml", "--fix").status == 0
    assert (shop / "environments/linked.yaml").is_symlink()
    assert (shop / "environments/real").read_text() == "target: openstack\n"


def test_what_cannot_be_written(shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    (shop / "camp.yaml").write_text(WRONG)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    done = camp2iac("validate", "camp.yaml", "--fix")
    assert done.status == 2
    assert "camp.yaml cannot be edited: you do not have permission to write it" in done.err
    assert (shop / "camp.yaml").read_text() == WRONG
    assert sorted(path.name for path in shop.iterdir()) == ["camp.yaml", "environments", "web"]
