"""Static sites: nginx serves the files."""

from __future__ import annotations

from camp2iac.targets.containers.images import ImageBuild, sites

_START = """\
#!/bin/sh
# camp-nginx: runs nginx on the port in PORT. The code is read-only, so the configuration is in /tmp.
set -eu
sed "s/@PORT@/$PORT/" /etc/nginx/camp.conf > /tmp/nginx.conf
{members}exec nginx -c /tmp/nginx.conf
"""
_MEMBERS = """\
{
  echo "upstream members {"
  echo "${CAMP_MEMBERS:-}" | tr ',' '\\n' | while read -r address; do
    [ -z "$address" ] || echo "  server $address:@MEMBER_PORT@ max_fails=3 fail_timeout=10s;"
  done
  echo "}"
} > /tmp/members.conf
"""
_CONFIGURATION = """\
# The port is filled in when the container starts.
daemon off;
pid /tmp/nginx.pid;
worker_processes 2;
error_log stderr warn;

events {{
  worker_connections 1024;
}}

http {{
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  sendfile on;
  server_tokens off;
  access_log /dev/stdout;
  client_body_temp_path /tmp/nginx-body;
  proxy_temp_path /tmp/nginx-proxy;
  fastcgi_temp_path /tmp/nginx-fastcgi;
  uwsgi_temp_path /tmp/nginx-uwsgi;
  scgi_temp_path /tmp/nginx-scgi;
{upstream}
  server {{
    listen @PORT@;
    root "{root}";
    absolute_redirect off;
{locations}    location ~ /\\. {{
      deny all;
    }}
  }}
}}
"""
_FOLDER = """\
    location ^~ {path} {{
      alias "{folder}/";
      add_header X-Content-Type-Options nosniff;
      location ~ /\\. {{
        deny all;
      }}
    }}
"""


def prepare(build: ImageBuild) -> None:
    """Write nginx's configuration and its start."""
    configure(build, sites.root(build), "", "    location / {\n      try_files $uri $uri/ =404;\n    }\n", "")


def configure(build: ImageBuild, root: str, upstream: str, locations: str, members: str) -> None:
    """The same for a server with more: blocks for the upstream and its locations, and commands before the start."""
    if page := sites.page(build):
        locations = f"    error_page 404 /{page};\n{locations}"
    locations += "".join(_FOLDER.format(path=path, folder=folder) for path, folder in sites.folders(build))
    build.beside["nginx.conf"] = _CONFIGURATION.format(root=root, upstream=upstream, locations=locations)
    build.beside["camp-nginx"] = _START.format(members=members)
    build.processes["web"] = "exec camp-nginx"


def members(port: str) -> str:
    """Commands that write the members of the upstream, from the variable ``CAMP_MEMBERS``."""
    return _MEMBERS.replace("@MEMBER_PORT@", port)
