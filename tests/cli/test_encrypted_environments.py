"""Environment files that sops encrypted, with a program ``sops`` that does the same without keys."""

from __future__ import annotations

import base64
import os
import sys
from pathlib import Path

import pytest
from running import PLAN, Command
from test_diff import git_in

from camp2iac.compiler import sops

CANARY = "canary-5e7d0c1f"
MORE = """\
      - requirement_type: org.camp2iac:Env
        GREETING: { parameter: greeting }
org.camp2iac:Parameters:
  greeting: { description: The first words, default: Hello }
  most: { default: 3 }
  port: { type: number, default: 25 }
"""
METADATA = """\
sops:
    kms: []
    hc_vault: []
    lastmodified: "2026-12-02T20:00:00Z"
    mac: ENC[AES256_GCM,data:bWFj,iv:aXY=,tag:dGFn,type:str]
    unencrypted_suffix: _unencrypted
    version: 3.9.4
"""
# Decrypts what `encrypted` made, and notes how it was started.
PROGRAM = """\
#!{python} -IS
import base64, re, sys
given = sys.stdin.read()
open({noted!r}, "a").write(" ".join(sys.argv[1:]) + "\\n")
plain = lambda found: base64.b64decode(found[1]).decode()
print(re.sub(r"ENC\\[AES256_GCM,data:([^,]*),.*?\\]", plain, given[: given.index("\\nsops:") + 1]), end="")
"""


def encrypted(text: str, kind: str = "str") -> str:
    """A value in the form of sops."""
    return f"ENC[AES256_GCM,data:{base64.b64encode(text.encode()).decode()},iv:aXY=,tag:dGFn,type:{kind}]"


PART = f"target: heroku\nregion: us\nparameters:\n    greeting: {encrypted(CANARY)}\n{METADATA}"
WHOLE = f"#{encrypted('a comment')}\ntarget: {encrypted('heroku')}\nparameters:\n    greeting: {encrypted(CANARY)}\n"
WHOLE += METADATA


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Put ``sops`` on the PATH."""
    (folder / "bin").mkdir(exist_ok=True)
    (folder / "bin/sops").write_text(text)
    (folder / "bin/sops").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def plan(shop: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a plan that uses a parameter, and ``sops`` on the PATH."""
    head, networks = PLAN.split("org.camp2iac:Networks:")
    (shop / "camp.yaml").write_text(f"{head}{MORE}org.camp2iac:Networks:{networks}")
    place = tmp_path_factory.mktemp("sops")
    program(place, monkeypatch, PROGRAM.format(python=sys.executable, noted=str(place / "noted")))
    monkeypatch.setenv("NOTED", str(place / "noted"))
    return shop


def write(plan: Path, text: str) -> str:
    (plan / "environments/prod.yaml").write_text(text)
    return "environments/prod.yaml"


def noted() -> list[str]:
    file = Path(os.environ["NOTED"])
    return file.read_text().splitlines() if file.exists() else []


def shown(place: Path) -> list[str]:
    """The files below a folder that contain the canary, in any form that is easy to read back."""
    forms = [CANARY.encode(), CANARY[::-1].encode(), CANARY.encode().hex().encode()]
    return [
        str(path) for path in place.rglob("*") if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]


@pytest.mark.parametrize("text", [WHOLE, PART], ids=["whole", "part"])
def test_an_encrypted_parameter_is_a_sensitive_variable(plan: Path, camp2iac: Command, text: str) -> None:
    file = write(plan, text)
    done = camp2iac("synth", "camp.yaml", "-e", file)
    assert (done.status, CANARY in done.out + done.err) == (0, False)
    block = (plan / "infra/prod/variables.tf").read_text().partition('variable "greeting" {')[2].partition("}")[0]
    assert "sensitive   = true" in block
    assert "default" not in block
    assert "its value is encrypted in environments/prod.yaml" in (plan / "infra/prod/variables.tf").read_text()
    assert not shown(plan)
    assert set(noted()) == {"--decrypt --input-type yaml --output-type yaml /dev/stdin"}


def test_the_same_file_in_clear_shows_what_is_looked_for(plan: Path, camp2iac: Command) -> None:
    file = write(plan, f"target: heroku\nparameters: {{ greeting: {CANARY} }}\n")
    assert camp2iac("synth", "camp.yaml", "-e", file).status == 0
    assert any(path.endswith("infra/prod/variables.tf") for path in shown(plan))
    assert CANARY in camp2iac("matrix", "camp.yaml", "-e", file, "--all").out
    assert not noted()


@pytest.mark.parametrize(
    "target", ["openstack\nimage: debian-12\nexternal_network: public", "heroku", "docker", "kubernetes"]
)
def test_no_platform_writes_the_value(plan: Path, camp2iac: Command, target: str) -> None:
    file = write(plan, f"target: {target}\nparameters:\n    greeting: {encrypted(CANARY)}\n{METADATA}")
    for form in ("hcl", "json"):
        done = camp2iac("synth", "camp.yaml", "-e", file, "-o", f"out-{form}", "--format", form)
        assert (done.status, CANARY in done.out + done.err) == (0, False), done.out + done.err
        assert (plan / f"out-{form}/.camp2iac.json").is_file()
    assert not shown(plan)


