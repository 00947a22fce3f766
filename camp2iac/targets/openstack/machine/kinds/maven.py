"""A Java project that Maven builds on the instance: a JAR that Java runs, or a web archive for a servlet container."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine, StartCommand
from camp2iac.targets.openstack.machine.render import shell


class JavaProject(ArtifactKind):
    """Java source. ``wrapper``: the script in the content that downloads the tool."""

    words = "built on its instances"
    folder = True
    releases = False
    wrapper = ""

    def tools(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """The compiler unless the vendor has it, and the tool unless the content has its wrapper."""
        source = inside.given.source(inside.service)
        compiler = () if source is not None and inside.component.kind in source.kinds else ("jdk",)
        names = compiler if self.wrapper in inside.files else (*compiler, *self.own)
        return tuple(inside.recipe.at[name] for name in names)

    @property
    def own(self) -> tuple[str, ...]:
        """The tool, by its name in the recipe's ``at``. Empty: the distribution does not have it."""
        return ()

    def packages(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """The same, from the distribution, and curl for a wrapper."""
        return (*self.tools(inside), *(("curl",) if self.wrapper in inside.files else ()))

    def web(self, inside: ArtifactOnMachine) -> StartCommand:
        """Java, with the archive that the build created. A JAR can refer to libraries beside itself."""
        heap = inside.attributes.get("heap")
        memory = f"-Xmx{heap}m " if heap else ""
        jar = shell(f"{inside.folder}.jar")
        return StartCommand(line=f'exec java {memory}-Dserver.port="$PORT" -jar "$(readlink --canonicalize {jar})"')


class Maven(JavaProject):
    """A project with a ``pom.xml``."""

    wrapper = "mvnw"

    @property
    def own(self) -> tuple[str, ...]:
        """The distribution's Maven."""
        return ("maven",)


KIND = Maven()
