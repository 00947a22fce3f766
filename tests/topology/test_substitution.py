"""A plan with the values of environments: parameters where the compiler must know them, and overrides."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path

import pytest

import camp2iac
from camp2iac import Compilation
from camp2iac.diagnostics.fix import applied

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { href: app/ }
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: hello/app
        fulfillment: id:web
      - requirement_type: org.sql:ConnectTo
        fulfillment: id:database
      - requirement_type: org.camp2iac:Env
        MODE: production
        HOST: { parameter: host }
      - requirement_type: org.camp2iac:Expose
        port: 8080
        public: true
        hosts: [{ parameter: host }]
services:
  - id: web
    characteristics:
      - characteristic_type: org.python:version
      - characteristic_type: org.camp2iac:Compute
        memory: { parameter: memory }
        cores: { parameter: cores }
      - characteristic_type: org.camp2iac:Scale
        max: { parameter: most }
  - id: database
    characteristics:
      - characteristic_type: PostgreSQL
        version: "15"
      - characteristic_type: org.camp2iac:Volume
        size: 10 GiB
org.camp2iac:Parameters:
  host: { default: shop.example.org }
  memory: { default: 2 GiB }
  cores: { description: Cores of each instance }
  most: { default: 2 }
"""
COMMON = "target: openstack\nimage: debian-12\nexternal_network: public\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "hello.py").write_text("def app(environ, start_response):\n    return []\n")
    (tmp_path / "environments").mkdir()
    (tmp_path / "camp.yaml").write_text(PLAN)
    return tmp_path / "camp.yaml"


def made(plan: Path, given: str, **overrides: str) -> Compilation:
    file = plan.parent / "environments" / "here.yaml"
    file.write_text(COMMON + given)
    return camp2iac.read(plan).compile(file, overrides=overrides)


def text(compilation: Compilation) -> str:
    assert compilation.ok, [each.message for each in compilation.diagnostics]
    return "\n".join(data.decode() for path, data in compilation.files().items() if path.endswith(".tf"))


def codes(compilation: Compilation) -> list[str]:
    return [each.code for each in compilation.diagnostics if each.level.value == "error"]


def variable(module: str, name: str) -> str:
    return module.partition(f'variable "{name}" {{\n')[2].partition("\n}\n")[0]


def test_set_wins_over_the_file_and_the_file_over_the_default(plan: Path) -> None:
    assert "self.ram >= 2048" in text(made(plan, "parameters: { cores: 1 }\n"))
    assert "self.ram >= 4096" in text(made(plan, "parameters: { cores: 1, memory: 4 GiB }\n"))
    assert "self.ram >= 8192" in text(made(plan, "parameters: { cores: 1, memory: 4 GiB }\n", memory="8 GiB"))


def test_only_what_terraform_uses_has_a_variable(plan: Path) -> None:
    module = text(made(plan, "parameters: { cores: 1 }\n"))
    assert not variable(module, "memory")
    assert not variable(module, "cores")
    fixed = variable(module, "host")
    assert 'contains(["shop.example.org"], var.host)' in fixed
    assert 'default     = "shop.example.org"' in fixed


def test_a_parameter_of_env_only_can_change_later(plan: Path) -> None:
    plan.write_text(PLAN.replace("hosts: [{ parameter: host }]", "hosts: [www.example.org]"))
    module = text(made(plan, "parameters: { cores: 1 }\n"))
    assert "validation" not in variable(module, "host")


def test_a_parameter_that_is_overridden_has_no_variable(plan: Path) -> None:
    given = """\
parameters: { cores: 1 }
overrides:
  artifacts:
    web:
      org.camp2iac:Env: { HOST: www.example.org }
      org.camp2iac:Expose: { hosts: [www.example.org] }
"""
    assert not variable(text(made(plan, given)), "host")


@pytest.mark.parametrize("code", ["CAMP504"])
def test_without_a_value(code: str, plan: Path) -> None:
    compilation = made(plan, "")
    assert codes(compilation) == [code]
    (found,) = (each for each in compilation.diagnostics if each.code == code)
    assert "cores" in found.message
    assert found.help == "write in environments/here.yaml:\nparameters:\n  cores: 2"
    assert codes(made(plan, "", cores="2")) == []


