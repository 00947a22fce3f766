"""Plans in memory, for tests of the topology."""

from __future__ import annotations

from camp2iac import Check
from camp2iac import read as read_plan
from camp2iac.topology.model import Topology

HEAD = "camp_version: CAMP 1.1\nname: shop\n"

WEB = """\
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { data: cHJpbnQoMSk= }
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: shop/app
        fulfillment: id:web
      - requirement_type: org.sql:ConnectTo
        fulfillment: id:database
"""
SERVICES = """\
services:
  - id: web
    characteristics:
      - characteristic_type: org.python:version
        version: "[3.9,4)"
  - id: database
    characteristics:
      - characteristic_type: org.storage.db:RDBM
      - characteristic_type: PostgreSQL
        version: "[13,18)"
"""


def read(text: str) -> tuple[Topology, Check]:
    """The topology of a plan that must be readable, and what was said of it."""
    check = read_plan(text.encode()).check()
    assert check.compiled.topology is not None, [d.message for d in check.diagnostics]
    return check.compiled.topology, check


def codes(text: str) -> list[str]:
    """The codes of what is wrong with a plan, in its order."""
    return [diagnostic.code for diagnostic in read_plan(text.encode()).check().diagnostics]
