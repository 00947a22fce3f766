"""Fills the lab: seed.py accounts | wait N SINCE | resources | warm (all through the public APIs)."""

import os
import sys
import time
from pathlib import Path

import openstack

E = os.environ
HOST, PW, REGION, LAB = E["HOST"], E["PW"], E["REGION"], E["LAB"]
AUTH = f"http://{HOST}:{E['P_KEYSTONE']}/v3"
PARTS = E["PARTS"].split()
SECOND = REGION != "RegionOne"
CATALOG = [
    # type, name, user, url
    ("image", "glance", "glance", f"http://{HOST}:{E['P_GLANCE']}"),
    ("placement", "placement", "placement", f"http://{HOST}:{E['P_PLACEMENT']}"),
    ("compute", "nova", "nova", f"http://{HOST}:{E['P_NOVA']}/v2.1"),
    ("network", "neutron", "neutron", f"http://{HOST}:{E['P_NEUTRON']}"),
    ("block-storage", "cinder", "cinder", f"http://{HOST}:{E['P_CINDER']}/v3"),
    ("volumev3", "cinderv3", "cinder", f"http://{HOST}:{E['P_CINDER']}/v3/%(project_id)s"),
    ("load-balancer", "octavia", "octavia", f"http://{HOST}:{E['P_OCTAVIA']}"),
    ("object-store", "swift", "swift", f"http://{HOST}:{E['P_SWIFT']}/v1/AUTH_%(project_id)s"),
    ("orchestration", "heat", "heat", f"http://{HOST}:{E['P_HEAT']}/v1/%(project_id)s"),
    ("cloudformation", "heat-cfn", "heat", f"http://{HOST}:{E['P_HEAT_CFN']}/v1"),
    ("key-manager", "barbican", "barbican", f"http://{HOST}:{E['P_BARBICAN']}"),
    ("dns", "designate", "designate", f"http://{HOST}:{E['P_DESIGNATE']}"),
]
CATALOG = [entry for entry in CATALOG if entry[2] in [*PARTS, "glance", "placement", "nova", "neutron", "cinder"]]
# what the demo user is besides member, and in which role a part's own rules want it
ROLES = {"octavia": "load-balancer_member", "barbican": "creator"}


def connect(user="admin", project="admin", region=REGION):
    return openstack.connect(
        auth_url=AUTH,
        username=user,
        password=PW,
        project_name=project,
        user_domain_name="Default",
        project_domain_name="Default",
        region_name=region,
        load_yaml_config=False,
        load_envvars=False,
    )


def patiently(call, seconds=60):
    end = time.time() + seconds
    while True:
        try:
            return call()
        except Exception:  # noqa: PERF203 - that is the point
            if time.time() > end:
                raise
            time.sleep(0.5)


def write(name, text):
    (Path(LAB) / name).write_text(text)


def accounts():
    c = connect(region="RegionOne")
    idn = c.identity
    patiently(lambda: c.authorize())
    if SECOND:
        keystone = idn.find_service("keystone")
        for interface in ("public", "internal", "admin"):
            if not list(idn.endpoints(service_id=keystone.id, interface=interface, region_id=REGION)):
                if not [r for r in idn.regions() if r.id == REGION]:
                    idn.create_region(id=REGION)
                idn.create_endpoint(service_id=keystone.id, interface=interface, url=AUTH, region_id=REGION)
    roles = {r.name: r for r in idn.roles()}
    for name in (
        "service",
        "member",
        "load-balancer_member",
        "load-balancer_admin",
        "creator",
        "ResellerAdmin",
        "heat_stack_user",
    ):
        if name not in roles:
            roles[name] = idn.create_role(name=name)
    service = idn.find_project("service") or idn.create_project(name="service", domain_id="default")
    demo = idn.find_project("demo") or idn.create_project(name="demo", domain_id="default")
    for name in sorted({entry[2] for entry in CATALOG}):
        user = idn.find_user(name) or idn.create_user(
            name=name, password=PW, domain_id="default", default_project_id=service.id
        )
        for role in ("admin", "service"):
            idn.assign_project_role_to_user(service, user, roles[role])
    user = idn.find_user("demo") or idn.create_user(
        name="demo", password=PW, domain_id="default", default_project_id=demo.id
    )
    for role in ["member"] + [ROLES[part] for part in PARTS if part in ROLES]:
        idn.assign_project_role_to_user(demo, user, roles[role])
    idn.assign_project_role_to_user(demo, idn.find_user("admin"), roles["admin"])
    if "heat" in PARTS:  # users that heat makes for its resources live in this domain
        domain = idn.find_domain("heat") or idn.create_domain(name="heat")
        boss = idn.find_user("heat_domain_admin", domain_id=domain.id) or idn.create_user(
            name="heat_domain_admin", password=PW, domain_id=domain.id
        )
        idn.assign_domain_role_to_user(domain, boss, roles["admin"])
    services = {s.name: s for s in idn.services()}
    there = {(e.service_id, e.interface): e for e in idn.endpoints(region_id=REGION)}
    for kind, name, _, url in CATALOG:
        svc = services.get(name) or idn.create_service(type=kind, name=name)
        for interface in ("public", "internal", "admin"):
            old = there.get((svc.id, interface))
            if not old:
                idn.create_endpoint(service_id=svc.id, interface=interface, url=url, region_id=REGION)
            elif old.url != url:
                idn.update_endpoint(old, url=url)
    if SECOND:
        return
    clouds = "clouds:\n"
    for cloud, user, project, region in (
        ("lab", "demo", "demo", REGION),
        ("lab-admin", "admin", "admin", REGION),
        ("lab-two", "demo", "demo", "RegionTwo"),
        ("lab-two-admin", "admin", "admin", "RegionTwo"),
    ):
        clouds += (
            f"  {cloud}:\n    region_name: {region}\n    identity_api_version: 3\n"
            f"    auth:\n      auth_url: {AUTH}\n      username: {user}\n"
            f"      password: {PW}\n      project_name: {project}\n"
            "      user_domain_name: Default\n      project_domain_name: Default\n"
        )
        if region != REGION:
            continue
        write(
            "openrc" + ("-admin" if user == "admin" else ""),
            f"unset ${{!OS_@}}\nexport OS_AUTH_URL={AUTH} OS_USERNAME={user} OS_PASSWORD={PW} "
            f"OS_PROJECT_NAME={project} OS_USER_DOMAIN_NAME=Default "
            f"OS_PROJECT_DOMAIN_NAME=Default OS_REGION_NAME={REGION} "
            "OS_IDENTITY_API_VERSION=3\n"
            f"export PATH={LAB}/venv/bin:$PATH\n",
        )
    write("clouds.yaml", clouds)


