"""PHP pages; Composer installs what ``composer.json`` names."""

from __future__ import annotations

from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine


class Php(ArtifactKind):
    """PHP pages."""

    words = "served by Apache"
    folder = True

    def tools(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """Composer, where packages are named, or how classes are found; PHP and its extensions are no packages."""
        package = inside.json("composer.json")
        required = package.get("require")
        packages = any("/" in name for name in required) if isinstance(required, dict) else False
        return ("composer",) if inside.read is None or packages or "autoload" in package else ()

    def packages(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """The same, from the distribution."""
        return self.tools(inside)


KIND = Php()