def test_a_plan_without_an_environment_is_checked_with_defaults(plan: Path) -> None:
    check = camp2iac.read(plan).check()
    assert check.ok
    (note,) = (each for each in check.diagnostics if each.code == "CAMP504")
    assert note.level.value == "note"
    plan.write_text(PLAN.replace("memory: { default: 2 GiB }", "memory: { default: 2 GIGS }"))
    check = camp2iac.read(plan).check()
    assert not check.ok
    (wrong,) = (each for each in check.diagnostics if each.code == "CAMP311")
    assert wrong.span is not None
    assert PLAN.splitlines()[wrong.span.line - 1].lstrip().startswith("memory: { default")


def test_a_wrong_value_shows_both_places(plan: Path) -> None:
    compilation = made(plan, 'parameters:\n  cores: "2"\n')
    (wrong,) = (each for each in compilation.diagnostics if each.code == "CAMP311")
    assert wrong.span is not None
    assert (wrong.span.file, wrong.span.line) == ("environments/here.yaml", 5)
    (label,) = wrong.related
    assert label.span.file == "camp.yaml"
    assert label.text == "the value of parameter cores is used here"
    edited, _ = applied(compilation.texts["environments/here.yaml"], wrong.fixes)
    assert edited.endswith("  cores: 2\n")


def test_a_wrong_value_of_set_has_no_edit(plan: Path) -> None:
    (wrong,) = (each for each in made(plan, "", cores="2.0").diagnostics if each.code == "CAMP311")
    assert wrong.span is not None
    assert wrong.span.file == "--set cores"
    assert wrong.fixes == ()


@pytest.mark.parametrize(
    ("override", "file", "expected"),
    [
        ("services: { database: { org.camp2iac:Volume: { size: 30 GiB } } }", ".tf", "size                 = 30"),
        ("services: { DataBase: { org.camp2iac:Volume: { size: 30 GiB } } }", ".tf", "size                 = 30"),
        (
            "services: { database: { org.camp2iac:Volume: { name: logs, size: 4 GiB, mount: /srv/logs } } }",
            ".tf",
            "= 4\n",
        ),
        ("services: { web: { org.camp2iac:Scale: { min: 0 } } }", ".tf", "var.web_count >= 0"),
        ("services: { database: { org.camp2iac:Compute: { memory: 6 GiB } } }", ".tf", "self.ram >= 6144"),
        (
            "services: { database: { org.camp2iac:Compute: { memory: { parameter: memory } } } }",
            ".tf",
            "self.ram >= 2048",
        ),
        (
            'services: { database: { href: "postgresql://db.example.org/shop" } }',
            ".tf",
            "postgresql://db.example.org/shop",
        ),
        ("artifacts: { web: { org.camp2iac:Env: { MODE: staging } } }", ".tf", '"staging"'),
        ("artifacts: { web: { org.camp2iac:Process: { worker: python hello.py } } }", ".sh", "hello.py"),
        ("artifacts: { web: { org.camp2iac:Expose: { port: 9000 } } }", ".tf", "9000"),
    ],
)
def test_overrides(override: str, file: str, expected: str, plan: Path) -> None:
    compilation = made(plan, f"parameters: {{ cores: 1 }}\noverrides: {{ {override} }}\n")
    assert compilation.ok, [each.message for each in compilation.diagnostics]
    documents = compilation.files()
    seen = "\n".join(data.decode() for path, data in documents.items() if not path.endswith((".json", ".md")))
    assert expected in seen, file


def test_the_override_of_one_of_two_ports(plan: Path) -> None:
    second = "      - { requirement_type: org.camp2iac:Expose, port: 9000 }\nservices:\n"
    plan.write_text(plan.read_text().replace("services:\n", second, 1))
    given = "parameters: { cores: 1 }\noverrides: { artifacts: { web: { org.camp2iac:Expose: %s } } }\n"
    assert codes(made(plan, given % "{ port: 9000, public: true }")) == []
    assert codes(made(plan, given % "{ public: true }")) != []
    two = "{ port: 9000, name: admin }"
    assert codes(made(plan, given % two)) != []


def test_overrides_on_the_command_line(plan: Path) -> None:
    compilation = made(plan, "", cores="1", **{"overrides.services.web.org.camp2iac:Scale.max": "7"})
    assert "<= 7" in text(compilation)


