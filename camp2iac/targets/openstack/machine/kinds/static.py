"""Static files for a web server, or a site that Node.js builds."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.component_build import ComponentBuild
from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine
from camp2iac.targets.programs.builds import sites


class Static(ArtifactKind):
    """Static files."""

    words = "files, served as they are"
    folder = True

    def build(self, inside: ArtifactOnMachine) -> ComponentBuild | None:
        """The plan's command, or the scripts of package.json, if the folder that they fill is known (CAMP222)."""
        content, planned, named = inside.node, inside.component.build, inside.options.get("output")
        output = sites.output(content, named) if content is not None else sites.folder(named or "")
        if not output:
            if planned is not None and inside.component.id not in inside.given.context.broken:
                inside.given.context.diagnostics.add(sites.unknown(inside.component))
            return None
        command = planned.command if planned else content.command() if content is not None else ""
        return ComponentBuild(command, node=True, output=output)


KIND = Static()
