"""The product of the catalogue for software that other formats name: ``MySqlNode``, ``tosca.nodes.DBMS.PostgreSQL``."""

from __future__ import annotations

from camp2iac.catalogue import Catalogue
from camp2iac.detect import wishes
from camp2iac.detect.rules import services as service_rules
from camp2iac.importers.draft import DraftCharacteristic
from camp2iac.record import Record

_CHARACTERISTICS = {
    "django": "Django",
    "go": "org.golang:Go",
    "haproxy": "HAProxy",
    "httpd": "org.apache:httpd",
    "java": "Java",
    "linux": "Linux",
    "mariadb": "MariaDB",
    "mediawiki": "MediaWiki",
    "memcached": "memcached",
    "mongodb": "MongoDB",
    "nginx": "org.nginx:nginx",
    "nodejs": "org.nodejs:version",
    "php": "org.php:version",
    "podman": "org.podman:Podman",
    "postgresql": "PostgreSQL",
    "python": "org.python:version",
    "rabbitmq": "RabbitMQ",
    "redis": "Redis",
    "ruby": "org.ruby:version",
    "subversion": "Subversion",
    "tomcat": "org.apache:Tomcat",
    "trac": "Trac",
    "valkey": "Valkey",
    "wordpress": "WordPress",
}
# What other formats call a product. The first that a name contains counts, so longer words come first
_WORDS = (
    ("mariadb", "mariadb"),
    ("mysql", "mariadb"),
    ("postgre", "postgresql"),
    ("mongodb", "mongodb"),
    ("memcache", "memcached"),
    ("mediawiki", "mediawiki"),
    ("wordpress", "wordpress"),
    ("rabbit", "rabbitmq"),
    ("valkey", "valkey"),
    ("redis", "redis"),
    ("tomcat", "tomcat"),
    ("haproxy", "haproxy"),
    ("nginx", "nginx"),
    ("apache2", "httpd"),
    ("httpd", "httpd"),
    ("webserver.apache", "httpd"),
    ("nodejs", "nodejs"),
    ("node.js", "nodejs"),
    ("subversion", "subversion"),
    ("django", "django"),
    ("trac", "trac"),
    ("ruby", "ruby"),
)
_EXACT = {
    "java": "java",
    "jdk": "java",
    "jre": "java",
    "openjdk": "java",
    "php": "php",
    "python": "python",
    "svn": "subversion",
    "go": "go",
    "golang": "go",
    "node": "nodejs",
    "apache": "httpd",
    "docker": "podman",
    "podman": "podman",
    "mongo": "mongodb",
}
# Names that contain a product's, and mean something else
_OTHERS = ("mongodbshard", "mongodbconfig", "mongos", "mysqlsql", "cluster-shard", "extract", "tracker", "contract")

DATABASES = ("mariadb", "postgresql", "mongodb")


class NamedSoftware(Record, frozen=True):
    """A product for some software: its name, and what selects it in a plan. ``dropped``: why its version differs."""

    product: str
    characteristic: DraftCharacteristic
    dropped: str = ""


def product_name(name: str) -> str:
    """The name of the product for a name of another format; empty if the catalogue has none."""
    text = name.strip().lower()[:200]
    if text in _EXACT:
        return _EXACT[text]
    if any(other in text for other in _OTHERS):
        return ""
    return next((product for word, product in _WORDS if word in text), "")


def software(name: str, release: str, catalogue: Catalogue) -> NamedSoftware | None:
    """The product for a name and a release; None if the catalogue has none."""
    product = product_name(name)
    if not product or product not in _CHARACTERISTICS:
        return None
    characteristic = DraftCharacteristic(_CHARACTERISTICS[product])
    key = catalogue[product].characteristics.get(characteristic.type)
    if not release or key is None:
        return NamedSoftware(product, characteristic)
    mysql = product == "mariadb" and "maria" not in name.lower()
    range_ = "" if mysql else wishes.released(release, catalogue[product])
    if range_:
        characteristic.values[key] = range_
        return NamedSoftware(product, characteristic, "" if range_ == release else "the catalogue has a newer release")
    why = "MariaDB has other releases than MySQL" if mysql else "the catalogue has neither this release nor a newer one"
    return NamedSoftware(product, characteristic, why)


def connection(product: str) -> str:
    """The type of the requirement that connects a component to a product; empty if components do not connect to it."""
    rule = service_rules().get(product)
    return rule.connect if rule is not None else ""
