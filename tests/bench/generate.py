"""Generate plans of any size, and the same in TOSCA: cells of two web stacks and a database with a volume."""

from __future__ import annotations

from pathlib import Path

APPLICATION = """\
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello\\n"]
"""
ENVIRONMENT = """\
target: openstack
region: RegionOne
image: debian-12
sizes: { small: { flavor: m1.small, cores: 1, memory: 2 GiB } }
external_network: public
ssh_from: 192.0.2.0/24
"""


def package(folder: Path, services: int) -> Path:
    """Write a package whose plan has this many services. Every third is a database. Returns the plan's path."""
    (folder / "web").mkdir(parents=True)
    (folder / "db").mkdir()
    (folder / "web" / "main.py").write_text(APPLICATION)
    (folder / "db" / "schema.sql").write_text("create table entry (id serial primary key, name text not null);\n")
    (folder / "openstack.yaml").write_text(ENVIRONMENT)
    artifacts, offered = [], []
    for number in range(services):
        cell = number // 3
        if number % 3 == 0:
            offered.append(_DATABASE.format(cell=cell))
            artifacts.append(_SCHEMA.format(cell=cell))
        else:
            artifacts.append(_WEB.format(cell=cell, letter="ab"[number % 3 - 1]))
    plan = folder / "camp.yaml"
    plan.write_text(_HEAD + "artifacts:\n" + "".join(artifacts) + "services:\n" + "".join(offered))
    return plan


_HEAD = """\
camp_version: CAMP 1.1
name: cells
org.camp2iac:Networks:
  front: { cidr: 10.64.0.0/16 }
  back: { cidr: 10.65.0.0/16 }
"""
_WEB = """\
  - name: web-{cell}-{letter}
    artifact_type: org.python:src
    content: {{ href: web/ }}
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: main/app
        fulfillment:
          id: web-{cell}-{letter}
          characteristics:
            - characteristic_type: org.python:version
              version: "[3.9,4)"
            - characteristic_type: org.camp2iac:Compute
              cores: 1
              memory: 2 GiB
            - characteristic_type: org.camp2iac:Placement
              networks: [front, back]
      - requirement_type: org.sql:ConnectTo
        fulfillment: id:database-{cell}
      - requirement_type: org.camp2iac:Expose
        port: 8080
        as: 80
        public: true
      - requirement_type: org.camp2iac:Env
        CELL: "{cell}"
"""
_SCHEMA = """\
  - name: schema-{cell}
    artifact_type: org.sql:SqlScript
    content: {{ href: db/schema.sql }}
    requirements:
      - requirement_type: org.sql:ExecuteAt
        fulfillment: id:database-{cell}
"""
_DATABASE = """\
  - id: database-{cell}
    characteristics:
      - characteristic_type: PostgreSQL
        version: "[13,18)"
      - characteristic_type: org.camp2iac:Compute
        cores: 1
        memory: 2 GiB
      - characteristic_type: org.camp2iac:Volume
        size: 10 GiB
      - characteristic_type: org.camp2iac:Placement
        networks: [back]
"""


def tosca(file: Path, services: int) -> Path:
    """Write the same stacks as a TOSCA template. A service of the plan is three or four nodes."""
    nodes = []
    for number in range(services):
        cell = number // 3
        if number % 3 == 0:
            nodes.append(_TOSCA_DATABASE.format(cell=cell))
        else:
            nodes.append(_TOSCA_WEB.format(cell=cell, letter="ab"[number % 3 - 1]))
    file.write_text(_TOSCA_HEAD + "".join(nodes))
    return file


_TOSCA_HEAD = """\
tosca_definitions_version: tosca_simple_yaml_1_0
topology_template:
  node_templates:
"""
_TOSCA_HOST = """\
      type: tosca.nodes.Compute
      capabilities:
        host: {{ properties: {{ num_cpus: 1, mem_size: 2 GB, disk_size: 10 GB }} }}
        os: {{ properties: {{ architecture: x86_64, type: linux, distribution: debian, version: 12 }} }}
"""
_TOSCA_WEB = (
    """\
    web_host_{cell}_{letter}:
"""
    + _TOSCA_HOST
    + """\
    web_server_{cell}_{letter}:
      type: tosca.nodes.WebServer
      requirements: [ {{ host: web_host_{cell}_{letter} }} ]
      interfaces: {{ Standard: {{ create: install.sh, start: start.sh }} }}
    web_app_{cell}_{letter}:
      type: tosca.nodes.WebApplication
      properties: {{ context_root: app }}
      requirements: [ {{ host: web_server_{cell}_{letter} }} ]
      interfaces: {{ Standard: {{ create: install.sh, start: start.sh }} }}
"""
)
_TOSCA_DATABASE = (
    """\
    db_host_{cell}:
"""
    + _TOSCA_HOST
    + """\
      requirements:
        - local_storage:
            node: db_volume_{cell}
            relationship: {{ type: tosca.relationships.AttachesTo, properties: {{ location: /srv/data }} }}
    db_volume_{cell}:
      type: tosca.nodes.BlockStorage
      properties: {{ size: 10 GB }}
    dbms_{cell}:
      type: tosca.nodes.DBMS
      properties: {{ port: 5432, root_password: secret }}
      requirements: [ {{ host: db_host_{cell} }} ]
      interfaces: {{ Standard: {{ create: install.sh, start: start.sh }} }}
    db_{cell}:
      type: tosca.nodes.Database
      properties: {{ name: cells, user: cells, password: secret, port: 5432 }}
      requirements: [ {{ host: dbms_{cell} }} ]
      interfaces: {{ Standard: {{ configure: install.sh }} }}
"""
)
