"""The commands, one after the other."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from running import PLAN, Command

from camp2iac.camp import yaml as camp_yaml
from camp2iac.catalogue import load as load_catalogue
from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.diagnostics import Diagnostics
from camp2iac.diagnostics.codes import CODES

EXAMPLES = Path(__file__).parents[2] / "examples"


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_synth_writes_beside_the_plan_and_says_what_is_next(shop: Path, camp2iac: Command) -> None:
    done = camp2iac("synth", "camp.yaml", "-e", "environments/openstack.yaml")
    assert (done.status, done.out) == (0, "")
    written = files(shop / "infra/openstack")
    assert {"README.md", "versions.tf", ".camp2iac.json"} <= set(written)
    assert f"infra/openstack: {len(written)} written\n" in done.err
    assert done.err.endswith("Next:\n  cd infra/openstack\n  terraform init\n  terraform plan\n")
    again = camp2iac("synth", "camp.yaml", "-e", "environments/openstack.yaml")
    assert f"{len(written)} unchanged" in again.err
    assert files(shop / "infra/openstack") == written
    source_map = json.loads(written[".camp2iac.json"])
    assert (source_map["plan"], source_map["environment"]) == ("../../camp.yaml", "../../environments/openstack.yaml")


def test_synth_is_quiet_when_told(shop: Path, camp2iac: Command) -> None:
    done = camp2iac("-q", "synth", "camp.yaml", "--target", "heroku")
    assert (done.status, done.out, done.err) == (0, "", "")
    assert (shop / "infra/heroku/versions.tf").exists()
    more = camp2iac("synth", "camp.yaml", "--target", "heroku", "-v")
    assert "  unchanged versions.tf\n" in more.err


def test_a_plan_its_folder_and_another_working_directory_give_the_same(
    shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    camp2iac("synth", "camp.yaml", "--target", "heroku")
    first = files(shop / "infra")
    assert camp2iac("synth", ".", "--target", "heroku", "--check").status == 0
    monkeypatch.chdir("/")
    assert camp2iac("synth", str(shop), "--target", "heroku", "--check").status == 0
    assert camp2iac("synth", str(shop / "camp.yaml"), "--target", "heroku").status == 0
    assert files(shop / "infra") == first


def test_check_shows_the_difference_and_writes_nothing(shop: Path, camp2iac: Command) -> None:
    args = ("synth", "camp.yaml", "--target", "openstack")
    first = camp2iac(*args, "--check")
    assert first.status == 2
    assert "+++ b/versions.tf\n" in first.out
    assert not (shop / "infra").exists()
    camp2iac(*args)
    same = camp2iac(*args, "--check")
    assert (same.status, same.out) == (0, "")
    (shop / "camp.yaml").write_text(PLAN.replace("max: 3", "max: 4"))
    before = files(shop / "infra")
    changed = camp2iac(*args, "--check")
    assert changed.status == 2
    assert [line for line in changed.out.splitlines() if line.startswith("+ ") and "4" in line]
    assert files(shop / "infra") == before


def test_a_file_changed_by_hand_is_kept_unless_forced(shop: Path, camp2iac: Command) -> None:
    args = ("synth", "camp.yaml", "--target", "heroku")
    camp2iac(*args)
    file = shop / "infra/heroku/versions.tf"
    made = file.read_text()
    file.write_text(made + "# mine\n")
    refused = camp2iac(*args)
    assert refused.status == 1
    assert "error[CAMP702]: infra/heroku/versions.tf was changed by hand" in refused.err
    assert file.read_text() == made + "# mine\n"
    assert camp2iac(*args, "--force").status == 0
    assert file.read_text() == made


def test_synth_prints(shop: Path, camp2iac: Command) -> None:
    printed = camp2iac("synth", "camp.yaml", "--target", "heroku", "-o", "-")
    assert (printed.status, printed.err) == (0, "")
    assert not (shop / "infra").exists()
    camp2iac("synth", "camp.yaml", "--target", "heroku")
    for path, data in files(shop / "infra/heroku").items():
        if path not in (".camp2iac.json", ".camp2iac.digests.json"):
            assert f"# --- {path} ---\n{data.decode()}" in printed.out


def test_synth_to_another_folder_as_json(shop: Path, camp2iac: Command) -> None:
    assert camp2iac("synth", "camp.yaml", "--target", "openstack", "--format", "json", "-o", "out").status == 0
    made = files(shop / "out")
    assert not [path for path in made if path.endswith(".tf")]
    module = [json.loads(data) for path, data in made.items() if path.endswith(".tf.json")]
    assert any("resource" in each for each in module)


def test_a_wrong_plan_is_not_written(shop: Path, camp2iac: Command) -> None:
    (shop / "camp.yaml").write_text(PLAN.replace("min: 1", "min: 9"))
    done = camp2iac("synth", "camp.yaml", "--target", "heroku")
    assert (done.status, done.out) == (1, "")
    assert "error[CAMP312]" in done.err
    assert not (shop / "infra").exists()


def test_validate_says_so_when_nothing_is_wrong(shop: Path, camp2iac: Command) -> None:
    for path in (shop / "environments").iterdir():
        path.unlink()
    assert camp2iac("validate", "camp.yaml") == type(camp2iac("-h"))(0, "camp.yaml: no errors\n", "")
    assert camp2iac("validate", "camp.yaml", "-q").out == ""
    assert json.loads(camp2iac("validate", ".", "--output", "json").out) == {"diagnostics": []}
    assert camp2iac("validate", ".", "--target", "heroku", "--output", "github").out == ""


def test_validate_names_files_as_they_were_typed(
    shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shop / "camp.yaml").write_text(PLAN.replace("min: 1", "min: 9"))
    (shop / "environments/heroku.yaml").write_text("target: heroku\nparameters: { no: 1 }\n")
    monkeypatch.chdir(shop.parent)
    plan, environment = f"{shop.name}/camp.yaml", f"{shop.name}/environments/heroku.yaml"
    done = camp2iac("validate", plan, "-e", environment)
    assert done.status == 1
    assert f"--> {plan}:15:20\n" in done.out
    assert " 15 |               min: 9\n" in done.out
    assert f"--> {environment}:2:" in done.out
    assert " 2 | parameters: { no: 1 }\n" in done.out
    found = json.loads(camp2iac("validate", shop.name, "--output", "json").out)["diagnostics"]
    assert [each["file"] for each in found] == [plan, environment]


def test_strict_makes_warnings_errors(shop: Path, camp2iac: Command) -> None:
    (shop / "camp.yaml").write_text(
        PLAN.replace("org.python:version", "org.python:version\n            - characteristic_type: org.nobody:Knows")
    )
    relaxed = camp2iac("validate", "camp.yaml")
    assert relaxed.status == 0
    assert relaxed.out.startswith("warning[")
    strict = camp2iac("validate", "camp.yaml", "--strict")
    assert strict.status == 1
    assert strict.out.startswith("error[")
    assert camp2iac("validate", "camp.yaml", "-q").out == ""


def test_standard_input_and_archives(shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    class Input:
        def __init__(self, data: bytes) -> None:
            self.buffer = io.BytesIO(data)

    monkeypatch.setattr(sys, "stdin", Input(b"camp_version: CAMP 1.1\nname: x\nname: y\n"))
    assert " --> <stdin>:3:1\n" in camp2iac("validate", "-").out
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("camp.yaml", PLAN)
        archive.writestr("web/guestbook.py", "app = None\n")
    monkeypatch.setattr(sys, "stdin", Input(data.getvalue()))
    assert camp2iac("synth", "-", "--target", "openstack", "-o", "out").status == 0
    (shop / "shop.zip").write_bytes(data.getvalue())
    assert camp2iac("synth", "shop.zip", "--target", "openstack").status == 0
    made, other = ((shop / folder / "web.tf").read_text() for folder in ("infra/openstack", "out"))
    assert made.replace("shop.zip", "PLAN") == other.replace("<stdin>", "PLAN")
    monkeypatch.setattr(sys, "stdin", Input(data.getvalue()))
    assert "guestbook " in camp2iac("port", "-", "--target", "openstack,heroku").out


def test_output_folders_are_no_content(shop: Path, camp2iac: Command) -> None:
    (shop / "guestbook.py").write_text("app = None\n")
    (shop / "camp.yaml").write_text(PLAN.replace("href: web/", 'href: "pdp:!"'))
    args = ("synth", "camp.yaml", "-e", "environments/heroku.yaml")
    assert camp2iac(*args).status == 0
    before = files(shop / "infra/heroku")
    assert not [path for path in before if "environments" in path or "infra" in path]
    assert camp2iac("synth", "camp.yaml", "-e", "environments/openstack.yaml").status == 0
    assert camp2iac(*args, "--check").status == 0


def test_port_sets_platforms_side_by_side(shop: Path, camp2iac: Command) -> None:
    done = camp2iac("port", "camp.yaml", "--target", "heroku,openstack")
    assert done.status == 0
    head = done.out.splitlines()[0].split()
    assert head == ["guestbook", "heroku", "openstack"]
    assert "heroku loses 2\n" in done.out
    assert [
        camp2iac("port", "camp.yaml", "--target", t, "--fail-on", "lost").status for t in ("heroku", "openstack")
    ] == [1, 0]
    with_environments = camp2iac(
        "port",
        "camp.yaml",
        "--target",
        "heroku,openstack",
        "-e",
        "environments/openstack.yaml",
        "-e",
        "environments/heroku.yaml",
    )
    assert with_environments.out.splitlines()[0].split() == head
    only = camp2iac("port", "camp.yaml", "-e", "environments/heroku.yaml", "--output", "json")
    assert [each["name"] for each in json.loads(only.out)["targets"]] == ["heroku"]
    assert camp2iac("port", "camp.yaml", "-e", "environments/heroku.yaml", "--output", "markdown").out.startswith(
        "# Porting"
    )


def test_port_with_several_environments_of_a_platform(shop: Path, camp2iac: Command) -> None:
    (shop / "environments/second.yaml").write_text("target: heroku\n")
    two = camp2iac("port", "camp.yaml", "-e", "environments/heroku.yaml", "-e", "environments/second.yaml")
    assert (two.status, two.err) == (0, "")
    assert two.out.splitlines()[0].split()[-2:] == ["heroku", "second"]
    found = json.loads(camp2iac("port", "--output", "json").out)["targets"]
    assert [(each["name"], each["environment"]) for each in found] == [
        ("heroku", "environments/heroku.yaml"),
        ("second", "environments/second.yaml"),
        ("openstack", "environments/openstack.yaml"),
    ]
    chosen = camp2iac("port", "--target", "heroku", "-e", "environments/heroku.yaml", "-e", "environments/second.yaml")
    assert chosen.out == two.out
    other = camp2iac("port", "camp.yaml", "--target", "openstack", "-e", "environments/heroku.yaml")
    assert other.status == 2
    assert "is for heroku, which --target does not name" in other.err


def test_explain_prints_the_page(camp2iac: Command) -> None:
    for spelling in ("CAMP201", "camp201", "201"):
        done = camp2iac("explain", spelling)
        assert done.status == 0
        assert done.out.startswith(f"CAMP201: {CODES['CAMP201'].title} (error)\n\n")
        assert max(map(len, done.out.splitlines())) <= 100
    assert "".join(done.out.split()) == "".join(CODES["CAMP201"].page.split())


def test_schemas_accept_what_we_ship(camp2iac: Command) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    plan = json.loads(camp2iac("schema", "plan").out)
    jsonschema.Draft202012Validator.check_schema(plan)
    check = jsonschema.Draft202012Validator(plan)
    for file in sorted(EXAMPLES.glob("*/camp.yaml")):
        node = camp_yaml.parse(file.read_text(), file.name, Diagnostics())
        assert node is not None
        assert [error.message for error in check.iter_errors(node.plain)] == [], file
    for target in ("openstack", "heroku"):
        schema = json.loads(camp2iac("schema", "environment", "--target", target).out)
        check = jsonschema.Draft202012Validator(schema)
        for file in sorted(EXAMPLES.glob(f"*/environments/{target}.yaml")):
            node = camp_yaml.parse(file.read_text(), file.name, Diagnostics())
            assert node is not None
            assert [error.message for error in check.iter_errors(node.plain)] == [], file
    jsonschema.Draft202012Validator.check_schema(json.loads(camp2iac("schema", "product").out))
    heroku = json.loads(camp2iac("schema", "product", "--target", "heroku").out)
    jsonschema.Draft202012Validator.check_schema(heroku)
    files = sorted(BUILT_IN.glob("*/heroku.yaml"))
    assert files
    for file in files:
        node = camp_yaml.parse(file.read_text(), file.name, Diagnostics())
        assert node is not None
        jsonschema.validate(node.plain, heroku)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"buildpack": ["heroku/python"]}, heroku)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("CAMP 1.1", "CAMP 7"),
        ("min: 1", "mn: 1"),
        ("min: 1", "min: lots"),
        ("artifact_type: org.python:src", "artifct_type: x"),
        ("{ href: web/ }", "{ }"),
        ("cidr: 10.20.1.0/24", "cidr: 7"),
    ],
)
def test_the_plan_schema_refuses(old: str, new: str, camp2iac: Command) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    check = jsonschema.Draft202012Validator(json.loads(camp2iac("schema", "plan").out))
    sound, wrong = (camp_yaml.parse(text, "camp.yaml", Diagnostics()) for text in (PLAN, PLAN.replace(old, new)))
    assert sound is not None
    assert wrong is not None
    assert check.is_valid(sound.plain)
    assert not check.is_valid(wrong.plain)


def test_catalogue_and_targets(camp2iac: Command) -> None:
    listed = camp2iac("catalogue", "list")
    assert [line.split()[0] for line in listed.out.splitlines()] == sorted(
        line.split()[0] for line in listed.out.splitlines()
    )
    assert re.search(r"^postgresql +service ", listed.out, re.MULTILINE)
    shown = camp2iac("catalogue", "show", "postgresql").out
    assert shown.startswith("PostgreSQL (postgresql)\n")
    assert "13, 14, 15, 16, 17" in shown
    assert [line.split()[0] for line in camp2iac("targets").out.splitlines()] == [
        "docker",
        "heroku",
        "kubernetes",
        "openstack",
    ]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, camp2iac: Command) -> None:
    done = camp2iac("completion", shell)
    assert done.status == 0
    assert "_CAMP2IAC_COMPLETE" in done.out


def test_completion_completes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "camp2iac.cli"],
        env={**os.environ, "_CAMP2IAC_COMPLETE": "bash_complete", "COMP_WORDS": "camp2iac val", "COMP_CWORD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "plain,validate" in done.stdout


def test_synth_names_the_port_command(shop: Path, camp2iac: Command) -> None:
    """The command that it names lists exactly the losses that it counted."""
    said = camp2iac("synth", "camp.yaml", "--target", "heroku").err
    counted, command = re.search(r"(\d+) lost of \d+ statements of the plan\. .*\n  camp2iac (.*)\n", said).groups()  # type: ignore[union-attr]
    report = camp2iac(*shlex.split(command), "--output", "json")
    assert json.loads(report.out)["targets"][0]["lost"] == int(counted)


@pytest.mark.parametrize("example", sorted(path.parent.name for path in EXAMPLES.glob("*/camp.yaml")))
def test_init_from_an_example(example: str, tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = camp2iac("init", "--from", example)
    assert (done.status, done.out) == (0, "")
    assert (tmp_path / "camp.yaml").read_bytes() == (EXAMPLES / example / "camp.yaml").read_bytes()
    assert done.err.endswith("\nNext:\n  camp2iac validate\n  camp2iac synth\n")
    assert camp2iac("validate").status == 0


def test_init_from_a_plan_of_one_s_own(tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    library, place = tmp_path / "library" / "shop", tmp_path / "new"
    (library / "infra").mkdir(parents=True)
    (library / "camp.yaml").write_text("camp_version: CAMP 1.1\n")
    (library / "infra" / "main.tf").write_text("")
    place.mkdir()
    monkeypatch.chdir(place)
    assert camp2iac("init", "--from", "../library/shop").status == 0
    assert [path.name for path in place.rglob("*")] == ["camp.yaml"]


def test_init_overwrites_nothing(tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "camp.yaml").symlink_to("nowhere")
    done = camp2iac("init", "--from", "guestbook")
    assert done.status == 2
    assert "camp.yaml is here already; nothing was written" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["camp.yaml"]


def test_init_asks(tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder without code, init asks for everything."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO('yes: "no"\npython\n\n\npostgresql, postgres\npostgresql, redis\n\n'))
    done = camp2iac("init")
    assert done.status == 0, done.err
    assert done.out == ""
    assert "there is no 'postgres'; did you mean postgresql?" in done.err
    (tmp_path / "app.py").write_text("app = None\n")
    checked = camp2iac("validate")
    assert (checked.status, "warning[" in checked.out) == (0, False)
    node = camp_yaml.parse((tmp_path / "camp.yaml").read_text(), "camp.yaml", Diagnostics())
    assert node is not None
    assert node.plain["name"] == 'yes: "no"'  # type: ignore[index,call-overload]
    for target in ("openstack", "heroku"):
        done = camp2iac("synth", "camp.yaml", "-e", f"environments/{target}.yaml", "-o", "-")
        assert done.status == 0, done.err


RUNTIMES = [product.name for product in load_catalogue() if product.role == "runtime"]


@pytest.mark.parametrize("content", ["", "app/"])
@pytest.mark.parametrize("runtime", RUNTIMES)
def test_init_says_what_its_next_commands_would_refuse(
    runtime: str, content: str, tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In an empty folder, with the defaults of all questions except these two."""
    monkeypatch.chdir(tmp_path)
    asked = len(load_catalogue()[runtime].questions)
    answers = ["shop", runtime, *[""] * asked, content, "", ""]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join([*answers, ""])))
    done = camp2iac("init")
    assert done.status == 0, done.err
    told = done.err.partition("\nNext:\n")[2]
    commands = [shlex.split(line)[1:] for line in told.splitlines() if line.startswith("  camp2iac ")]
    assert commands == [["validate"], ["synth"]]
    refused = False
    for command in commands:
        said = camp2iac(*command)
        errors = re.findall(r"^error\[CAMP\d+\]: (.*)$", said.out + said.err, re.MULTILINE)
        assert all(f"  first: {error}\n" in told for error in errors), (errors, told)
        refused |= said.status != 0
    assert refused == ("  first: " in told)


