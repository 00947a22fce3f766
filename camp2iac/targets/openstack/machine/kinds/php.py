"""PHP pages. Composer installs the packages in ``composer.json``."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine


class Php(ArtifactKind):
    """PHP pages."""

    words = "served by Apache"
    folder = True

    def tools(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """Composer, if there are packages (not only PHP and its extensions) or an autoloader, or if that is unknown."""
        package = inside.json("composer.json")
        required = package.get("require")
        packages = any("/" in name for name in required) if isinstance(required, dict) else False
        return ("composer",) if inside.read is None or packages or "autoload" in package else ()

    def dependencies(self, inside: ArtifactOnMachine) -> Iterable[str]:
        """The extensions that composer.json and the packages in composer.lock require: `ext-gd`."""
        locked = inside.json("composer.lock").get("packages")
        packages = locked if isinstance(locked, list) else []
        for package in (inside.json("composer.json"), *packages):
            required = package.get("require") if isinstance(package, dict) else None
            if isinstance(required, dict):
                yield from (name.lower() for name in required if name.lower().startswith("ext-"))

    def packages(self, inside: ArtifactOnMachine) -> tuple[str, ...]:
        """The same, from the distribution."""
        return self.tools(inside)


KIND = Php()
