"""How a product is installed on a machine: the ``machine:`` of its ``product.yaml``, as records.

The records hold the defaults, once. ``product.schema.json`` describes the same keys for editors and checks what is
written; ``docs/writing-a-product.md`` lists them from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from camp2iac.catalogue.sandbox import Sandbox
from camp2iac.catalogue.versions import Version
from camp2iac.record import Record, convert, field


class Unit(Record, frozen=True, forbid_unknown_fields=True):
    """The systemd unit that comes with the distribution's package.

    ``running``: what camp-status asks for. ``drop_in``: the unit that gets a drop-in. ``{release}`` is filled in for
    both. ``comment``: of the drop-in, where the service has a volume. ``writes``: its sandbox must be told where its
    data are. ``more``: lines for ``[Service]``; a line that names an attribute is left out while that is not set.
    """

    running: str
    drop_in: str
    comment: str = ""
    more: tuple[str, ...] = ()


class TemplateFile(Record, frozen=True, forbid_unknown_fields=True):
    """A file that is rendered from a template before the install script runs.

    ``path``: with ``{lib}``, ``{app}``, ``{id}`` and ``{component}``. ``template``: its name in ``templates/``.
    ``permissions``: ``0644``. ``comment``: in the document, above the file. ``more``: what this template knows besides
    (``with:`` in the file).
    """

    path: str
    template: str
    permissions: str = "0644"
    comment: str = ""
    more: Mapping[str, Any] = field(default_factory=dict, name="with")


class Repository(Record, frozen=True, forbid_unknown_fields=True):
    """A vendor's repository for apt.

    ``name``: of its file. ``source``: the line of sources.list, ``deb [signed-by=$KEY_FILE] https://... main``.
    ``key``: the armoured public key; or ``keyid``: its fingerprint, fetched from ``keyserver``.
    """

    name: str
    source: str
    key: str = ""
    keyid: str = ""
    keyserver: str = ""


class WebProcess(Record, frozen=True, forbid_unknown_fields=True):
    """The web process of a component whose plan names none.

    ``command``: with ``{folder}``, attributes, and what the artifact's kind fills in (``{application}``); empty: the
    kind knows the command. ``notify``: it tells systemd when it listens. ``comment``: of its unit.
    """

    command: str = ""
    notify: bool = False
    comment: str = ""


class SELinux(Record, frozen=True, forbid_unknown_fields=True):
    """What SELinux must know: the types of the server's ``port`` and ``data``, and ``booleans`` that are set."""

    port: str = ""
    data: str = ""
    booleans: tuple[str, ...] = ()


class Recipe(Record, frozen=True, forbid_unknown_fields=True):
    """How a product is installed on one family of operating systems; ``templates/install.sh.j2`` is the script.

    ``packages``: of the distribution, or release to packages. ``rerun``: what runs on it may change while its machines
    stay. ``at``: files, programs and users that templates name and that differ between families. ``selinux``: for
    systems that have it. ``linked``: packages more, by the products that its components connect to. ``apt``: operating
    system to a vendor's repository. ``unit``: the packaged server's. ``late``: the unit is told by the script, after
    the package's own start. ``told``: its components have an environment at all. ``user``: who the packaged server runs
    as. ``path``: folders before the usual ones in PATH, with ``{folder}``. ``environment``: lines for the units of
    processes. ``web``: it has a web process of its own. ``jdbc``: the URL that Java is told, filled in like a link's;
    empty: there is none. ``jdbc_variables``: its components are told ``JDBC_..._URL``. ``patterns``: attribute or
    option to the regular expression that its value must match. ``files``: from templates. ``component_files``: the same
    for each component.
    """

    packages: tuple[str, ...] | Mapping[str, tuple[str, ...]] = ()
    rerun: bool = False
    at: Mapping[str, str] = field(default_factory=dict)
    selinux: SELinux | None = None
    linked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    apt: Mapping[str, Repository] = field(default_factory=dict)
    unit: Unit | None = None
    late: bool = False
    sandbox: Sandbox | None = None
    told: bool = True
    user: str = "root"
    path: str = ""
    environment: tuple[str, ...] = ()
    web: WebProcess | None = None
    jdbc: str = ""
    jdbc_variables: bool = False
    patterns: Mapping[str, str] = field(default_factory=dict)
    files: tuple[TemplateFile, ...] = ()
    component_files: tuple[TemplateFile, ...] = ()

    def packages_of(self, release: Version | None) -> tuple[str, ...]:
        """The distribution's packages of a release; none where the recipe knows none for it."""
        if isinstance(self.packages, Mapping):
            return self.packages.get(str(release), ()) if release else ()
        return self.packages


def recipes(machine: Mapping[str, Any]) -> tuple[Recipe, Mapping[str, Recipe]]:
    """The recipe of a ``machine:`` that has been checked, and those of the families that have keys of their own.

    Raises:
        ValidationError: it is no recipe after all.
    """
    common = {key: value for key, value in machine.items() if key != "families"}
    families = machine.get("families", {})
    return (
        convert(common, Recipe),
        {name: convert({**common, **own}, Recipe) for name, own in families.items()},
    )
