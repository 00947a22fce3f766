"""lab-clean: list or delete everything in the demo project, in each region."""

import os
import sys
import time
from pathlib import Path
from urllib.parse import quote

import openstack


def held(c, run):
    """(kind, name, delete) for each thing, in an order that can be deleted."""

    def runs(name):  # a part may be in the catalog and switched off
        return (Path(run) / f"{name}.pid").exists()

    me = c.current_project_id
    n, lb, bs = c.network, c.load_balancer, c.block_storage
    if runs("heat-api"):  # first: what a stack made goes with it
        for x in c.orchestration.stacks():
            yield "stack", x, lambda x=x: c.orchestration.delete_stack(x)
    if runs("octavia-api"):
        for x in lb.load_balancers():
            yield "loadbalancer", x, lambda x=x: lb.delete_load_balancer(x, cascade=True)
    for x in c.compute.servers():
        yield "server", x, lambda x=x: c.compute.delete_server(x)
    for x in n.ips(project_id=me):
        yield "floating ip", x, lambda x=x: n.delete_ip(x)
    for x in bs.snapshots():
        yield "snapshot", x, lambda x=x: bs.delete_snapshot(x)
    for x in bs.volumes():
        yield "volume", x, lambda x=x: bs.delete_volume(x)
    for x in c.image.images(owner=me):
        yield "image", x, lambda x=x: c.image.delete_image(x)
    for x in n.trunks(project_id=me):
        yield "trunk", x, lambda x=x: n.delete_trunk(x)
    for x in n.routers(project_id=me):

        def router(x=x):
            n.update_router(x, routes=[])
            for p in n.ports(device_id=x.id):
                if p.device_owner == "network:router_interface":
                    n.remove_interface_from_router(x, port_id=p.id)
            n.delete_router(x)

        yield "router", x, router
    for x in n.ports(project_id=me):
        if not x.device_owner.startswith(("network:", "compute:", "Octavia")):
            yield "port", x, lambda x=x: n.delete_port(x)
    for x in n.networks(project_id=me):
        yield "network", x, lambda x=x: n.delete_network(x)
    for x in n.subnet_pools(project_id=me):
        yield "subnet pool", x, lambda x=x: n.delete_subnet_pool(x)
    for x in n.address_groups(project_id=me):
        yield "address group", x, lambda x=x: n.delete_address_group(x)
    for x in n.qos_policies(project_id=me):
        yield "qos policy", x, lambda x=x: n.delete_qos_policy(x)
    for x in n.security_groups(project_id=me):
        if x.name != "default":
            yield "security group", x, lambda x=x: n.delete_security_group(x)
    for x in c.compute.server_groups():
        yield "server group", x, lambda x=x: c.compute.delete_server_group(x)
    for x in c.compute.keypairs():
        yield "keypair", x, lambda x=x: c.compute.delete_keypair(x)
    if runs("swift-proxy"):
        store = c.object_store
        for x in store.containers():

            def container(x=x):
                # a container with versions gives up nothing until they are gone too
                c.session.post(f"{store.get_endpoint()}/{quote(x.name)}", headers={"X-Versions-Enabled": "false"})
                url = f"{store.get_endpoint()}/{quote(x.name)}"
                for params in ({"versions": "true"}, {}):
                    for o in c.session.get(url, params={**params, "format": "json"}).json():
                        if "name" in o:
                            v = o.get("version_id")
                            c.session.delete(f"{url}/{quote(o['name'])}", params={"version-id": v} if v else {})
                store.delete_container(x)

            yield "container", x, container
        keys = [k for k in c.session.head(store.get_endpoint()).headers if k.lower().startswith("x-account-meta-")]
        if keys:
            yield (
                "account metadata",
                Thing(", ".join(keys)),
                lambda: c.session.post(store.get_endpoint(), headers=dict.fromkeys(keys, "")),
            )
    if runs("designate-api"):
        for x in c.dns.zones():
            yield "zone", x, lambda x=x: c.dns.delete_zone(x)
    if runs("barbican"):

        def drop(kind, x):  # the id is a URL here
            c.key_manager.delete(f"/{kind}/" + x.id.rsplit("/")[-1])

        for x in c.key_manager.orders():
            yield "order", x, lambda x=x: drop("orders", x)
        for x in c.key_manager.containers():
            yield "secret container", x, lambda x=x: drop("containers", x)
        for x in c.key_manager.secrets():
            yield "secret", x, lambda x=x: drop("secrets", x)


class Thing:
    id = ""

    def __init__(self, name):
        self.name = name


def all_held():
    for c, run in clouds:
        yield from held(c, run)


def show(things):
    for kind, x, _ in things:
        print(f"{kind}: {getattr(x, 'name', '') or ''} {x.id} {getattr(x, 'status', '') or ''}")


RUN = os.environ["RUN"]
clouds = [(openstack.connect(cloud="lab"), RUN)]
if (Path(RUN) / "r2/neutron.pid").exists():
    clouds.append((openstack.connect(cloud="lab-two"), RUN + "/r2"))
end = time.time() + 90
left = list(all_held())
if "--check" in sys.argv:
    show(left)
    print("empty" if not left else f"{len(left)} left")
    sys.exit(bool(left))
while left and time.time() < end:
    for kind, x, delete in left:
        try:
            delete()
        except openstack.exceptions.SDKException as e:  # noqa: PERF203 - each may fail, and is tried again
            if "-v" in sys.argv:
                print(kind, x.id, e)
    time.sleep(1)
    left = list(all_held())
show(left)
print("empty" if not left else f"{len(left)} left")
sys.exit(bool(left))
