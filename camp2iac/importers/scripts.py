"""Scripts of a source: artifacts of the plan that Linux runs once, in their order."""

from __future__ import annotations

import re
from collections.abc import Mapping

from camp2iac.importers.draft import DraftArtifact, DraftCharacteristic, DraftRequirement
from camp2iac.importers.tiers import ImportedApplication, ImportedService, ImportedTier
from camp2iac.record import Record

FOLDER = "scripts"
_SHELL = re.compile(r"#![ \t]*(?:/usr)?/bin/(?:env[ \t]+)?(?:ba|da)?sh\b")
NO_ADDRESS = "scripts that run once get no addresses"
OTHER_LANGUAGE = "instances run shell scripts only"


class ScriptHost(Record):
    """Where the scripts of one node run: a service with Linux, which the first script adds to its tier."""

    application: ImportedApplication
    tier: ImportedTier
    name: str
    why: str
    service: ImportedService | None = None

    def add(self, name: str, text: str, variables: Mapping[str, str], why: str) -> DraftArtifact | None:
        """Run a script. ``variables``: exported at its beginning. None if it is not a shell script."""
        if not is_shell(text):
            return None
        application = self.application
        if self.service is None:
            id_ = application.id(self.name, "software")
            self.service = ImportedService(id_, [DraftCharacteristic("Linux")], self.why)
            self.tier.services.append(self.service)
        artifact_name = application.id(f"{self.name}-{name}", "script")
        path = f"{FOLDER}/{artifact_name}.sh"
        application.plan.files[path] = script(text, variables).encode("utf-8", "replace")
        artifact = DraftArtifact(artifact_name, "org.gnu.bash:Script", path, why=why)
        artifact.requirements.append(DraftRequirement("org.linux:InstallOn", fulfillment=f"id:{self.service.id}"))
        application.plan.artifacts.append(artifact)
        return artifact


def is_shell(text: str) -> bool:
    """Whether bash can run a script: it says so, or says nothing."""
    return _SHELL.match(text) is not None if text.startswith("#!") else bool(text.strip())


def script(text: str, variables: Mapping[str, str]) -> str:
    """The script, with exported variables at its beginning."""
    text = text.replace("\r\n", "\n")
    head, _, body = text.partition("\n") if text.startswith("#!") else ("#!/bin/bash", "", text)
    exports = "".join(f"export {name}={quoted(value)}\n" for name, value in variables.items())
    return f"{head}\n{exports}{body}" if body.endswith("\n") else f"{head}\n{exports}{body}\n"


def quoted(text: str) -> str:
    """A string for bash."""
    return "'" + text.replace("'", "'\\''") + "'"
