"""How values on the command line and in environment files are read for each type of parameter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from running import Command

PARAMETERS = """\
org.camp2iac:Parameters:
  number: { default: 1 }
  text: { default: one }
  flag: { default: false }
"""


@pytest.fixture
def plan(shop: Path) -> Path:
    """A plan with a parameter of each type."""
    with (shop / "camp.yaml").open("a") as out:
        out.write(PARAMETERS)
    return shop


def defaults(text: str) -> dict[str, str]:
    """The defaults of Terraform's variables."""
    blocks = re.findall(r'^variable "(\w+)" \{\n(.*?)^\}', text, re.MULTILINE | re.DOTALL)
    return {name: found[1] for name, body in blocks if (found := re.search(r"^  default += (.+)$", body, re.MULTILINE))}


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("number=0", "0"),
        ("number=-3", "-3"),
        ("number=2.5", "2.5"),
        ("number=1e3", "1000.0"),
        ("number=1E3", "1000.0"),
        ("flag=true", "true"),
        ("flag=TRUE", "true"),
        ("flag=False", "false"),
        ("text=true", '"true"'),
        ("text=1.10", '"1.10"'),
        ("text=", '""'),
    ],
)
def test_set_is_typed_as_the_parameter(given: str, written: str, plan: Path, camp2iac: Command) -> None:
    done = camp2iac("synth", "camp.yaml", "--target", "heroku", "--set", given, "-o", "-")
    assert (done.status, defaults(done.out)[given.partition("=")[0]]) == (0, written)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ("number=many", "a number: many"),
        ("number=nan", "a number: nan"),
        ("number=inf", "a number: inf"),
        ("number=1e999", "a number: 1e999"),
        ("number=true", "a number: true"),
        ("number=0x10", "a number: 0x10"),
        ("flag=0", "true or false: 0"),
        ("flag=yes", "true or false: yes"),
    ],
)
def test_set_of_what_is_no_such_value(given: str, fault: str, plan: Path, camp2iac: Command) -> None:
    done = camp2iac("synth", "camp.yaml", "--target", "heroku", "--set", given, "-o", "-")
    assert done.status == 1
    assert f"error[CAMP602]: the value of parameter {given.partition('=')[0]} is not {fault}\n" in done.err


@pytest.mark.parametrize(("value", "written"), [("true", '"true"'), ("False", '"false"'), ("12", '"12"'), ("x", '"x"')])
def test_a_text_given_as_another_type_in_yaml(value: str, written: str, plan: Path, camp2iac: Command) -> None:
    (plan / "environments/heroku.yaml").write_text(f"target: heroku\nparameters: {{ text: {value} }}\n")
    done = camp2iac("synth", "camp.yaml", "-e", "environments/heroku.yaml", "-o", "-")
    assert (done.status, defaults(done.out)["text"]) == (0, written)
