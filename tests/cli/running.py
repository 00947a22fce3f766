"""Shared code of the tests of the commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

PLAN = """\
camp_version: CAMP 1.1
name: guestbook
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { href: web/ }
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: guestbook/app
        fulfillment:
          id: web
          characteristics:
            - characteristic_type: org.python:version
            - characteristic_type: org.camp2iac:Scale
              min: 1
              max: 3
            - characteristic_type: org.camp2iac:Placement
              networks: [front]
org.camp2iac:Networks:
  front: { cidr: 10.20.1.0/24 }
"""


@dataclass(frozen=True)
class Done:
    """The output of a command, and its exit status."""

    status: int
    out: str
    err: str


Command = Callable[..., Done]
