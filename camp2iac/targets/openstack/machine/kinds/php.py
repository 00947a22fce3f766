"""PHP pages. Composer installs the packages in ``composer.json``."""

from __future__ import annotations

from collections.abc import Iterable

from camp2iac.catalogue import systems
from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.machine.kinds import ArtifactKind, ArtifactOnMachine

#: Extensions that PHP itself has, or that the packages bring that each instance with PHP gets.
_BUILT_IN = frozenset(
    (
        "calendar",
        "core",
        "ctype",
        "curl",
        "date",
        "dom",
        "exif",
        "ffi",
        "fileinfo",
        "filter",
        "ftp",
        "gettext",
        "hash",
        "iconv",
        "json",
        "libxml",
        "mbstring",
        "opcache",
        "openssl",
        "pcntl",
        "pcre",
        "pdo",
        "phar",
        "posix",
        "random",
        "readline",
        "reflection",
        "session",
        "shmop",
        "simplexml",
        "sockets",
        "sodium",
        "spl",
        "standard",
        "sysvmsg",
        "sysvsem",
        "sysvshm",
        "tokenizer",
        "xml",
        "xmlreader",
        "xmlwriter",
        "zend-opcache",
        "zlib",
    )
)


class Php(ArtifactKind):
    """PHP pages."""

    words = "served by Apache"
    folder = True

    def check(self, inside: ArtifactOnMachine) -> None:
        """CAMP439: composer.json requires an extension that no package of the instances has."""
        os = inside.given.infrastructure.os
        if systems.known_family(os) != "debian":
            return
        source, linked = inside.given.source(inside.service), inside.recipe.linked
        known = {*inside.recipe.compiles, *(source.compiles if source is not None else ())}
        by_links = {package for packages in linked.values() for package in packages}
        own = {name for packages in inside.component.packages for name in packages.families.get("debian", ())}
        for name in sorted({each.removeprefix("ext-") for each in self.dependencies(inside)} - _BUILT_IN):
            if f"ext-{name}" not in known and f"php-{name}" not in by_links and not any(name in each for each in own):
                inside.given.context.diagnostics.add(_no_package(inside, name))

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


def _no_package(inside: ArtifactOnMachine, name: str) -> Diagnostic:
    content = inside.component.content
    return Diagnostic(
        "CAMP439",
        f"composer.json of {inside.component.name} requires ext-{name}, which instances do not have",
        content.href.span if content.href else content.span,
        label="Composer then installs nothing",
        help="if a package of the distribution has it, add to the requirements of the artifact\n"
        f"  - requirement_type: org.camp2iac:Packages\n    debian: [php-{name}]\n"
        f"or remove ext-{name} from composer.json",
    )


KIND = Php()
