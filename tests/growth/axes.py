"""What can grow in a plan, one thing at a time: plans of any size along each axis."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

ENVIRONMENT = """\
target: openstack
region: RegionOne
image: debian-12
sizes: { small: { flavor: m1.small, cores: 1, memory: 2 GiB } }
external_network: public
ssh_from: 192.0.2.0/24
object_store: true
"""
_HEAD = """\
camp_version: CAMP 1.1
name: grown
"""
_MAIN = "org.camp2iac:Networks:\n  main: { cidr: 10.64.0.0/16 }\n"
_DATABASE = """\
  - id: {id}
    characteristics:
      - characteristic_type: org.storage.db:RDBM
      - characteristic_type: org.iso.sql:SQL
      - characteristic_type: PostgreSQL
        version: "[13,18)"
"""
_CONNECT = "      - requirement_type: org.sql:ConnectTo\n        fulfillment: id:{id}\n"


def _web(name: str, requirements: str = "", characteristics: str = "", former: str = "") -> str:
    return f"""\
  - name: {name}
{f"    org.camp2iac:previously: {former}" + chr(10) if former else ""}\
    artifact_type: org.python:src
    content: {{ href: web/ }}
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: main/app
        fulfillment:
          id: {name}
          characteristics:
            - characteristic_type: org.python:version
              version: "[3.9,4)"
{characteristics}{requirements}"""


def _services(size: int) -> str:
    return _HEAD + _MAIN + "artifacts:\n" + "".join(_web(f"web-{number}") for number in range(size))


def _links_from_one(size: int) -> str:
    links = "".join(_CONNECT.format(id=f"database-{number}") for number in range(size))
    databases = "".join(_DATABASE.format(id=f"database-{number}") for number in range(size))
    return f"{_HEAD}{_MAIN}artifacts:\n{_web('web', links)}services:\n{databases}"


def _links_to_one(size: int) -> str:
    users = "".join(_web(f"web-{number}", _CONNECT.format(id="database")) for number in range(size))
    return f"{_HEAD}{_MAIN}artifacts:\n{users}services:\n{_DATABASE.format(id='database')}"


def _variables(size: int, value: str, head: str = "") -> str:
    lines = "".join(f"        V{number}: {value.format(number=number)}\n" for number in range(size))
    return f"{_HEAD}{head}artifacts:\n{_web('web', '      - requirement_type: org.camp2iac:Env' + chr(10) + lines)}"


def _parameters(size: int) -> str:
    declared = "".join(f"  p{number}: {{ type: string, default: v{number} }}\n" for number in range(size))
    return _variables(size, "{{ parameter: p{number} }}", f"org.camp2iac:Parameters:\n{declared}")


def _secrets(size: int) -> str:
    declared = "".join(f"  s{number}: {{ generate: true }}\n" for number in range(size))
    return _variables(size, "{{ secret: s{number} }}", f"org.camp2iac:Secrets:\n{declared}")


def _networks(size: int) -> str:
    declared = "".join(f"  n{number}: {{ cidr: 10.{number // 250}.{number % 250}.0/24 }}\n" for number in range(size))
    placement = "            - characteristic_type: org.camp2iac:Placement\n              networks: [n{}]\n"
    users = "".join(_web(f"web-{number}", characteristics=placement.format(number)) for number in range(size))
    return f"{_HEAD}org.camp2iac:Networks:\n{declared}artifacts:\n{users}"


def _exposures(size: int) -> str:
    opened = "      - requirement_type: org.camp2iac:Expose\n        port: 8080\n        as: {}\n        public: true\n"
    parts = "".join(_web(f"web-{number}", opened.format(1000 + number)) for number in range(size))
    return f"{_HEAD}{_MAIN}artifacts:\n{parts}"


def _renames(size: int) -> str:
    parts = "".join(_web(f"web-{number}", former=f"old-{number}") for number in range(size))
    return f"{_HEAD}{_MAIN}artifacts:\n{parts}"


#: An axis: what there is more of, and the text of a plan with so many.
AXES: dict[str, Callable[[int], str]] = {
    "services": _services,
    "links from one": _links_from_one,
    "links to one": _links_to_one,
    "variables": lambda size: _variables(size, "value {number}"),
    "parameters": _parameters,
    "secrets": _secrets,
    "networks": _networks,
    "exposures": _exposures,
    "renames": _renames,
    "content files": lambda size: _services(1),
}


def package(folder: Path, axis: str, size: int) -> Path:
    """Write a package of a size along an axis. Returns the plan's path; the environment is ``openstack.yaml``."""
    web = folder / "web"
    web.mkdir(parents=True)
    (web / "main.py").write_text("def app(environ, start_response):\n    return []\n")
    for number in range(size if axis == "content files" else 0):
        (web / f"module_{number}.py").write_text(f"NUMBER = {number}\n")
    (folder / "openstack.yaml").write_text(ENVIRONMENT)
    plan = folder / "camp.yaml"
    plan.write_text(AXES[axis](size))
    return plan
