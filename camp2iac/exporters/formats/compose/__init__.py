"""Exports Compose files, as the Compose specification describes them, with what their images are built from."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.detect.plan import PlanText, scalar
from camp2iac.exporters import env_example
from camp2iac.exporters.env_example import EXAMPLE
from camp2iac.exporters.exporting import Exported, ExportedFile, ExportSource
from camp2iac.exporters.formats.compose import outcomes
from camp2iac.exporters.formats.compose.decisions import decide, ports
from camp2iac.exporters.formats.compose.services import ComposeFile, add_all
from camp2iac.exporters.variables import OperatorVariable, OperatorVariables
from camp2iac.importers import DraftValue
from camp2iac.importers.draft import write_mapping
from camp2iac.targets.containers.layout import names
from camp2iac.targets.kit import enter

MAIN = "compose.yaml"


class ComposeExporter:
    """The exporter of Compose files."""

    title = "Compose files"
    target = "docker"

    def write(self, source: ExportSource) -> Exported | None:
        """The project, and what its images are built from."""
        layout = decide(source)  # with a container: the platform refuses plans without one (CAMP472)
        made = ComposeFile(layout, ports(layout), OperatorVariables(source.topology))
        add_all(made)
        enter(source.ledger, outcomes.outcomes(made))
        used = tuple(made.variables.used.values())
        main = source.main or MAIN
        made.files[main] = ExportedFile(_text(made).encode())
        if used:
            made.files[EXAMPLE] = ExportedFile(env_example.text("compose", source.topology.file, used).encode())
        return Exported(made.files, tuple(_steps(main, used)))


def _text(made: ComposeFile) -> str:
    """The text of the Compose file."""
    out, topology = PlanText(), made.layout.topology
    out.say(0, f"Written by  camp2iac export compose  from {topology.file}")
    out.put(0, f"name: {scalar(names.application(topology))}")
    out.lines += ["", "services:"]
    for number, (name, entry) in enumerate(made.services.items()):
        if number:
            out.lines.append("")
        out.say(1, made.origins[name])
        out.put(1, f"{scalar(name)}:")
        write_mapping(out, 2, entry)
    for title, section in (
        ("networks", _networks(made)),
        ("volumes", made.volumes),
        ("secrets", made.secrets),
        ("configs", made.configs),
    ):
        if section:
            out.lines += ["", f"{title}:"]
            write_mapping(out, 1, section)
    return "\n".join(out.lines) + "\n"


def _networks(made: ComposeFile) -> dict[str, DraftValue]:
    """The networks of the plan. Compose adds ``default`` itself."""
    found: dict[str, DraftValue] = {}
    for network in made.layout.networks.values():
        if network.plan is None:
            continue
        if network.existing:
            found[network.id] = {"external": True, "name": network.existing}
        else:
            found[network.id] = {"ipam": {"config": [{"subnet": network.plan.cidr}]}} if network.plan.cidr else {}
    return found


def _steps(main: str, used: Iterable[OperatorVariable]) -> list[str]:
    steps = []
    if wanted := [each.name for each in used if each.default is None or not each.whole]:
        steps.append(f"cp {EXAMPLE} .env,  and write the values of {', '.join(wanted)}")
    steps.append("docker compose up --wait" if main == MAIN else f"docker compose -f {main} up --wait")
    return steps


EXPORTER = ComposeExporter()