@pytest.mark.parametrize(
    "line",
    [
        "validate -e FILE",
        "validate -e FILE --output json",
        "port -e FILE --output json",
        "matrix -e FILE --all",
        "matrix -e FILE -e environments/heroku.yaml --output json",
        "matrix -e FILE -e environments/heroku.yaml --output markdown",
        "secrets -e FILE",
        "secrets -e FILE --output json",
        "graph -e FILE --output json",
        "content -e FILE",
        "why var.greeting",
        "why FILE:4",
        "synth -e FILE --output json",
        "synth -e FILE --check",
    ],
)
def test_no_report_shows_the_value(plan: Path, camp2iac: Command, line: str) -> None:
    file = write(plan, PART)
    assert camp2iac("synth", "camp.yaml", "-e", file).status == 0
    done = camp2iac(*line.replace("FILE", file).split())
    assert CANARY not in done.out + done.err
    assert (done.status, bool(done.out + done.err)) == (0, True)
    assert not shown(plan)


@pytest.mark.parametrize("form", ["pretty", "json", "markdown"])
def test_a_difference_names_it_only(plan: Path, camp2iac: Command, form: str) -> None:
    file = write(plan, "target: heroku\nregion: us\n")
    call = git_in(plan)
    call("init", "-q")
    call("add", "-A")
    call("commit", "-qm", "first")
    write(plan, PART)
    done = camp2iac("diff", "-e", file, "--output", form)
    assert done.status in (0, 1), done.err
    assert "greeting" in done.out
    assert CANARY not in done.out + done.err
    assert encrypted(CANARY) not in done.out
    assert not shown(plan)


def test_the_matrix_and_the_secrets_name_it(plan: Path, camp2iac: Command) -> None:
    file = write(plan, PART)
    done = camp2iac("matrix", "camp.yaml", "-e", file, "-e", "environments/heroku.yaml")
    assert "GREETING" in done.out
    assert "•••" in done.out
    assert "environments/prod.yaml:4, parameter greeting" in done.out
    assert "ENC[" not in done.out
    assert "sops" not in done.out
    assert camp2iac("synth", "camp.yaml", "-e", file).status == 0
    assert "greeting" in camp2iac("secrets", "camp.yaml", "-e", file).out


def test_without_sops(plan: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(plan))
    done = camp2iac("validate", "camp.yaml", "-e", write(plan, PART))
    assert done.status == 1
    assert "error[CAMP169]: environments/prod.yaml is encrypted by sops, and sops is not on the PATH" in done.out
    assert "--> environments/prod.yaml:5:1" in done.out
    assert "install sops" in done.out
    assert "CAMP313" not in done.out


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("echo 'Failed to get the data key' >&2; exit 128", "sops: Failed to get the data key"),
        ("echo 'MAC mismatch. File has A1, computed B2' >&2; exit 51", "sops: MAC mismatch: the file was changed"),
        ("exit 4", "sops: exit status 4"),
        ("echo 'other: x'", "sops: it did not return the keys of the file"),
        ("printf '\\377'", "sops: it did not return UTF-8"),
        ("yes", "sops: it returned more than 4 MiB"),
        (f"echo 'a: [{CANARY}'", "sops: it did not return the keys of the file"),
        (f"echo 'key AGE-SECRET-KEY-1{'Q' * 40} token={CANARY}' >&2; exit 1", "sops: key"),
        ("yes AAAA >&2 & sleep 1; kill $!; exit 3", "sops: AAAA AAAA"),
        ("sleep 60 & exec 0<&-; exit 5", "sops: it did not end within 1 seconds"),
        ("sleep 60", "sops: it did not end within 1 seconds"),
    ],
)
def test_sops_fails(
    plan: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str, said: str
) -> None:
    program(tmp_path, monkeypatch, f"#!/bin/sh\n{body}\n")
    if "sleep 60" in body:
        monkeypatch.setattr(sops, "_SECONDS", 1)
    done = camp2iac("validate", "camp.yaml", "-e", write(plan, PART))
    assert done.status == 1
    assert "error[CAMP170]: sops cannot decrypt environments/prod.yaml" in done.out
    assert "--> environments/prod.yaml:5:1" in done.out
    assert said in done.out
    assert CANARY not in done.out
    assert "QQQQ" not in done.out
    assert "computed" not in done.out
    assert len(done.out) < 2000


