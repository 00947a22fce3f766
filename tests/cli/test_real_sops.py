"""Environment files that the real sops encrypted, with a key of age."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from running import Command
from test_encrypted_environments import CANARY, MORE, PLAN, shown

TEXT = f"target: heroku\n# why\nregion: us\nparameters:\n  greeting_hidden: {CANARY}\n  port: 2525\n"


@pytest.fixture
def key(shop: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> str:
    """The recipient of a new key, which sops finds, and the plan for `TEXT`."""
    if not shutil.which("sops") or not shutil.which("age-keygen"):
        pytest.skip("SOPS IS NOT HERE, or age-keygen is not: no file that it encrypted was read")
    file = tmp_path_factory.mktemp("key") / "key.txt"
    done = subprocess.run(["age-keygen", "-o", str(file)], capture_output=True, text=True, check=True)
    monkeypatch.setenv("SOPS_AGE_KEY_FILE", str(file))
    head, networks = PLAN.split("org.camp2iac:Networks:")
    more = MORE.replace("parameter: greeting", "parameter: greeting_hidden").replace(
        "  greeting:", "  greeting_hidden:"
    )
    more = more.replace("org.camp2iac:Parameters", "        MAIL_PORT: { parameter: port }\norg.camp2iac:Parameters")
    (shop / "camp.yaml").write_text(f"{head}{more}org.camp2iac:Networks:{networks}")
    return done.stderr.split()[-1]


def encrypt(plan: Path, key: str, text: str, *options: str) -> str:
    """An environment file that sops encrypted. Its plaintext is not on the disk."""
    command = ["sops", "--encrypt", "--input-type", "yaml", "--output-type", "yaml", "--age", key, *options]
    done = subprocess.run([*command, "/dev/stdin"], input=text, capture_output=True, text=True, check=True)
    assert "\nsops:\n" in done.stdout
    (plan / "environments/prod.yaml").write_text(done.stdout)
    return "environments/prod.yaml"


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--encrypted-regex", "^parameters$"),
        ("--encrypted-regex", "^(greeting_hidden|port)$"),
        ("--encrypted-suffix", "_hidden"),
        ("--unencrypted-regex", "^(target|region)$"),
        ("--encrypted-regex", "^greeting_hidden$", "--mac-only-encrypted"),
    ],
    ids=["whole", "section", "names", "suffix", "others", "mac"],
)
def test_what_sops_encrypts_is_read(shop: Path, camp2iac: Command, key: str, options: tuple[str, ...]) -> None:
    text = TEXT if options else TEXT.replace("region: us\n", "")  # camp2iac must know a region
    file = encrypt(shop, key, text, *options)
    assert CANARY not in (shop / file).read_text()
    done = camp2iac("synth", "camp.yaml", "-e", file)
    assert (done.status, CANARY in done.out + done.err) == (0, False), done.err
    block = (
        (shop / "infra/prod/variables.tf").read_text().partition('variable "greeting_hidden" {')[2].partition("}")[0]
    )
    assert "sensitive   = true" in block
    assert "default" not in block
    assert not shown(shop)


def test_an_encrypted_region(shop: Path, camp2iac: Command, key: str) -> None:
    done = camp2iac("validate", "camp.yaml", "-e", encrypt(shop, key, TEXT))
    assert "error[CAMP171]: the output would contain in clear what is encrypted: region" in done.out
    assert CANARY not in done.out


def test_without_the_key(shop: Path, camp2iac: Command, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = encrypt(shop, key, TEXT)
    monkeypatch.setenv("SOPS_AGE_KEY_FILE", str(shop / "nothing"))
    done = camp2iac("validate", "camp.yaml", "-e", file)
    assert "error[CAMP170]: sops cannot decrypt environments/prod.yaml" in done.out
    assert key in done.out  # the recipient, which is public, says which key to look for
    assert "Failed to get the data key" in done.out


def test_a_file_that_was_changed_without_sops(shop: Path, camp2iac: Command, key: str) -> None:
    file = shop / encrypt(shop, key, TEXT, "--encrypted-regex", "^greeting_hidden$")
    file.write_text(file.read_text().replace("region: us", "region: eu"))
    done = camp2iac("validate", "camp.yaml", "-e", "environments/prod.yaml")
    assert "sops: MAC mismatch: the file was changed without sops" in done.out
    assert "computed" not in done.out


def test_the_value_for_terraform(shop: Path, key: str) -> None:
    """The command of docs/environments.md that gives Terraform the value."""
    file = encrypt(shop, key, TEXT, "--encrypted-regex", "^greeting_hidden$")
    command = ["sops", "decrypt", "--extract", '["parameters"]["greeting_hidden"]', file]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == CANARY
