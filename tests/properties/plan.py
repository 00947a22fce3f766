"""A plan with places for more: what stands at its marks is put in by the tests."""

from __future__ import annotations

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { href: app/ }
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: app/app
        fulfillment: id:web
      - requirement_type: org.sql:ConnectTo
        fulfillment: id:db
      - requirement_type: org.camp2iac:Expose
        public: true
      # REQUIREMENTS
services:
  - id: web
    characteristics:
      - characteristic_type: org.python:version
        version: "[3.9,4)"
  - id: db
    # SERVICE
    characteristics:
      - characteristic_type: PostgreSQL
      # DATABASE
# PLAN
"""
#: how what is put in begins
ENV = "      - requirement_type: org.camp2iac:Env\n        "
ATTRIBUTES = "      - characteristic_type: org.camp2iac:Attributes\n        "
SECRETS = "org.camp2iac:Secrets:\n  "
PARAMETERS = "org.camp2iac:Parameters:\n  "
