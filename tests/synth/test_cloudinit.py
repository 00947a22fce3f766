"""Cloud-config templates: how they read, and that what they hold arrives as it is."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support import terraform

from camp2iac.synth import hcl
from camp2iac.synth.cloudinit import (
    AptSource,
    Checksums,
    CloudConfig,
    Encoded,
    FileLoop,
    FromFile,
    JsonString,
    Script,
    Section,
    WriteFile,
    YumRepo,
)
from camp2iac.synth.cloudinit_writer import write
from camp2iac.synth.module import Attribute, Block, Module, Value, call, expr, ref, template

INSTALL = (
    (
        FileLoop("/opt/guestbook/web", executables="executables", comment="The artifact's content"),
        WriteFile("/opt/guestbook/web.sha256", Checksums("content", plain=True)),
        WriteFile("/opt/guestbook/b64.sha256", Checksums("content", plain=False)),
    ),
)
CONFIGURE = (
    (
        WriteFile("/etc/guestbook/web.env", Encoded(expr("environment")), "0600", "root reads it"),
        WriteFile("/etc/guestbook/password", JsonString(expr("password")), "0600", owner="web:web", defer=True),
    ),
    (
        WriteFile(
            "/etc/systemd/system/postgresql@.service.d/x.conf",
            template(
                "[Service]\nExecStart=/bin/x $MAINPID ${HOME} ",
                expr("address"),
                " $$",
                expr("port"),
                "\n\n  # Ü\nEnd\n",
            ),
        ),
        WriteFile("/etc/schema.sql", FromFile(expr("schema"))),
        WriteFile("/usr/local/bin/run", Script("run.sh"), "0755"),
    ),
)
CONFIG = CloudConfig(
    ("A machine of the tier web of guestbook. `camp-status`", "says how it is."),
    apt_sources=(
        AptSource(
            "nodesource",
            "deb [signed-by=$KEY_FILE] https://deb.example.org nodistro main",
            key="-----BEGIN\n\nx\n",
            comment="Node.js",
        ),
        AptSource("b", "deb x", keyid="0123", keyserver="keys.example.org"),
    ),
    yum_repos=(YumRepo("x", "X: y", "https://example.org/el9", "https://example.org/key"),),
    packages=("python3-venv", "yes"),
    packages_comment="Install: packages",
    sections=(
        Section("Install: content", INSTALL, ("/usr/local/bin/run",), "Install"),
        Section("Configure: files", CONFIGURE, (template("echo ", expr("address")), 'echo "${x}"')),
    ),
    runcmd=("systemctl daemon-reload", ("echo", "a: b")),
    runcmd_comment="The last script's exit status is cloud-init's",
)
# A line is what sha256sum writes: one with an escaped name begins with a backslash.
CHECKSUMS = (
    r""""${base64encode(join("", [for name, sha256 in content : "${length(regexall("[\\\\\n]", name)) > 0 ? """
    r'''"\\" : ""}${sha256}  ${replace(replace(name, "\\", "\\\\"), "\n", "\\n")}\n"]))}"'''
)

TEXT = """\
#cloud-config
# A machine of the tier web of guestbook. `camp-status`
# says how it is.

# Install: packages
apt:
  sources:
    # Node.js
    nodesource:
      source: "deb [signed-by=$KEY_FILE] https://deb.example.org nodistro main"
      key: |
        -----BEGIN

        x
    b:
      source: deb x
      keyid: "0123"
      keyserver: keys.example.org

yum_repos:
  x:
    name: "X: y"
    baseurl: "https://example.org/el9"
    enabled: true
    gpgcheck: true
    gpgkey: "https://example.org/key"

package_update: true
packages: [python3-venv, "yes"]

write_files:
  # Install: content

  # The artifact's content
%{ for name in keys(content) ~}
  - path: ${jsonencode("/opt/guestbook/web/${name}")}
%{ if contains(executables, name) ~}
    permissions: "0755"
%{ endif ~}
    encoding: b64
    content: "${filebase64("${content_root}/${name}")}"
%{ endfor ~}
  - path: /opt/guestbook/web.sha256
    content: |
%{ for name, sha256 in content ~}
      ${sha256}  ${name}
%{ endfor ~}
  - path: /opt/guestbook/b64.sha256
    encoding: b64
    content: @CHECKSUMS@

  # Configure: files

  # root reads it
  - path: /etc/guestbook/web.env
    permissions: "0600"
    encoding: b64
    content: "${base64encode(environment)}"
  - path: /etc/guestbook/password
    permissions: "0600"
    owner: "web:web"
    defer: true
    content: ${jsonencode(password)}

  - path: /etc/systemd/system/postgresql@.service.d/x.conf
    content: |
      [Service]
      ExecStart=/bin/x $MAINPID $${HOME} ${address} ${"$$"}${port}

        # Ü
      End
  - path: /etc/schema.sql
    encoding: b64
    content: "${filebase64(schema)}"
  - path: /usr/local/bin/run
    permissions: "0755"
    content: |
      ${indent(6, chomp(file("${scripts}/run.sh")))}

# The last script's exit status is cloud-init's
runcmd:
  - set -e
  - systemctl daemon-reload
  - [echo, "a: b"]
  # Install
  - /usr/local/bin/run
  - ${jsonencode("echo ${address}")}
  - "echo \\"$${x}\\""
"""


def test_how_it_reads() -> None:
    assert write(CONFIG) == TEXT.replace("@CHECKSUMS@", CHECKSUMS)


def test_the_least() -> None:
    assert write(CloudConfig("x", package_update=False)) == "#cloud-config\n# x\n"


def test_references_have_no_place() -> None:
    with pytest.raises(ValueError, match="only its own variables"):
        write(CloudConfig("x", sections=(Section("", ((WriteFile("/x", JsonString(ref("var.x"))),),)),)))


def render(folder: Path, config: CloudConfig, variables: dict[str, Value]) -> Any:
    """The document as cloud-init reads it."""
    (folder / "x.yaml.tftpl").write_bytes(write(config).encode())
    module = Module()
    value = call("templatefile", template(expr("path.module"), "/x.yaml.tftpl"), variables)
    module.add("main.tf", Block("output", ("x",), (Attribute("value", value),)))
    (folder / "main.tf").write_bytes(hcl.write(module)["main.tf"].encode())
    for arguments in (["apply", "-auto-approve"], ["output", "-json", "x"]):
        done = subprocess.run([*terraform.command(), f"-chdir={folder}", *arguments], capture_output=True, check=False)
        assert done.returncode == 0, (done.stdout + done.stderr).decode()
    text = json.loads(done.stdout)
    assert text.startswith("#cloud-config\n")
    return yaml.safe_load(text)


def contents(document: Any) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for file in document["write_files"]:
        assert isinstance(file["content"], str)
        data = file["content"]
        found[file["path"]] = base64.b64decode(data) if file.get("encoding") == "b64" else data.encode()
    return found


@pytest.mark.terraform
def test_what_arrives(tmp_path: Path) -> None:
    data = {"a.py": b"\x00\xff", "empty": b"", "digits": b"\xd7\x6d\xf8", 'b "c" ${d}.sh': b"#!/bin/sh\n"}
    for name, octets in data.items():
        (tmp_path / "web" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "web" / name).write_bytes(octets)
    (tmp_path / "run.sh").write_text("#!/bin/bash\n\n  echo ${x} %{y} | cat\n")
    digests = {name: hashlib.sha256(octets).hexdigest() for name, octets in data.items()}
    environment, password = 'A="${x}"\n\x01\u2028', 'p"\\ ${x} ü'
    document = render(
        tmp_path,
        CONFIG,
        {
            "content": digests,
            "content_root": template(expr("path.module"), "/web"),
            "executables": ('b "c" ${d}.sh',),
            "environment": environment,
            "password": password,
            "address": "10.0.0.1",
            "port": 80,
            "schema": template(expr("path.module"), "/web/a.py"),
            "scripts": expr("path.module"),
        },
    )
    unit = "[Service]\nExecStart=/bin/x $MAINPID ${HOME} 10.0.0.1 $$80\n\n  # Ü\nEnd\n"
    found = contents(document)
    assert {
        path.removeprefix("/opt/guestbook/web/"): found.pop(path) for path in list(found) if "/web/" in path
    } == data
    assert found.pop("/opt/guestbook/web.sha256") == found.pop("/opt/guestbook/b64.sha256")
    assert found == {
        "/etc/guestbook/web.env": environment.encode(),
        "/etc/guestbook/password": password.encode(),
        "/etc/systemd/system/postgresql@.service.d/x.conf": unit.encode(),
        "/etc/schema.sql": b"\x00\xff",
        "/usr/local/bin/run": b"#!/bin/bash\n\n  echo ${x} %{y} | cat\n",
    }
    executable = [file["path"] for file in document["write_files"] if file.get("permissions") == "0755"]
    assert executable == ['/opt/guestbook/web/b "c" ${d}.sh', "/usr/local/bin/run"]
    assert document["packages"] == ["python3-venv", "yes"]
    assert document["apt"]["sources"]["nodesource"]["key"] == "-----BEGIN\n\nx\n"
    first = ["set -e", "systemctl daemon-reload", ["echo", "a: b"]]
    assert document["runcmd"] == [*first, "/usr/local/bin/run", "echo 10.0.0.1", 'echo "${x}"']


@pytest.mark.terraform
def test_escaped_checksums_are_what_sha256sum_reads(tmp_path: Path) -> None:
    names = ["a b", "c\\d", "e\nf", "\\\\n"]
    digests: dict[str, Value] = {}
    for name in names:
        (tmp_path / name).write_text(name)
        digests[name] = hashlib.sha256(name.encode()).hexdigest()
    config = CloudConfig("x", sections=(Section("", ((WriteFile("/x", Checksums("content", plain=False)),),)),))
    listed = contents(render(tmp_path, config, {"content": digests}))["/x"]
    (tmp_path / "list").write_bytes(listed)
    assert listed.count(b"\n") == len(names)
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "list"], cwd=tmp_path, check=True)


PIECES = [
    "${",
    "%{",
    "%{ if true }",
    "$",
    "{",
    '"',
    "\\",
    "\n",
    "\n\n",
    "\r",
    "\t",
    "\x00",
    "\x7f",
    "\x85",
    "\u2028",
    "\ufeff",
    "é",
    "😀",
    " ",
    "#",
    ": ",
    "- ",
    "---",
    "a",
    "'",
    "|",
]
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=30),
)


@pytest.mark.terraform
# Each example runs Terraform: a failing one is not made smaller, which would take minutes.
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.lists(st.tuples(texts, texts), min_size=20, max_size=40), texts)
def test_any_text_arrives(tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]], word: str) -> None:
    files = [WriteFile(f"/plain/{i}", before + after, comment=after) for i, (before, after) in enumerate(pairs)]
    mixed = [WriteFile(f"/mixed/{i}", template(before, expr("x"), after)) for i, (before, after) in enumerate(pairs)]
    paths = [WriteFile(f"/path/{i}{before}", "x") for i, (before, _) in enumerate(pairs)]
    section = Section(word, ((*files, *mixed, *paths),), (word, (word, "a")), word)
    config = CloudConfig(word, (word,), (section,), runcmd_comment=word, packages_comment=word)
    document = render(tmp_path_factory.mktemp("x"), config, {"x": "v"})
    expected = {f"/plain/{i}": (before + after).encode() for i, (before, after) in enumerate(pairs)}
    expected |= {f"/mixed/{i}": (f"{before}v{after}").encode() for i, (before, after) in enumerate(pairs)}
    expected |= {f"/path/{i}{before}": b"x" for i, (before, _) in enumerate(pairs)}
    assert contents(document) == expected
    assert document["packages"] == [word]
    assert document["runcmd"] == ["set -e", word, [word, "a"]]