def test_statements_stay_at_the_lines_of_the_plan(plan: Path) -> None:
    literal = [
        (entry.statement.subject.name, entry.statement.kind, entry.statement.span)
        for entry in made(plan, "parameters: { cores: 1 }\n").statements()
    ]
    given = """\
parameters: { cores: 1 }
overrides:
  artifacts:
    web: { org.camp2iac:Expose: { port: 9000, tls: false } }
  services:
    web: { org.camp2iac:Scale: { max: 3, min: 1 } }
"""
    statements = made(plan, given).statements()
    assert all(entry.statement.span.file == "camp.yaml" for entry in statements)
    seen = [(entry.statement.subject.name, entry.statement.kind, entry.statement.span) for entry in statements]
    assert [each for each in seen if each[1].name != "expose.tls"] == literal


def test_the_source_map_names_the_environment_file(plan: Path) -> None:
    volume = "overrides:\n  services:\n    database:\n      org.camp2iac:Volume:\n        size: 40 GiB\n"
    given = f"parameters:\n  cores: 1\n  memory: 4 GiB\n{volume}"
    written = made(plan, given).files()[".camp2iac.json"].decode()
    assert '"openstack_blockstorage_volume_v3.database_data": "environments/here.yaml#overrides+4:15"' in written


def test_a_value_that_is_confidential_is_not_shown(plan: Path) -> None:
    plan.write_text(
        PLAN.replace(
            "        size: 10 GiB\n",
            "        size: { parameter: word }\n"
            "      - characteristic_type: org.camp2iac:Attributes\n        password: { parameter: word }\n",
        ).replace("  host: {", "  word: { description: A word }\n  host: {")
    )
    compilation = made(plan, "parameters: { cores: 1, word: tr0ub4dor }\n")
    assert codes(compilation) == ["CAMP506"]
    assert "tr0ub4dor" not in camp2iac.render(compilation.diagnostics, compilation.texts)


def test_one_plan_for_many_environments_in_any_order(plan: Path) -> None:
    files = []
    for number in range(5):
        file = plan.parent / "environments" / f"e{number}.yaml"
        file.write_text(
            f"{COMMON}parameters: {{ cores: {number + 1} }}\n"
            f"overrides: {{ services: {{ database: {{ org.camp2iac:Volume: {{ size: {number + 10} GiB }} }} }} }}\n"
        )
        files.append(file)
    alone: Mapping[Path, Mapping[str, bytes]] = {file: camp2iac.read(plan).compile(file).files() for file in files}
    read = camp2iac.read(plan)
    for order in itertools.islice(itertools.permutations(files), 0, None, 40):
        for file in order:
            assert read.compile(file).files() == alone[file]
    assert len({tuple(sorted(files.items())) for files in alone.values()}) == len(files)


def test_a_plan_is_not_changed(plan: Path) -> None:
    read = camp2iac.read(plan)
    before = read.document
    (plan.parent / "environments" / "here.yaml").write_text(f"{COMMON}parameters: {{ cores: 1 }}\n")
    read.compile(plan.parent / "environments" / "here.yaml")
    assert read.document == before


def test_a_confidential_parameter_without_a_value(plan: Path) -> None:
    password = "      - characteristic_type: org.camp2iac:Attributes\n        password: { parameter: cores }\n"
    plan.write_text(PLAN.replace("        size: 10 GiB\n", f"        size: 10 GiB\n{password}"))
    assert codes(made(plan, "")) == ["CAMP504"]
    assert codes(made(plan, "parameters: { cores: 2 }\n")) == ["CAMP506"]


def test_a_value_that_does_not_fit_is_one_error(plan: Path) -> None:
    volume = "      - characteristic_type: org.camp2iac:Volume\n"
    attributes = "      - characteristic_type: org.camp2iac:Attributes\n        database: { parameter: number }\n"
    plan.write_text(f"{PLAN.replace(volume, attributes + volume)}  number: {{ default: 3 }}\n")
    found = made(plan, "parameters: { cores: 1 }\n", number="many")
    assert codes(found) == ["CAMP602"]
    (error,) = (each for each in found.diagnostics if each.code == "CAMP602")
    assert error.span is not None, "the declaration: the command line has no lines"
