"""What templates of products may name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from camp2iac.catalogue.recipe import SELinux
from camp2iac.record import Record
from camp2iac.synth.module import Value
from camp2iac.targets.openstack.machine.content import DeliveredContent


class LoadJob(Record, frozen=True):
    """What is loaded into a service once.

    Attributes:
        id: Its id, for marks and messages.
        kind: Of its artifact: `sql`, `dump`, `script`.
        database: Which database it is loaded into.
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
        kind: Of its artifact: `python`, `war`.
        folder: Where its files are.
        content: Its content.
        files: The names of its files, as far as known when compiling.
        known: Whether they are known.
        options: Those of its host, as text, by the product's names.
        port: Where it is to listen; none: nowhere.
        variables: The names of what it is told.
        serves: It has a web process that the plan does not name.
        tools: What must be there before it can be installed, such as `npm`.
        linked: Products that it connects to, and the variable that holds the URL.
        units: Its own units.
        listens: One of its processes, or its server, answers at `port`.
        released: It comes as releases (`on_change: rerun`), each of which is made ready by `build.sh.j2`.
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
        """Whether its content and variables may change while it runs."""
        return self.content.release is not None


class TemplateContext(Record, frozen=True):
    """What every template of a product may name.

    Attributes:
        app: The application's name, as files, units and roles have it.
        family: The family of the operating system: `debian` or `rhel`.
        at: Names that differ between families, from `machine: at:`.
        id: The service's id.
        name: The script's name: the id, unless that is taken.
        lib: The folder of the product's files: `/usr/local/lib/camp/NAME`.
        title: The product's title.
        release: The product's release that the operating system has; empty where the product has none.
        wanted: The range of versions that the plan wants; empty: any.
        bounds: The same for `within.sh.j2`: pairs of a relation (`ge`) and a version.
        port: Where the service listens; none: on no port of its own.
        address: The machine's own address; none where users come by several of its networks: listen on all.
        clients: The networks (CIDRs) of those who connect, for a `service`.
        user: Who logs in, for a `service` or where `login` is true.
        password: Whether there is a password; root reads it in `/etc/APP/ID.password`.
        database: The database's name.
        databases: All of them, where requirements ask for several.
        jobs: What is loaded once, in the plan's order.
        components: What runs on the service, in the plan's order.
        component: The one that a template of `component_files`, or `build.sh.j2`, is for; none elsewhere.
        contents: All content of components and jobs, for `content.sh.j2` and `fetch.sh.j2`.
        units: The units of the components' processes.
        users: The users that write to the service's volumes.
        server_ports: The ports where components listen.
        doors: The ports that the machine's own firewall lets through.
        data: The folder of the service's data; empty: the product keeps none.
        volumes: The units that mount the service's volumes.
        mounts: Where they are mounted.
        attributes: Every attribute of the product: the plan's value, else the default, else none.
        unit_name: The packaged unit that gets a drop-in; empty: there is none.
        selinux: The recipe's `selinux`; none: nothing.
        late: The script tells the unit what it is told besides (`machine: late`, or a server).
        blocking: Whether the script waits until the server has started; a runtime's may wait for others.
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
