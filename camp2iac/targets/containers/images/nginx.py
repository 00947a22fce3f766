"""nginx in front of an application: it serves its files, and passes requests to members.

Their addresses are in the variable ``CAMP_MEMBERS`` of the container, because only Terraform knows them.
"""

from __future__ import annotations

import re

from camp2iac.targets.containers.images import ImageBuild, sites, static

_PATH = re.compile(r"/([A-Za-z0-9._~-]+/?)*")
_PROXY = """\
{indent}proxy_pass http://members;
{indent}proxy_http_version 1.1;
{indent}proxy_set_header Host $http_host;
{indent}proxy_set_header Upgrade $http_upgrade;
{indent}proxy_set_header Connection $upgraded;
{indent}proxy_set_header X-Forwarded-For {client};
{indent}proxy_set_header X-Forwarded-Proto {scheme};
{indent}proxy_connect_timeout 5s;
{indent}client_max_body_size {body}m;
"""
_UPSTREAM = """
  # Connections stay open for the next request, or become WebSockets
  map $http_upgrade $upgraded {
    default upgrade;
    "" "";
  }
  include /tmp/members.conf;
"""
_SCHEME = """
  # Whether users came to the load balancer by HTTPS
  map $http_x_forwarded_proto $scheme_of_user {
    default $scheme;
    "https" https;
  }
"""
_EDGE = {"client": "$remote_addr", "scheme": "$scheme"}  # not what a client sends in these headers
_BEHIND = {"client": "$proxy_add_x_forwarded_for", "scheme": "$scheme_of_user"}


def prepare(build: ImageBuild) -> None:
    """Write nginx's configuration. Without members, it only serves files."""
    if "members" not in build.service.attributes:
        static.prepare(build)
        return
    root = sites.root(build)
    build.told("members")
    port = build.attribute("member_port", "port {}")
    path = build.attribute("path", "below {}")
    headers, body = _BEHIND if build.proxied else _EDGE, build.attribute("body", "at most {} MiB")
    proxy = _PROXY.format(indent=" " * 6, body=body, **headers)
    if not _PATH.fullmatch(path) or not port.isdecimal():
        path, port = "/", port if port.isdecimal() else "8080"
    if path == "/":
        first = "    location / {\n      try_files $uri $uri/index.html @members;\n    }\n"
        locations = f"{first}    location @members {{\n{proxy}    }}\n"
    else:
        first = "    location / {\n      try_files $uri $uri/ =404;\n    }\n"
        locations = f"{first}    location {path} {{\n{proxy}    }}\n"
    upstream = _SCHEME + _UPSTREAM if build.proxied else _UPSTREAM
    static.configure(build, root, upstream, locations, static.members(port))
