"""``synth`` and ``validate`` for all environments in one call."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from running import PLAN, Command
from support.compiler import tree

from camp2iac import compiler


def test_synth_writes_each_environment(shop: Path, camp2iac: Command) -> None:
    done = camp2iac("synth")
    assert done.status == 0, done.err
    assert done.err.index("infra/heroku: ") < done.err.index("infra/openstack: ")
    assert done.err.endswith("Next:\n  cd infra/heroku    # or infra/openstack\n  terraform init\n  terraform plan\n")
    together = tree(shop / "infra")
    for name in ("openstack", "heroku"):
        assert camp2iac("synth", "camp.yaml", "-e", f"environments/{name}.yaml", "--check").status == 0
    assert tree(shop / "infra") == together


def test_the_plan_is_read_once(shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    read, origins = compiler.read, []

    def counted(origin: compiler.Origin) -> compiler.Reading:
        origins.append(origin)
        return read(origin)

    monkeypatch.setattr(compiler, "read", counted)
    for command in (("synth",), ("synth", "--check"), ("validate",)):
        origins.clear()
        assert camp2iac(*command).status == 0
        assert len(origins) == 1


def test_some_environments(shop: Path, camp2iac: Command) -> None:
    (shop / "environments/staging.yaml").write_text("target: heroku\n")
    done = camp2iac("synth", "-e", "environments/staging.yaml", "-e", "environments/heroku.yaml")
    assert done.status == 0, done.err
    assert sorted(path.name for path in (shop / "infra").iterdir()) == ["heroku", "staging"]
    assert done.err.index("infra/staging: ") < done.err.index("infra/heroku: ")


def test_check_tries_all_and_says_the_worst(shop: Path, camp2iac: Command) -> None:
    assert camp2iac("synth").status == 0
    done = camp2iac("synth", "--check")
    assert (done.status, done.out) == (0, "")
    assert [line for line in done.err.splitlines() if line.startswith("infra/")] == [
        "infra/heroku: up to date",
        "infra/openstack: up to date",
    ]
    (shop / "infra/openstack/network.tf").unlink()
    done = camp2iac("synth", "--check")
    assert done.status == 2
    assert "network.tf" in done.out
    assert "infra/heroku: up to date\n" in done.err
    assert "infra/openstack: 1 file differs\n" in done.err
    (shop / "environments/heroku.yaml").write_text("target: heroku\nregoin: eu\n")
    done = camp2iac("synth", "--check")
    assert done.status == 1
    assert "network.tf" in done.out
    assert "error[CAMP313" in done.err
    assert "infra/heroku: not written, because of 1 error\n" in done.err
    assert "infra/openstack: 1 file differs\n" in done.err


def test_an_error_in_one_does_not_stop_the_others(shop: Path, camp2iac: Command) -> None:
    (shop / "environments/heroku.yaml").write_text("target: heroku\nregoin: eu\n")
    done = camp2iac("synth")
    assert done.status == 1
    assert not (shop / "infra/heroku").exists()
    assert (shop / "infra/openstack/network.tf").exists()
    assert "  cd infra/openstack\n" in done.err


def test_an_error_of_the_plan_is_said_once(shop: Path, camp2iac: Command) -> None:
    (shop / "camp.yaml").write_text(PLAN.replace("min: 1", "min: 9"))
    for done in (camp2iac("synth"), camp2iac("validate")):
        assert done.status == 1
        assert (done.err + done.out).count("error[CAMP") == 1
    done = camp2iac("synth")
    for name in ("heroku", "openstack"):
        assert f"infra/{name}: not written, because of 1 error\n" in done.err


@pytest.mark.parametrize("output", ["-", "out"])
def test_one_folder_is_for_one_environment(output: str, shop: Path, camp2iac: Command) -> None:
    done = camp2iac("synth", "-o", output)
    assert (done.status, done.out) == (2, "")
    assert f"-o {output} is for one environment, and these are 2: environments/heroku.yaml, " in done.err
    (shop / "environments/heroku.yaml").unlink()
    assert camp2iac("synth", "-o", output).status == 0


def test_validate_checks_each_environment(shop: Path, camp2iac: Command) -> None:
    for name in ("staging", "heroku"):
        (shop / f"environments/{name}.yaml").write_text("target: heroku\n")
    (shop / "environments/openstack.yaml").unlink()
    done = camp2iac("validate")
    assert done.status == 0
    assert done.out == "".join(
        f"{name}: no errors\n" for name in ("camp.yaml", "environments/heroku.yaml", "environments/staging.yaml")
    )
    (shop / "environments/heroku.yaml").write_text("target: heroku\nregoin: eu\n")
    (shop / "environments/openstack.yaml").write_text("target: openstack\nimges: {}\n")
    done = camp2iac("validate", "--output", "json")
    assert done.status == 1
    found = json.loads(done.out)["diagnostics"]
    assert [each["file"] for each in found] == ["environments/heroku.yaml", "environments/openstack.yaml"]
    assert camp2iac("validate", "-e", "environments/heroku.yaml", "--output", "json").out.count('"code"') == 1
    assert camp2iac("validate", "--target", "heroku").status == 0


def test_fixes_of_several_environments(shop: Path, camp2iac: Command) -> None:
    for name in ("heroku", "openstack"):
        (shop / f"environments/{name}.yaml").write_text(f"target: {name}\nregoin: eu\n")
    done = camp2iac("validate", "--fix")
    assert done.status == 0, done.out
    for name in ("heroku", "openstack"):
        assert f"fixed environments/{name}.yaml:2:1" in done.err
        assert (shop / f"environments/{name}.yaml").read_text() == f"target: {name}\nregion: eu\n"


def told(out: str) -> dict[str, Any]:
    """The environments of a report, by name."""
    found = json.loads(out)
    assert (found["format"], found["plan"], found["diagnostics"]) == (1, "camp.yaml", [])
    return {each["name"]: each for each in found["environments"]}


def test_the_report_for_programs(shop: Path, camp2iac: Command) -> None:
    done = camp2iac("synth", "--output", "json")
    assert (done.status, done.err) == (0, "")
    found = told(done.out)
    assert list(found) == ["heroku", "openstack"]
    heroku = found["heroku"]
    assert (heroku["status"], heroku["target"], heroku["folder"]) == ("written", "heroku", "infra/heroku")
    assert heroku["environment"] == "environments/heroku.yaml"
    assert "versions.tf" in heroku["written"]
    assert heroku["written"] == sorted(heroku["written"])
    assert heroku["outcomes"]["lost"] > 0
    assert not heroku["effects"]
    again = told(camp2iac("synth", "--output", "json").out)["heroku"]
    assert (again["status"], again["written"], again["unchanged"]) == ("same", [], heroku["written"])
    assert camp2iac("synth", "--check", "--output", "json").out == camp2iac("synth", "--check", "--output", "json").out


def test_the_report_of_a_check(shop: Path, camp2iac: Command) -> None:
    assert camp2iac("synth").status == 0
    (shop / "camp.yaml").write_text(PLAN.replace("max: 3", "max: 5"))
    (shop / "environments/heroku.yaml").write_text("target: heroku\nregoin: eu\n")
    done = camp2iac("synth", "--check", "--output", "json")
    assert (done.status, done.err) == (1, "")
    found = told(done.out)
    assert found["openstack"]["status"] == "differs"
    assert found["openstack"]["diff"].startswith("--- ")
    wrong = found["heroku"]
    assert (wrong["status"], wrong["written"]) == ("wrong", [])
    file, line, column = (wrong["diagnostics"][0][key] for key in ("file", "line", "column"))
    assert (file, line, column) == ("environments/heroku.yaml", 2, 1)
    valid = camp2iac("validate", "-e", "environments/heroku.yaml", "--output", "json")
    assert wrong["diagnostics"] == json.loads(valid.out)["diagnostics"]
    (shop / "environments/heroku.yaml").write_text("target: heroku\n")
    assert camp2iac("synth", "--check", "--output", "json").status == 2


def test_the_report_of_a_refusal(shop: Path, camp2iac: Command) -> None:
    """An effect is in the report whether it was refused or not."""
    args = ("synth", "-e", "environments/openstack.yaml", "--output", "json")
    volume = "            - characteristic_type: org.camp2iac:Volume\n              size: 1 GiB\n"
    (shop / "camp.yaml").write_text(PLAN.replace("org.camp2iac:Networks", f"{volume}org.camp2iac:Networks"))
    done = camp2iac(*args)
    assert done.status == 0, done.out
    (shop / "camp.yaml").write_text(PLAN)
    done = camp2iac(*args)
    assert done.status == 1
    found = told(done.out)["openstack"]
    assert (found["status"], found["written"]) == ("wrong", [])
    assert [each["code"] for each in found["diagnostics"] if each["severity"] == "error"] == ["CAMP720"]
    lost = [each for each in found["effects"] if each["loses_data"]]
    assert [each["act"] for each in lost] == ["destroys"]
    assert lost[0]["address"].startswith("openstack_blockstorage_volume_v3.")


def test_what_a_report_for_programs_cannot_say(shop: Path, camp2iac: Command) -> None:
    done = camp2iac("synth", "--target", "heroku", "-o", "-", "--output", "json")
    assert (done.status, done.out) == (2, "")
    assert "-o - prints the output, so it cannot be combined with --output json" in done.err


def test_a_link_out_of_the_folder_is_not_read(
    shop: Path, camp2iac: Command, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "passwd"
    outside.write_text("root:x:0:0: hidden words\n")
    (shop / "environments/passwd.yaml").symlink_to(outside)
    for line in (
        ("synth",),
        ("validate",),
        ("validate", "--fix"),
        ("matrix",),
        ("port",),
        ("validate", "-e", "environments/passwd.yaml"),
        ("diff", ".", "."),
    ):
        done = camp2iac(*line)
        said = done.out + done.err
        assert done.status == 1, line
        assert "hidden words" not in said, line
        assert "error[CAMP603]: the environment file environments/passwd.yaml cannot be read: it is a link" in said, (
            line
        )
    assert (shop / "infra/heroku/versions.tf").exists()
    assert outside.read_text() == "root:x:0:0: hidden words\n"


def test_a_link_inside_the_folder_has_its_own_name(shop: Path, camp2iac: Command) -> None:
    (shop / "environments/staging.yaml").symlink_to("heroku.yaml")
    (shop / "environments/heroku.yaml").write_text("target: heroku\nregoin: eu\n")
    done = camp2iac("validate", "-e", "environments/staging.yaml", "--output", "json")
    assert [each["file"] for each in json.loads(done.out)["diagnostics"]] == ["environments/staging.yaml"]


@pytest.mark.parametrize("name", [b"\xff\xfe.yaml", b"a\nb.yaml"])
def test_an_odd_name_does_not_stop_the_others(name: bytes, shop: Path, camp2iac: Command) -> None:
    with open(os.fsencode(shop) + b"/environments/" + name, "wb") as file:  # noqa: PTH123 - bytes
        file.write(b"target: heroku\n")
    done = camp2iac("synth")
    assert done.status == 1
    assert "its name is not UTF-8 or has control characters; rename it" in done.err
    assert sorted(path.name for path in (shop / "infra").iterdir()) == ["heroku", "openstack"]


def test_a_diagnostic_of_some_environments_names_them(shop: Path, camp2iac: Command) -> None:
    (shop / "environments/staging.yaml").write_text((shop / "environments/openstack.yaml").read_text())
    files = ["environments/openstack.yaml", "environments/staging.yaml"]
    for command in ("validate", "synth"):
        done = camp2iac(command)
        text = done.out + done.err
        assert text.count("note[CAMP410]") == 1
        assert f"note: only with {files[0]} and {files[1]}\n" in text
    found = json.loads(camp2iac("validate", "--output", "json").out)["diagnostics"]
    assert [each["environments"] for each in found if each["code"] == "CAMP410"] == [files]
    found = json.loads(camp2iac("validate", "-e", files[0], "-e", files[1], "--output", "json").out)["diagnostics"]
    assert [each.get("environments") for each in found if each["code"] == "CAMP410"] == [None]


def test_closed_ssh_names_the_environment(shop: Path, camp2iac: Command) -> None:
    (shop / "environments/staging.yaml").write_text((shop / "environments/openstack.yaml").read_text())
    out = camp2iac("validate").out
    for name in ("openstack", "staging"):
        assert out.count(f"SSH is closed on all instances: environments/{name}.yaml has no ssh_from\n") == 1
    assert f"only with environments/{name}.yaml\n" not in out


def test_an_output_without_its_environment_file(shop: Path, camp2iac: Command) -> None:
    assert camp2iac("synth").status == 0
    assert "CAMP365" not in camp2iac("validate").out
    (shop / "environments/heroku.yaml").rename(shop / "environments/live.yaml")
    said = "infra/heroku is the output of environments/heroku.yaml, which does not exist"
    validated = camp2iac("validate")
    assert (validated.status, validated.out.count(said)) == (0, 1)
    assert "if environments/live.yaml is the renamed file, give the folder its name" in validated.out
    assert "mv infra/heroku infra/live\n" in validated.out
    assert "terraform -chdir=infra/heroku destroy\n" in validated.out
    assert camp2iac("validate", "--strict").status == 1
    assert "CAMP365" not in camp2iac("validate", "-e", "environments/openstack.yaml").out
    assert said in camp2iac("synth", "--check").err
    told = json.loads(camp2iac("synth", "--check", "--output", "json").out)["diagnostics"]
    assert [each["code"] for each in told] == ["CAMP365"]
    assert "mv infra/heroku/terraform.tfstate infra/live/" in camp2iac("synth").err
    assert "if the file was renamed" in camp2iac("validate").out
    (shop / "infra/live").rename(shop / "infra/away")  # with another name, but its environment file is there
    assert camp2iac("validate").out.count("CAMP365]") == 1


def test_a_renamed_environment_is_the_same_module(shop: Path, camp2iac: Command) -> None:
    assert camp2iac("synth").status == 0
    before = {path.name: path.read_text() for path in (shop / "infra/heroku").glob("*.tf")}
    (shop / "environments/heroku.yaml").rename(shop / "environments/live.yaml")
    (shop / "infra/heroku").rename(shop / "infra/live")
    done = camp2iac("synth")
    assert (done.status, "When you apply it" in done.err, "CAMP365" in done.err) == (0, False, False)
    after = {path.name: path.read_text() for path in (shop / "infra/live").glob("*.tf")}
    assert before
    assert {name: text.replace("/live.yaml", "/heroku.yaml") for name, text in after.items()} == before


def test_a_refusal_names_what_each_environment_replaces(shop: Path, camp2iac: Command) -> None:
    service = "  - id: database\n    characteristics:\n      - characteristic_type: PostgreSQL\n"
    volume = "      - characteristic_type: org.camp2iac:Volume\n        size: 1 GiB\n"
    (shop / "environments/heroku.yaml").unlink()
    (shop / "environments/docker.yaml").write_text("target: docker\n")
    (shop / "camp.yaml").write_text(f"camp_version: CAMP 1.1\nservices:\n{service}")
    assert camp2iac("synth").status == 0
    (shop / "camp.yaml").write_text(f"camp_version: CAMP 1.1\nservices:\n{service}{volume}")
    done = camp2iac("synth")
    assert (done.status, done.err.count("error[CAMP720]")) == (1, 1)
    notes = [line for line in done.err.splitlines() if "Terraform replaces the" in line]
    assert len(notes) == 2
    assert "with environments/docker.yaml: Terraform replaces the container of database" in notes[0]
    assert "with environments/openstack.yaml: Terraform replaces the instance of database" in notes[1]
    assert done.err.count("or destroy the data: --lose database") == 1


@pytest.mark.parametrize("text", ["{}", "{}\n", "--- {}\n", "# nothing\n{ }\n"])
def test_an_environment_file_with_an_empty_mapping(text: str, shop: Path, camp2iac: Command) -> None:
    (shop / "environments/heroku.yaml").write_text(text)
    for command in ("validate", "synth"):
        done = camp2iac(command, "-e", "environments/heroku.yaml")
        said = done.out + done.err
        assert (done.status, said.count("error[CAMP604]")) == (1, 1), said
        assert "environments/heroku.yaml does not name its target" in said
