"""The names that templates of products can use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from camp2iac.catalogue.recipe import SELinux
from camp2iac.record import Record
from camp2iac.synth.module import Value
from camp2iac.targets.openstack.machine.content import DeliveredContent


class LoadJob(Record, frozen=True):
    """Content that is loaded into a service once.

    Attributes:
        id: Its id, for markers and messages.
        kind: The kind of its artifact: `sql`, `dump`, `script`.
        database: The database that it is loaded into.
        content: Its content.
    """

    id: str
    kind: str
    database: str
    content: DeliveredContent


class DeployedComponent(Record, frozen=True):
    """A component that runs on a service.

    Attributes:
        id: Its id, which files and units are named after.
        kind: The kind of its artifact: `python`, `war`.
        folder: The folder of its files.
        content: Its content.
        files: The names of its files, if they are known when compiling.
        known: Whether they are known.
        options: The options of its host as strings, by the product's names.
        port: Its port; none: it does not listen.
        variables: The names of its environment variables.
        serves: Whether it has a web process that the plan does not name.
        tools: What must be installed first, such as `npm`.
        linked: The products that it connects to, and the variable with the URL.
        units: The units of its processes.
        listens: Whether one of its processes, or its server, listens on `port`.
        released: Whether it comes as releases (`on_change: rerun`), which `build.sh.j2` prepares.
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
    linked: Mapping[str, str]
    units: tuple[str, ...] = ()
    listens: bool = False

    @property
    def released(self) -> bool:
        """Whether its content and variables can be updated in place."""
        return self.content.release is not None


class TemplateContext(Record, frozen=True):
    """The names that every template of a product can use.

    Attributes:
        app: The name of the application, as in files, units and roles.
        family: The family of the operating system: `debian` or `rhel`.
        at: Names that differ between families, from `machine: at:`.
        id: The id of the service.
        name: The name of the script: the id, unless another script has it.
        lib: The folder of the product's files: `/usr/local/lib/camp/NAME`.
        title: The title of the product.
        release: The release of the product on the operating system; empty: it has none.
        wanted: The range of versions that the plan requires; empty: any.
        bounds: The same for `within.sh.j2`: pairs of a relation (`ge`) and a version.
        port: The port of the service; none: it has no port of its own.
        address: The address of the instance; none: clients use several of its networks, so listen on all.
        clients: The networks (CIDRs) of its clients, for a `service`.
        user: The user of its clients, for a `service` or if `login` is true.
        password: Whether there is a password; root can read it in `/etc/APP/ID.password`.
        database: The name of the database.
        databases: All of them, if requirements name several.
        jobs: The content that is loaded once, in the plan's order.
        components: The components that run on the service, in the plan's order.
        component: The component of a template of `component_files`, or of `build.sh.j2`; none in others.
        contents: All content of components and jobs, for `content.sh.j2` and `fetch.sh.j2`.
        units: The units of the components' processes.
        users: The users that write to the service's volumes.
        server_ports: The ports of the components.
        doors: The ports that the firewall of the operating system opens.
        data: The folder of the data; empty: the product stores none.
        volumes: The units that mount the service's volumes.
        mounts: The mount points of the volumes.
        attributes: The attributes of the product: the value of the plan, or the default, or none.
        unit_name: The packaged unit that gets a drop-in; empty: there is none.
        selinux: The `selinux` of the recipe, or none.
        late: Whether the script writes the drop-in (`machine: late`, or a server).
        blocking: Whether the script waits until the server has started. The server of a runtime may wait for others.
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
    server_ports: tuple[int, ...] = ()
    doors: tuple[int, ...] = ()
