"""The lines of camp-status that only some instances need: of schedules, commands of companions, and certificates."""

from __future__ import annotations

import re
from collections.abc import Iterable

from camp2iac.record import replace
from camp2iac.synth.module import Template
from camp2iac.targets.openstack.machine.halves import InstanceScript

# By the beginning of the checks that need them: the ending of the file's name, and the lines
_EXTRAS = {
    "scheduled ": ("-schedules", re.compile(r"^.*# schedules$\n", re.MULTILINE)),
    "checked ": ("-commands", re.compile(r"^.*# commands$\n", re.MULTILINE)),
    "certificate ": ("-certificates", re.compile(r"^.*# certificates$\n", re.MULTILINE)),
}


def needed(script: InstanceScript, checks: Iterable[str | Template]) -> InstanceScript:
    """The script with the lines that these checks need. Its file's name says which it has: tiers share files."""
    known = tuple(map(str, checks))
    for what, (ending, lines) in _EXTRAS.items():
        if not any(check.startswith(what) for check in known):
            script = replace(script, text=lines.sub("", script.text))
        elif lines.search(script.text):
            script = replace(script, file=script.file.replace(".", f"{ending}.", 1))
    return script