def test_init_names_the_file_that_is_missing_in_a_folder_to_come(
    tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n\n\napp/\n\n\n"))
    told = camp2iac("init").err.partition("\nNext:\n")[2]
    assert told.startswith("  first: the content of web does not exist: app/\n")
    assert "add app.py with a definition of app" in told.splitlines()[3]
    assert not (tmp_path / "app").exists()
    (tmp_path / "app").mkdir()
    (tmp_path / "app/app.py").write_text("def app(environ, start_response): ...\n")
    for command in [line for line in told.splitlines() if line.startswith("  camp2iac ")]:
        assert camp2iac(*shlex.split(command)[1:]).status == 0


def test_init_names_the_file_that_is_missing(
    tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n" * 6))
    told = camp2iac("init").err.partition("\nNext:\n")[2]
    assert told.startswith("  first: web serves app/app, but its content has no module app\n")
    assert "add app.py with a definition of app" in told.splitlines()[1]
    (tmp_path / "app.py").write_text("def app(environ, start_response): ...\n")
    for command in [line for line in told.splitlines() if line.startswith("  camp2iac ")]:
        assert camp2iac(*shlex.split(command)[1:]).status == 0


def test_init_asks_nothing_where_a_plan_is(tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "camp.yaml").write_text("mine")
    done = camp2iac("init")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("error: camp.yaml is here already; nothing was written")


def test_init_that_is_not_answered(tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-D at a terminal stops it; without a terminal, what is not answered has its default."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", Terminal("name\n"))
    done = camp2iac("init")
    assert done.status == 130
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(sys, "stdin", io.StringIO("shop\n"))
    assert camp2iac("init").status == 0
    assert "\nname: shop\n" in (tmp_path / "camp.yaml").read_text()


@pytest.mark.parametrize("files", [(), ("app.py",)])
def test_init_asks_nothing_with_yes(
    files: tuple[str, ...], tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for file in files:
        (tmp_path / file).write_text("app = 1\n")
    monkeypatch.setattr(sys, "stdin", io.StringIO("wrong\n" * 9))
    done = camp2iac("init", "--yes")
    assert done.status == 0, done.err
    assert "wrong" not in (tmp_path / "camp.yaml").read_text()
    assert sorted(path.name for path in (tmp_path / "environments").iterdir()) == [
        "docker.yaml",
        "heroku.yaml",
        "kubernetes.yaml",
        "openstack.yaml",
    ]


def test_init_asks_only_what_the_files_do_not_show(
    tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which of two databases, what a library runs, and where it goes."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "requirements.txt").write_text("flask\npsycopg2\nPyMySQL\n")
    (tmp_path / "shop.py").write_text("x = 1\n")
    monkeypatch.setattr(sys, "stdin", io.StringIO("python shop.py\nmysql\nmariadb\nheroku\n"))
    done = camp2iac("init")
    assert done.status == 0, done.err
    assert "requirements.txt: Flask. Its files do not show what to run." in done.err
    assert "there is no 'mysql'" in done.err
    written = (tmp_path / "camp.yaml").read_text()
    assert "        web: python shop.py\n" in written
    assert "characteristic_type: MariaDB" in written
    assert "PostgreSQL" not in written
    assert [path.name for path in (tmp_path / "environments").iterdir()] == ["heroku.yaml"]
    assert camp2iac("synth", "camp.yaml", "-e", "environments/heroku.yaml").status == 0


def test_init_that_is_stopped_leaves_nothing(
    tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.chdir(tmp_path)
    (tmp_path / "index.html").write_text("<title>x</title>\n")
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    assert camp2iac("init").status == 130
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


@pytest.mark.parametrize("command", ["synth", "validate"])
def test_one_target_at_a_time(command: str, shop: Path, camp2iac: Command) -> None:
    done = camp2iac(command, "camp.yaml", "--target", "heroku", "--target", "openstack")
    assert done.status == 2
    assert "heroku and openstack; run the command once for each" in done.err
    assert not (shop / "infra").exists()


@pytest.mark.parametrize("command", ["synth", "validate", "port"])
@pytest.mark.parametrize("first", [True, False])
def test_an_environment_that_is_not_there(command: str, first: bool, shop: Path, camp2iac: Command) -> None:
    files = ["environments/opnstack.yaml", "environments/heroku.yaml"]
    words = [word for file in (files if first else files[::-1]) for word in ("-e", file)]
    done = camp2iac(command, "camp.yaml", *words)
    assert done.status == 2
    assert (
        "there is no file or folder environments/opnstack.yaml; did you mean environments/openstack.yaml?" in done.err
    )


def test_port_reports_and_fails_where_an_error_is(shop: Path, camp2iac: Command) -> None:
    plan = shop / "camp.yaml"
    secured = "      - { requirement_type: org.camp2iac:Expose, port: 8080, tls: true }\norg.camp2iac:Networks"
    plan.write_text(plan.read_text().replace("org.camp2iac:Networks", secured))
    done = camp2iac("port", "camp.yaml", "--target", "openstack")
    assert done.status == 1
    assert "error[CAMP467]" in done.err
    assert "Expose: TLS" in done.out


def test_synth_counts_what_is_not_said_to_be_public(shop: Path, camp2iac: Command) -> None:
    plan = shop / "camp.yaml"
    exposed = "      - { requirement_type: org.camp2iac:Expose, port: 8080 }\norg.camp2iac:Networks"
    plan.write_text(plan.read_text().replace("org.camp2iac:Networks", exposed))
    done = camp2iac("synth", "camp.yaml", "--target", "heroku")
    assert done.status == 0
    assert " lost of " in done.err
    assert "Expose: not public, by default" in (shop / "infra/heroku/README.md").read_text()


def test_check_needs_a_folder(shop: Path, camp2iac: Command) -> None:
    done = camp2iac("synth", "camp.yaml", "--target", "heroku", "-o", "-", "--check")
    assert (done.status, done.out) == (2, "")
    assert "--check compares with an output folder" in done.err
    assert not (shop / "infra").exists()


@pytest.mark.parametrize("href", ["web/", "pdp:!", "../web"])
def test_content_of_a_plan_from_standard_input(href: str, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = f'camp_version: CAMP 1.1\nartifacts: [{{ artifact_type: org.python:src, content: {{ href: "{href}" }} }}]\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(plan.encode())))
    done = camp2iac("validate", "-")
    assert done.status == 1
    assert "help: name the plan's file or its folder instead of -" in done.out
    assert "beside <stdin>" not in done.out