def test_what_cannot_be_started(plan: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program(tmp_path, monkeypatch, "#!/nowhere/python\n")
    done = camp2iac("validate", "camp.yaml", "-e", write(plan, PART))
    assert "error[CAMP170]" in done.out


@pytest.mark.parametrize(
    "keys",
    [
        "    hc_vault:\n    - vault_address: https://vault.example.org\n      enc: x\n",
        "    key_groups:\n    - hc_vault:\n      - vault_address: https://vault.example.org\n",
    ],
)
def test_no_token_goes_to_a_server_that_the_file_names(plan: Path, camp2iac: Command, keys: str) -> None:
    file = write(plan, PART.replace("    hc_vault: []\n", keys))
    done = camp2iac("validate", "camp.yaml", "-e", file)
    assert "error[CAMP170]" in done.out
    assert "choose the server that gets your token" in done.out
    assert not noted()


def test_an_encrypted_key_is_not_written_in_clear(plan: Path, camp2iac: Command) -> None:
    names = "".join(f"    v{number}: {encrypted(CANARY)}\n" for number in range(6))
    text = (
        f"target: heroku\nregion: {encrypted(CANARY)}\nvariables:\n  web:\n{names}scale:\n    web: {encrypted('2')}\n"
    )
    file = write(plan, f"{text}parameters:\n    greeting: {encrypted(CANARY)}\n{METADATA}")
    done = camp2iac("synth", "camp.yaml", "-e", file)
    assert done.status == 1
    assert "error[CAMP171]: the output would contain in clear what is encrypted: region, variables.web.v0" in done.err
    assert "variables.web.v3 and 3 more" in done.err
    assert "--> environments/prod.yaml:2:9" in done.err
    assert CANARY not in done.err
    assert not (plan / "infra").exists()
    assert not shown(plan)


def test_a_list_can_have_an_encrypted_item(plan: Path, camp2iac: Command) -> None:
    file = write(plan, f"target: openstack\nssh_from:\n    - {encrypted(CANARY)}\n{METADATA}")
    done = camp2iac("validate", "camp.yaml", "-e", file)
    assert "what is encrypted: ssh_from.1" in done.out
    assert CANARY not in done.out


def test_a_parameter_that_the_compiler_must_know(plan: Path, camp2iac: Command) -> None:
    (plan / "camp.yaml").write_text((plan / "camp.yaml").read_text().replace("max: 3", "max: { parameter: most }"))
    file = write(plan, f"target: heroku\nparameters:\n    most: {encrypted('7', 'int')}\n{METADATA}")
    done = camp2iac("synth", "camp.yaml", "-e", file)
    assert done.status == 1
    assert "error[CAMP171]: the output would contain in clear what is encrypted: parameter most, the max of" in done.err
    assert "--> environments/prod.yaml:3:11" in done.err
    assert not (plan / "infra").exists()
    assert camp2iac("synth", "camp.yaml", "-e", file, "--set", "most=4").status == 0


def test_a_value_that_does_not_fit(plan: Path, camp2iac: Command) -> None:
    file = write(plan, f"target: heroku\nparameters:\n    port: {encrypted(CANARY)}\n{METADATA}")
    done = camp2iac("validate", "camp.yaml", "-e", file)
    assert "error[CAMP602]: the encrypted value of parameter port is not a number" in done.out
    assert "--> environments/prod.yaml:3:11" in done.out
    assert CANARY not in done.out


def test_a_parameter_that_the_plan_does_not_have(plan: Path, camp2iac: Command) -> None:
    file = write(plan, f"target: heroku\nparameters:\n    greting: {encrypted(CANARY)}\n{METADATA}")
    done = camp2iac("validate", "camp.yaml", "-e", file)
    assert "error[CAMP601]" in done.out
    assert "--> environments/prod.yaml:3:5" in done.out
    assert CANARY not in done.out


def test_an_encrypted_target_is_not_quoted(plan: Path, camp2iac: Command) -> None:
    done = camp2iac("validate", "camp.yaml", "-e", write(plan, f"target: {encrypted(CANARY)}\n{METADATA}"))
    assert "error[CAMP604]: the encrypted target is not the name of a platform" in done.out
    assert CANARY not in done.out


def test_only_sops_edits_the_file(plan: Path, camp2iac: Command) -> None:
    clear = PART.partition("sops:")[0].replace("region", "regoin")
    file = write(plan, clear.replace(encrypted(CANARY), "Hello"))
    assert camp2iac("validate", "camp.yaml", "-e", file, "--fix").status == 0
    file = write(plan, clear + METADATA)
    done = camp2iac("validate", "camp.yaml", "-e", file, "--fix")
    assert done.status == 1
    assert "write  region" in done.out
    assert (plan / file).read_text() == clear + METADATA


def test_without_the_metadata_it_is_a_key_like_others(plan: Path, camp2iac: Command) -> None:
    done = camp2iac("validate", "camp.yaml", "-e", write(plan, "target: heroku\nsops: { version: 3.9.4 }\n"))
    assert "error[CAMP313]" in done.out
    assert not noted()
