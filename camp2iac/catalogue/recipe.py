"""How a product is installed on an instance: the ``machine:`` of its ``product.yaml``, as records.

The records have the defaults. ``product.schema.json`` describes the same keys for editors and checks.
``docs/writing-a-product.md`` lists them from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from camp2iac.catalogue.sandbox import Sandbox
from camp2iac.catalogue.vendor import Vendor
from camp2iac.catalogue.versions import Version
from camp2iac.record import Record, convert, field


class Unit(Record, frozen=True, forbid_unknown_fields=True):
    """The systemd unit that comes with the distribution's package.

    ``running``: the unit that camp-status checks. ``drop_in``: the unit that gets a drop-in. Both can contain
    ``{release}``. ``comment``: above the drop-in, if the service has a volume. ``more``: lines for ``[Service]``. A
    line that names an attribute is left out if the attribute is not set.
    """

    running: str
    drop_in: str
    comment: str = ""
    more: tuple[str, ...] = ()


class TemplateFile(Record, frozen=True, forbid_unknown_fields=True):
    """A file that is rendered from a template before the install script runs.

    ``path``: a form with ``{lib}``, ``{app}``, ``{id}`` and ``{component}``. ``template``: its name in ``templates/``.
    ``permissions``: such as ``0644``. ``comment``: above the file in the document. ``more``: more names for this
    template (``with:`` in the file).
    """

    path: str
    template: str
    permissions: str = "0644"
    comment: str = ""
    more: Mapping[str, Any] = field(default_factory=dict, name="with")


class Repository(Record, frozen=True, forbid_unknown_fields=True):
    """The apt repository of a vendor.

    ``name``: the name of its file. ``source``: the line of sources.list, such as
    ``deb [signed-by=$KEY_FILE] https://... main``. ``key``: the armoured public key. Or ``keyid``: its fingerprint,
    which is fetched from ``keyserver``.
    """

    name: str
    source: str
    key: str = ""
    keyid: str = ""
    keyserver: str = ""


class WebProcess(Record, frozen=True, forbid_unknown_fields=True):
    """The web process of a component whose plan names none.

    ``command``: a form with ``{folder}``, attributes, and the names that the artifact's kind fills in
    (``{application}``). Empty: the kind has the command. ``notify``: it notifies systemd when it is ready.
    ``comment``: a comment for its unit.
    """

    command: str = ""
    notify: bool = False
    comment: str = ""


class SELinux(Record, frozen=True, forbid_unknown_fields=True):
    """Settings of SELinux: the types of the server's ``port`` and ``data``, and the ``booleans`` to set."""

    port: str = ""
    data: str = ""
    booleans: tuple[str, ...] = ()


class Recipe(Record, frozen=True, forbid_unknown_fields=True):
    """How a product is installed on one family of operating systems. ``templates/install.sh.j2`` is the script.

    ``packages``: packages of the distribution, or release to packages. ``rerun``: its components can be updated in
    place. ``at``: files, programs and users in templates that differ between families. ``selinux``: settings for
    systems with SELinux. ``linked``: more packages, by the products that its components connect to. ``compiles``: the
    same, by the dependencies that instances compile. ``apt``: operating system to the repository of a vendor, for the
    releases in ``available``. ``vendors``: repositories for releases that the distribution lacks. ``unit``: the unit of
    the packaged server. ``late``: the script writes the drop-in, after the package's own start.
    ``sandbox``: what its processes need although the sandbox would deny it. None: a packaged server has no sandbox.
    ``told``: its components have environment variables. ``user``: the user of the packaged server. ``path``: folders
    that come first in PATH, a form with ``{folder}``. ``environment``: lines for the units of processes. ``proxied``:
    the same, for components behind a load balancer or a web server. ``web``: its web process. ``jdbc``: the URL for
    Java, a form like that of a link. Empty: it has none. ``jdbc_variables``: its components get ``JDBC_..._URL``.
    ``trust``: the variable with the path of a CA that its components trust beside those that they know.
    ``patterns``: attribute or option to the regular expression that its value must match. ``files``: files from
    templates. ``component_files``: the same, for each component.
    """

    packages: tuple[str, ...] | Mapping[str, tuple[str, ...]] = ()
    rerun: bool = False
    at: Mapping[str, str] = field(default_factory=dict)
    selinux: SELinux | None = None
    linked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    compiles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    apt: Mapping[str, Repository] = field(default_factory=dict)
    vendors: tuple[Vendor, ...] = ()
    unit: Unit | None = None
    late: bool = False
    sandbox: Sandbox | None = None
    told: bool = True
    user: str = "root"
    path: str = ""
    environment: tuple[str, ...] = ()
    proxied: tuple[str, ...] = ()
    web: WebProcess | None = None
    jdbc: str = ""
    jdbc_variables: bool = False
    trust: str = ""
    patterns: Mapping[str, str] = field(default_factory=dict)
    files: tuple[TemplateFile, ...] = ()
    component_files: tuple[TemplateFile, ...] = ()

    def packages_of(self, release: Version | None) -> tuple[str, ...]:
        """Return the packages of a release, or none if the recipe does not know the release."""
        if isinstance(self.packages, Mapping):
            return self.packages.get(str(release), ()) if release else ()
        return self.packages


def recipes(machine: Mapping[str, Any]) -> tuple[Recipe, Mapping[str, Recipe]]:
    """Return the recipe of a checked ``machine:``, and those of families with keys of their own.

    Raises:
        ValidationError: it is not a recipe.
    """
    common = {key: value for key, value in machine.items() if key != "families"}
    families = machine.get("families", {})
    return (
        convert(common, Recipe),
        {name: convert({**common, **own}, Recipe) for name, own in families.items()},
    )
