"""A base that is applied once, and what Terraform plans for each edit of it: a copy of the module shares the state."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from support.compiler import in_process, permitted
from support.terraform import Terraform

from diff.corpus import Base, CorpusEdit
from diff.planned import Act, acts

#: values for variables without a default; any other text elsewhere
ANSWERS = {
    "image": "debian-12",
    "external_network": "public",
    "log_url": "https://u:p@logs.example.com",
}
_HEROKU_SETTINGS = (
    'provider "heroku" {\n  delays {\n    post_app_create_delay = 0\n    post_space_create_delay = 0\n  }\n}\n'
)


class BaseError(Exception):
    """The base cannot be applied, so none of its edits can be planned."""


class AppliedBase:
    """The base's package in ``work``, and its module with Terraform's state. ``terraform``: with the credentials.

    It is applied when the first plan needs it. ``prepare``: creates what the base expects to exist.
    """

    def __init__(self, base: Base, work: Path, terraform: Terraform, undo: ExitStack) -> None:
        self.base, self.work, self.terraform = base, work, terraform
        self.platform = base.platform
        self.package = base.copy(work / "base")
        self.module = self.synth(self.package, base.release(work / "older") if base.older else None)
        self.undo, self.applied = undo, False
        self.prepare: Callable[[], None] = lambda: None

    def synth(self, package: Path, release: Path | None = None) -> Path:
        """Compile a copy of the package. Returns its module's folder, which Terraform may destroy. ``release``: the
        folder with another camp2iac.
        """
        module = package / "infra" / Path(self.base.environment).stem
        chosen = ("-e", package / self.base.environment)
        words = ("synth", package / "camp.yaml", *chosen, "-o", module, *permitted(module))
        if release is None:
            in_process(*words)
        else:
            command = [sys.executable, "-m", "camp2iac", *words]
            subprocess.run(command, cwd=release, check=True, capture_output=True)  # imports from there
        for file in module.glob("*.tf"):
            text = file.read_text(encoding="utf-8")
            if "prevent_destroy = true" in text:
                file.write_text(text.replace("prevent_destroy = true", "prevent_destroy = false"), encoding="utf-8")
        if self.platform == "heroku":
            (module / "override.tf").write_text(_HEROKU_SETTINGS, encoding="utf-8")
        return module

    def run(self, module: Path, *arguments: str) -> str:
        """One command of Terraform, with answers for the module's variables."""
        environment = {**self.terraform.environment, **answers(module)}
        return replace(self.terraform, environment=environment).run(module, *arguments)

    def apply(self) -> None:
        """Apply the base, unless it is applied. It is destroyed at the end. Raises BaseError."""
        if self.applied:
            return
        self.applied = True
        began = time.monotonic()
        try:
            self.prepare()
            self.terraform.init(self.module)
            self.undo.callback(self.run, self.module, "destroy", "-auto-approve", "-input=false", "-no-color")
            self.run(self.module, "apply", "-auto-approve", "-input=false", "-no-color")
        except (AssertionError, pytest.fail.Exception) as error:
            raise BaseError(str(error)) from error
        print(f"{self.base.name}: applied in {time.monotonic() - began:.0f} s", flush=True)

    @contextmanager
    def edited(self, edit: CorpusEdit) -> Iterator[Path]:
        """The package after an edit, compiled, for the time of the context; gives the package."""
        folder = self.work / "edit"
        shutil.rmtree(folder, ignore_errors=True)
        package = self.base.copy(folder, edit)
        self.synth(package)
        yield package

    def plan(self, package: Path, *arguments: str) -> frozenset[Act]:
        """What Terraform plans for an edited package."""
        self.apply()
        module = package / "infra" / Path(self.base.environment).stem
        shutil.copy2(self.module / "terraform.tfstate", module)
        if _text(module / "versions.tf") == _text(self.module / "versions.tf"):
            shutil.copy2(self.module / ".terraform.lock.hcl", module)
            if not (module / ".terraform").exists():
                (module / ".terraform").symlink_to(self.module / ".terraform")
        else:  # another provider
            self.terraform.init(module)
        return self._planned(module, *arguments)

    def follow(self, package: Path) -> tuple[frozenset[Act], frozenset[Act]]:
        """Apply an edited package. Returns what was planned, and what a second plan still plans. The base is destroyed
        from then on with the new state.
        """
        planned = self.plan(package)
        module = package / "infra" / Path(self.base.environment).stem
        try:
            self.run(module, "apply", "-input=false", "-no-color", "-lock=false", "edit.plan")
            return planned, self._planned(module)
        finally:
            shutil.copy2(module / "terraform.tfstate", self.module)

    def _planned(self, module: Path, *arguments: str) -> frozenset[Act]:
        self.run(module, "plan", "-input=false", "-no-color", "-lock=false", "-out=edit.plan", *arguments)
        return acts(json.loads(self.run(module, "show", "-json", "edit.plan")))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def asked(module: Path) -> list[str]:
    """The variables of a module without a default."""
    text = "".join(file.read_text(encoding="utf-8") for file in sorted(module.glob("*.tf")))
    found = re.findall(r'^variable "(\w+)" \{\n((?:(?!\}).*\n)*)\}', text, re.M)
    return [name for name, body in found if not re.search(r"^  default ", body, re.M)]


def answers(module: Path) -> Mapping[str, str]:
    """Terraform's environment variables for the variables without a default."""
    return {f"TF_VAR_{name}": _answer(name) for name in asked(module)}


def _answer(name: str) -> str:
    if name.endswith("_app_name"):
        return f"app-{name[:20].replace('_', '-')}"
    return ANSWERS.get(name) or ("m1.small" if name.endswith("_flavor") else "lab-answer")
