"""Tables about the products of PaaS Manager."""

from __future__ import annotations

# Releases that were those of a cookbook, not of the software
COOKBOOKS = {
    "apache2": ("1.10.5",),
    "git": ("1.7",),
    "haproxy": ("1.0", "1.3"),
    "mysql": ("1.2.4",),
    "subversion": ("1.1.0",),
}
_LOGIN = {"login": "user", "user": "user", "username": "user", "password": "password"}
_DATABASE = {**_LOGIN, "database": "database", "dbname": "database", "db_name": "database"}
# By the catalogue's product: its attribute for an attribute of PaaS Manager
ATTRIBUTES = {
    "mariadb": _DATABASE,
    "mediawiki": {"language": "language", "password": "password", "title": "title", "wikiname": "title"},
    "mongodb": _DATABASE,
    "postgresql": _DATABASE,
    "rabbitmq": {**_LOGIN, "vhost": "vhost"},
    "redis": {"password": "password"},
    "subversion": _LOGIN,
    "trac": {"password": "password", "title": "title"},
    "wordpress": {"password": "password", "title": "title"},
}
PORT = ("port", "listen_port", "listenport")
MEMBERS = ("id_web_server", "sdcgroupid")  # attributes of a product that a load balancer finds
LOOKS_UP = ("app_server_role", "sdccoregroupid")  # of the load balancer
BALANCER = "balancer"  # the product that balances this one
OPEN_PORTS = "openports"  # before the metadata open_ports
CODE = ("url_repo_git", "git_url")  # the address of an application's code
CONTENT = {"sqlurl": ("mariadb", "postgresql"), "warurl": ("tomcat",)}  # of an application, and what it runs on
SECRET = ("pass", "secret", "token", "credential", "private")  # words in the names of secret attributes
# Products that are an application in the catalogue: their content, and its type and requirement
APPLICATIONS = {
    "mediawiki": ("org.mediawiki:Content", "org.mediawiki:HostOn"),
    "wordpress": ("org.wordpress:Content", "org.wordpress:HostOn"),
}
SCRIPT = """\
#!/bin/bash
# Installs {product} on this instance, as root: camp2iac has no such product.
set -Eeuo pipefail
echo "write the installation of {product} into {path}" >&2
exit 1
"""


def is_secret(key: str) -> bool:
    """Whether the value of an attribute is a secret, by its name."""
    return any(word in key.lower() for word in SECRET)


def ports(value: str) -> tuple[list[str], list[str]]:
    """The ports and ranges of ``80 8080-8090``, and the words that are not a port."""
    good: list[str] = []
    bad: list[str] = []
    for word in value.replace(",", " ").split()[:200]:
        first, dash, last = word.partition("-")
        words = (first, last or first)
        numbers = [int(each) for each in words if each.isascii() and each.isdecimal() and len(each) < 6]
        fits = len(numbers) == 2 and 0 < numbers[0] <= numbers[1] < 65536 and bool(dash) == bool(last)
        text = "-".join(str(each) for each in dict.fromkeys(numbers)) if fits else word
        found = good if fits else bad
        if text not in found:
            found.append(text)
    return good, bad
