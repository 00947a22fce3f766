"""The names that templates of products can use, in each half."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from camp2iac.catalogue.recipe import SELinux
from camp2iac.record import Record, replace
from camp2iac.synth.module import Value
from camp2iac.targets.openstack.layout.https import HttpsServing
from camp2iac.targets.openstack.machine.component_build import ComponentBuild
from camp2iac.targets.openstack.machine.content import DeliveredContent
from camp2iac.targets.openstack.machine.encrypted_links import ServerTls


class LoadJob(Record, frozen=True):
    """Content that is loaded into a service once.

    Attributes:
        id: Its id, for marks and messages.
        kind: The kind of its artifact: `sql`, `dump`, `script`.
        database: The database that it is loaded into.
        content: Its content.
    """

    id: str
    kind: str
    database: str
    content: DeliveredContent


class InstalledComponent(Record, frozen=True):
    """A component, as the install half knows it.

    Attributes:
        id: Its id. Files and units have its name.
        kind: The kind of its artifact: `python`, `war`.
        folder: The folder of its content.
        content: Its content.
        files: The names of its files, if the compiler knows them.
        known: Whether the compiler knows its files.
        options: The options of its host, as strings, by the product's names.
        serves: It has a web process that the plan does not name.
        tools: What its build needs, such as `npm`.
        locked: The program whose lock file its content has, such as `uv`. `pip`: requirements with digests.
        programs: What its build creates (Go): names in `bin/` and packages. An empty name: only this program.
        released: It comes as releases (`on_change: rerun`). `build.sh.j2` builds each release.
        at: The folder in its content where it is built and runs; empty: its content itself.
        home: The same as a path.
        served: The folder that a web server serves: `home`, or the result of its build.
        build: How it is built (`built.sh.j2`); none: nothing is built.
    """

    id: str
    kind: str
    folder: str
    content: DeliveredContent
    files: tuple[str, ...]
    known: bool
    options: Mapping[str, str]
    serves: bool
    tools: tuple[str, ...]
    locked: str
    programs: Mapping[str, str]
    released: bool
    at: str
    home: str
    served: str
    build: ComponentBuild | None


class DeployedComponent(Record, frozen=True):
    """A component that runs on a service.

    Attributes:
        id: Its id. Files and units have its name.
        kind: The kind of its artifact: `python`, `war`.
        folder: The folder of its content.
        content: Its content.
        files: The names of its files, if the compiler knows them.
        known: Whether the compiler knows its files.
        options: The options of its host, as strings, by the product's names.
        port: The port where it listens; none: it does not listen.
        variables: The names of its environment variables.
        serves: It has a web process that the plan does not name.
        tools: What its build needs, such as `npm`.
        locked: The program whose lock file its content has, such as `uv`. `pip`: requirements with digests.
        programs: What its build creates (Go): names in `bin/` and packages. An empty name: only this program.
        linked: The products that it connects to, and the variable that contains the URL.
        units: Its own units.
        listens: One of its processes, or its server, listens on `port`.
        proxied: Users reach it only through a load balancer or a web server.
        released: It comes as releases (`on_change: rerun`). `build.sh.j2` builds each release.
        at: The folder in its content where it is built and runs; empty: its content itself.
        home: The same as a path.
        served: The folder that a web server serves: `home`, or the result of its build.
        build: How it is built (`built.sh.j2`); none: nothing is built.
    """

    id: str
    kind: str
    folder: str
    content: DeliveredContent
    files: tuple[str, ...]
    known: bool
    options: Mapping[str, str]
    port: int | None
    variables: tuple[str, ...]
    serves: bool
    tools: tuple[str, ...]
    locked: str
    programs: Mapping[str, str]
    linked: Mapping[str, str]
    at: str
    home: str
    served: str
    build: ComponentBuild | None
    units: tuple[str, ...] = ()
    listens: bool = False
    proxied: bool = False

    @property
    def released(self) -> bool:
        """Whether its content and variables can be updated in place."""
        return self.content.release is not None


class InstallContext(Record, frozen=True):
    """The names that templates of the install half can use: no address, secret or setting of an environment.

    Attributes:
        app: The application's name in files, units and roles.
        family: The family of the operating system: `debian` or `rhel`.
        at: Names that differ between families, from `machine: at:`.
        id: The service's id.
        name: The script's name: the id, unless that name is in use.
        lib: The folder of the product's files: `/usr/local/lib/camp/NAME`.
        title: The product's title.
        release: The release of the product that the operating system has; empty: the product has no releases.
        wanted: The range of versions that the plan asks for; empty: any.
        bounds: The same for `within.sh.j2`: pairs of a relation (`ge`) and a version.
        vendor: The vendor whose repository the product comes from; empty: the distribution.
        components: What runs on the service, in the plan's order.
        component: The component of this `build.sh.j2`; none elsewhere.
        contents: The content of components and jobs, for `content.sh.j2` and `fetch.sh.j2`. It has no releases.
        users: The users that write to the service's volumes.
        group: Their group, if there are several.
    """

    app: str
    family: str
    at: Mapping[str, str]
    id: str
    name: str
    lib: str
    title: str
    release: str
    wanted: str
    bounds: tuple[tuple[str, str], ...]
    vendor: str
    components: tuple[InstalledComponent, ...]
    component: InstalledComponent | None
    contents: tuple[DeliveredContent, ...]
    users: tuple[str, ...]
    group: str


class TemplateContext(Record, frozen=True):
    """The names that templates of the configure half can use.

    Attributes:
        app: The application's name in files, units and roles.
        family: The family of the operating system: `debian` or `rhel`.
        at: Names that differ between families, from `machine: at:`.
        id: The service's id.
        name: The script's name: the id, unless that name is in use.
        lib: The folder of the product's files: `/usr/local/lib/camp/NAME`.
        title: The product's title.
        release: The release of the product that the operating system has; empty: the product has no releases.
        wanted: The range of versions that the plan asks for; empty: any.
        bounds: The same for `within.sh.j2`: pairs of a relation (`ge`) and a version.
        vendor: The vendor whose repository the product comes from; empty: the distribution.
        port: The port where the service listens; none: it has no port of its own.
        address: The instance's own address; none: users connect by several of its networks, so listen on all.
        clients: The networks (CIDRs) of those who connect, for a `service`.
        user: Who logs in, for a `service` or if `login` is true.
        password: Whether there is a password. Root can read it in `/etc/APP/ID.password`.
        database: The name of the database.
        databases: All databases, if requirements ask for several.
        jobs: What is loaded once, in the plan's order.
        components: What runs on the service, in the plan's order.
        component: The component of this `component_files` template; none elsewhere.
        contents: The content of components and jobs.
        units: The units of the components' processes.
        users: The users that write to the service's volumes.
        group: Their group, if there are several.
        server_ports: The ports where components listen.
        doors: The ports that the firewall of the instance must allow.
        proxied: Users reach the service only through a load balancer or another web server.
        data: The folder of the service's data; empty: the product keeps none.
        volumes: The units that mount the service's volumes.
        mounts: The mount points of the volumes.
        attributes: Every attribute of the product: the plan's value, else the default, else none.
        unit_name: The packaged unit that gets a drop-in; empty: there is none.
        selinux: The recipe's `selinux`; none: nothing.
        late: The script installs the drop-in of the unit (`machine: late`, or a server).
        blocking: Whether the script waits until the server has started. A runtime can wait for other services.
        fill: The command of a companion that fills new data (`fill-service.sh.j2`); empty: nothing does.
        fill_folders: The folders that it fills (`fill-folders.sh.j2`).
        https: What HAProxy serves over HTTPS; none: nothing.
        tls: The files of an encrypted service: `certificate`, `key`, `user`, `ca`; none: its links are not encrypted.
    """

    app: str
    family: str
    at: Mapping[str, str]
    id: str
    name: str
    lib: str
    title: str
    release: str
    wanted: str
    bounds: tuple[tuple[str, str], ...]
    vendor: str
    port: int | None
    address: Value
    data: str
    volumes: tuple[str, ...]
    mounts: tuple[str, ...]
    attributes: Mapping[str, Any]
    selinux: SELinux | None
    late: bool
    blocking: bool
    unit_name: str = ""
    clients: tuple[Value, ...] = ()
    user: str = ""
    password: bool = False
    database: str = ""
    databases: tuple[str, ...] = ()
    jobs: tuple[LoadJob, ...] = ()
    components: tuple[DeployedComponent, ...] = ()
    component: DeployedComponent | None = None
    contents: tuple[DeliveredContent, ...] = ()
    units: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    group: str = ""
    server_ports: tuple[int, ...] = ()
    doors: tuple[int, ...] = ()
    proxied: bool = False
    fill: str = ""
    fill_folders: tuple[str, ...] = ()
    https: HttpsServing | None = None
    tls: ServerTls | None = None


def installing(known: TemplateContext) -> InstallContext:
    """The names of the install half. A release holds values of Terraform, so it is left out."""
    return InstallContext(
        app=known.app,
        family=known.family,
        at=known.at,
        id=known.id,
        name=known.name,
        lib=known.lib,
        title=known.title,
        release=known.release,
        wanted=known.wanted,
        bounds=known.bounds,
        vendor=known.vendor,
        components=tuple(map(_installed, known.components)),
        component=None if known.component is None else _installed(known.component),
        contents=tuple(content for content in known.contents if content.release is None),
        users=known.users,
        group=known.group,
    )


def _installed(component: DeployedComponent) -> InstalledComponent:
    return InstalledComponent(
        id=component.id,
        kind=component.kind,
        folder=component.folder,
        content=replace(component.content, release=None),
        files=component.files,
        known=component.known,
        options=component.options,
        serves=component.serves,
        tools=component.tools,
        locked=component.locked,
        programs=component.programs,
        released=component.released,
        at=component.at,
        home=component.home,
        served=component.served,
        build=component.build,
    )
