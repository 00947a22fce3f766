"""Exports workloads as the Score specification describes them (``score.dev/v1b1``)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from camp2iac.detect.plan import PlanText
from camp2iac.diagnostics import Diagnostic
from camp2iac.exporters import env_example
from camp2iac.exporters.env_example import EXAMPLE
from camp2iac.exporters.exporting import Exported, ExportedFile, ExportSource
from camp2iac.exporters.formats.score import outcomes
from camp2iac.exporters.formats.score.decisions import decide
from camp2iac.exporters.formats.score.workloads import ScoreExport, add_all, containers, order
from camp2iac.exporters.variables import OperatorVariables
from camp2iac.importers.draft import write_mapping
from camp2iac.targets.kit import enter


class ScoreExporter:
    """The exporter of Score workloads: a file for each component."""

    title = "Score workloads"
    target = "docker"

    def write(self, source: ExportSource) -> Exported | None:
        """The workloads, and what their images are built from."""
        layout = decide(source)
        if not layout.images:
            source.diagnostics.add(
                Diagnostic(
                    "CAMP776",
                    "Score describes components, and no component of this plan runs in a container",
                    source.topology.span,
                    help="write  camp2iac export compose,  which describes services as well",
                )
            )
            return None
        made = ScoreExport(layout, OperatorVariables(source.topology))
        add_all(made)
        enter(source.ledger, outcomes.outcomes(made))
        for id_ in made.documents:
            made.files[made.file(id_)] = ExportedFile(_text(made, id_).encode())
        used = tuple(made.variables.used.values())
        if used:
            example = env_example.text("score", source.topology.file, used, defaults=False)
            made.files[EXAMPLE] = ExportedFile(example.encode())
        return Exported(made.files, tuple(_steps(made)))


def _text(made: ScoreExport, component: str) -> str:
    """The text of a workload."""
    out, topology = PlanText(), made.layout.topology
    out.say(0, f"Written by  camp2iac export score  from {topology.file}")
    out.say(0, f"{topology.file}:{topology.components[component].span.line}: {topology.components[component].name}")
    write_mapping(out, 0, made.documents[component])
    return "\n".join(out.lines) + "\n"


def _steps(made: ScoreExport) -> Iterator[str]:
    """The commands of score-compose, for example. It reads a workload with a build only after those it connects to."""
    if wanted := [each.name for each in made.variables.used.values()]:
        yield f"cp {EXAMPLE} .env,  and write the values of {', '.join(wanted)}"
    first, circle = order(made)
    yield "score-compose init --no-sample"
    for id_ in first:
        words = ["score-compose generate", made.file(id_)]
        if not made.layout.images[id_].name:
            context = json.dumps({"context": f"./build/{id_}"}, separators=(",", ":"))
            words += [f"--build '{name}={context}'" for name in containers(made.layout, id_)]
        yield " ".join(words)
    if circle:
        files = " ".join(made.file(id_) for id_ in circle)
        yield "build the images of the others, and write their names instead of  image: ."
        yield f"score-compose generate {files}"
    yield "docker compose up --wait"


EXPORTER = ScoreExporter()