def wait(computes, since):
    """Until the services have reported themselves after the time `since`."""
    c = connect()

    def fresh(service):
        seen = service.updated_at or service.get("created_at") or ""
        return service.state == "up" and seen[:19] >= stamp

    stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(since))

    def ready():
        up = [s.host for s in c.compute.services(binary="nova-compute") if fresh(s)]
        assert len(up) >= computes, f"{len(up)} of {computes} computes up"
        up = {s.binary for s in c.block_storage.services() if fresh(s)}
        assert {"cinder-volume", "cinder-scheduler"} <= up, f"of cinder only {up} up"
        assert list(c.block_storage.backend_pools()), "the scheduler of cinder knows no backend"

    patiently(ready, 180)


def warm():
    """One request to each service before anybody comes with several at a time: neutron
    loads its policy in the first one, and what comes meanwhile is answered 404."""
    c = connect("demo", "demo")
    calls = [c.network.networks, c.image.images, c.compute.servers, c.block_storage.volumes]
    calls += [
        call
        for part, call in (
            ("octavia", lambda: c.load_balancer.load_balancers()),
            ("swift", lambda: c.object_store.containers()),
            ("heat", lambda: c.orchestration.stacks()),
            ("barbican", lambda: c.key_manager.secrets()),
            ("designate", lambda: c.dns.zones()),
        )
        if part in PARTS
    ]
    for call in calls:
        patiently(lambda call=call: list(call()))


def resources():
    c = connect()
    blob = b"no operating system here, only a name\n".ljust(1 << 20, b"\0")
    for name, distro, version in (
        ("ubuntu-22.04", "ubuntu", "22.04"),
        ("ubuntu-24.04", "ubuntu", "24.04"),
        ("debian-12", "debian", "12"),
    ):
        if not c.image.find_image(name):
            c.image.create_image(
                name=name,
                data=blob,
                disk_format="raw",
                container_format="bare",
                visibility="public",
                min_disk=1,
                os_distro=distro,
                os_version=version,
            )
    service = c.identity.find_project("service")
    if not c.image.find_image("amphora-noop"):
        c.image.create_image(
            name="amphora-noop",
            data=blob,
            disk_format="raw",
            container_format="bare",
            visibility="shared",
            owner=service.id,
            tags=["amphora"],
        )
    for id_, name, vcpus, ram, disk in (
        ("1", "m1.tiny", 1, 512, 1),
        ("2", "m1.small", 1, 2048, 20),
        ("3", "m1.medium", 2, 4096, 40),
        ("4", "m1.large", 4, 8192, 80),
    ):
        if not c.compute.find_flavor(name):
            c.compute.create_flavor(id=id_, name=name, vcpus=vcpus, ram=ram, disk=disk)
    flavor = c.compute.find_flavor("amphora") or c.compute.create_flavor(
        name="amphora", vcpus=1, ram=1024, disk=2, is_public=False
    )
    net = c.network
    if not net.find_network("public"):
        public = net.create_network(
            name="public", is_router_external=True, provider_network_type="flat", provider_physical_network="physnet1"
        )
        three = E["PUBLIC"]
        net.create_subnet(
            name="public-v4",
            network_id=public.id,
            ip_version=4,
            is_dhcp_enabled=False,
            cidr=f"{three}.0/24",
            gateway_ip=f"{three}.1",
            allocation_pools=[{"start": f"{three}.10", "end": f"{three}.250"}],
        )
    mgmt = net.find_network("lb-mgmt-net")
    if not mgmt:
        mgmt = net.create_network(name="lb-mgmt-net", project_id=service.id)
        net.create_subnet(
            name="lb-mgmt-subnet", network_id=mgmt.id, ip_version=4, cidr="192.168.240.0/22", project_id=service.id
        )
    group = net.find_security_group("lb-mgmt", project_id=service.id) or net.create_security_group(
        name="lb-mgmt", project_id=service.id
    )
    # octavia's own project builds an amphora per load balancer
    c.set_compute_quotas(service.id, cores=-1, instances=-1, ram=-1, server_groups=-1)
    net.update_quota(service.id, ports=-1, security_groups=-1, security_group_rules=-1)
    (Path(E["DATA"]) / "octavia.env").write_text(
        f"AMP_IMAGE_OWNER={service.id} AMP_FLAVOR={flavor.id} AMP_NET={mgmt.id} AMP_SG={group.id}\n"
    )


if sys.argv[1] == "wait":
    wait(int(sys.argv[2]), int(sys.argv[3]))
else:
    {"accounts": accounts, "resources": resources, "warm": warm}[sys.argv[1]]()
