"""Words of a plan in comments and strings: one line, and nothing that scanners, linters or editors act on."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import hcl2
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from camp2iac.synth import cloudinit_writer, hcl, remarks
from camp2iac.synth import json as json_writer
from camp2iac.synth.cloudinit import CloudConfig, Section, WriteFile
from camp2iac.synth.hcl_text import quote
from camp2iac.synth.module import Attribute, Block, Commented, Module

SYNTH = Path(remarks.__file__).parent
#: As the tools look for them; checkov, tfsec and Trivy in whole lines, also in strings
DIRECTIVES = {
    "trivy:ignore:AVD-1": r"(^|[\s#/])(trivy|tfsec):ignore:",
    "tfsec:ignore:*": r"(^|[\s#/])(trivy|tfsec):ignore:",
    "checkov:skip=CKV_1:x": r"(checkov:skip=|bridgecrew:skip=|cortex:skip=) *([A-Za-z_\d-]+)",
    "bridgecrew:skip=CKV_1": r"(checkov:skip=|bridgecrew:skip=|cortex:skip=) *([A-Za-z_\d-]+)",
    "cortex:skip=CKV_1": r"(checkov:skip=|bridgecrew:skip=|cortex:skip=) *([A-Za-z_\d-]+)",
    "tflint-ignore: all": r"tflint-ignore:",
    "tflint-ignore-file: all": r"tflint-ignore-file:",
    "kics-scan ignore-line": r"kics-scan",
    "ts:skip=AC_1 x": r"ts:skip=",
    "nosemgrep": r"[:#/]+\s*nosem",
    "gitleaks:allow": r"gitleaks:allow",
    "pragma: allowlist secret": r"pragma:\s?(allowlist|whitelist)",
    "noqa": r"\bnoqa\b",
    "NOSONAR": "NOSONAR",
    "vim: set ft=python:": r"(^|\s)(vi|vim|ex):",
    "-*- mode: sh -*-": r"-\*-",
}
BREAKS = ["\n", "\r", "\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1b[0m", "\u202e", "\u2066"]
TEXTS = st.lists(
    st.sampled_from([*DIRECTIVES, *BREAKS, "# ", "// ", "/*", "*/", " ", "a", "é", '"', "${x}", "%{"]), max_size=6
).map("".join)


def module_of(text: str) -> Module:
    module = Module(headers={"main.tf": text})
    values = {"plain": text, "commented": Commented("x", text), "above": Commented("x", text, above=True)}
    body = (Attribute("name", text, comment=text), Attribute("map", values), Attribute("list", (Commented("x", text),)))
    module.add("main.tf", Block("resource", ("a", "b"), body, comment=text))
    return module


def directives(text: str) -> list[str]:
    return [word for word, form in DIRECTIVES.items() if re.search(form, text, re.MULTILINE)]


@pytest.mark.parametrize("word", DIRECTIVES)
@pytest.mark.parametrize("before", ["", "shop ", *BREAKS, "x\n# ", "x\n#"])
def test_no_line_has_a_directive(word: str, before: str) -> None:
    assert directives(f"# {word}")
    text = before + word
    written = hcl.write(module_of(text))["main.tf"]
    comments = [line.partition("# ")[2] for line in written.splitlines() if re.match(" *# ", line)]
    assert not directives("\n".join(f"# {line}" for line in comments))
    raw = [
        found for found in directives(written) if re.match("trivy|tfsec|checkov|bridgecrew|cortex|ts:|gitleaks", found)
    ]
    assert not raw, written
    assert not [
        each for each in directives(json_writer.write(module_of(text))["main.tf.json"]) if ":" in each.split()[0]
    ]


@given(TEXTS)
def test_a_comment_in_hcl_is_one_line_and_values_stay(text: str) -> None:
    written = hcl.write(module_of(text))["main.tf"]
    plain = hcl.write(module_of("a"))["main.tf"]
    if remarks.one_line(text):
        assert len(written.splitlines()) == len(written.split("\n")) - 1 == len(plain.splitlines())
    assert len(hcl2.loads(written)["resource"]) == 1


@pytest.mark.parametrize("word", DIRECTIVES)
def test_json_gives_back_the_value(word: str) -> None:
    found = json.loads(json_writer.write(module_of(f"a {word} b"))["main.tf.json"])["resource"]["a"]["b"]
    assert found["name"] == f"a {word} b"


@given(TEXTS)
def test_a_comment_in_yaml_is_one_line(text: str) -> None:
    files = ((WriteFile("/x", "text\n", comment=text),),)
    config = CloudConfig(
        text, sections=(Section(text, files, ("true",), text),), runcmd_comment=text, packages_comment=text
    )
    found = yaml.safe_load(cloudinit_writer.write(config).replace("$${", "${").replace("%%{", "%{"))
    assert found == {
        "package_update": True,
        "write_files": [{"path": "/x", "content": "text\n"}],
        "runcmd": ["set -e", "true"],
    }


def test_several_lines_are_several_strings() -> None:
    assert remarks.lines(("one\ntwo", "three")) == ["one two", "three"]
    assert remarks.lines("one\ntwo") == ["one two"]
    assert remarks.joined("a", "", ("b", "c")) == ("a", "b", "c")
    assert remarks.followed(("a", "b"), ".") == ("a", "b.")


def test_names_stay_as_they_are() -> None:
    for name in ("nosec", "tflint-ignore", "skip", "web:8080", "org.camp2iac:Scale", "https://example.org"):
        assert quote(name) == f'"{name}"'
    assert remarks.one_line("camp.yaml: web, Scale: 2 to 3") == "camp.yaml: web, Scale: 2 to 3"


def test_only_one_module_makes_comments() -> None:
    """An f-string that begins a comment takes its words from `remarks`, so no other code can add lines to one."""
    for path in sorted(SYNTH.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.JoinedStr):
                continue
            text = "".join(part.value if isinstance(part, ast.Constant) else "\0" for part in node.values)
            if re.match("\0?# \0", text):
                (word,) = [ast.unparse(part.value) for part in node.values[-1:] if isinstance(part, ast.FormattedValue)]
                assert word in ("line", "escape(line)", "one_line(value.comment)", "one_line(item.comment)"), (
                    path,
                    word,
                )
