"""Static sites: ``heroku-community/nginx`` serves the copy's folder ``public``, with a generated configuration."""

from __future__ import annotations

import re

from camp2iac.targets.heroku.runtimes import Build, builds

_CONFIGURATION = """\
# The buildpack processes this file with erb when a dyno starts, and provides mime.types.
daemon off;
pid /tmp/nginx.pid;
worker_processes <%= ENV["NGINX_WORKERS"] || 2 %>;
error_log stderr warn;

events {{
  worker_connections 1024;
}}

http {{
  include mime.types;
  default_type application/octet-stream;
  charset utf-8;
  sendfile on;
  server_tokens off;
  access_log off;  # Heroku's router logs each request
  gzip on;
  gzip_proxied any;
  gzip_types text/css text/plain application/javascript application/json image/svg+xml;
  client_body_temp_path /tmp/nginx-body;
  proxy_temp_path /tmp/nginx-proxy;
  fastcgi_temp_path /tmp/nginx-fastcgi;
  uwsgi_temp_path /tmp/nginx-uwsgi;
  scgi_temp_path /tmp/nginx-scgi;

  server {{
    listen <%= ENV["PORT"] %>;
    root <%= ENV["HOME"] %>/{folder};
    absolute_redirect off;  # only the router knows the host and the scheme
{not_found}  }}
}}
"""


def prepare(build: Build) -> str | None:
    """Move the site into ``public`` and add ``config/nginx.conf.erb``. A site that is built stays where it is."""
    copy, component, content = build.copy, build.component, builds.content(build.copy)
    site = set(copy.files)
    output = builds.site(build, content, "nginx")
    folders = [content.at, output] if output else ["public", content.at]
    if not output:
        copy.under("public")
    copy.single = None
    page = None
    if option := component.options.get("not_found"):
        page = (option.value.literal or "").lstrip("/")
        if re.fullmatch(r"[\w./-]+", page) and (page in site or output):
            build.keep(option, f"nginx: {page}")
        else:
            build.lose(option, f"The site has no page {page}.", "Name a file of the site.")
            page = None
    elif "404.html" in site and not output:
        page = "404.html"
    not_found = f"    error_page 404 /{page};\n" if page else ""
    text = _CONFIGURATION.format(not_found=not_found, folder="/".join(filter(None, folders)))
    copy.add("config/nginx.conf.erb", text, component.content.span)
    build.keep(component.statement, "heroku/nodejs, heroku-community/nginx" if output else "heroku-community/nginx")
    if build.service.version is not None:
        build.degrade(
            build.service.version,
            "the buildpack's nginx",
            "The buildpack has only one release of nginx.",
            "None needed for static files.",
        )
    return "bin/start-nginx-static"
