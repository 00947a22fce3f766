"""The types of Brooklyn's entities, and what a plan has for them."""

from __future__ import annotations

from camp2iac.importers.part import SourcePart

_JAVA = "Tomcat runs it instead: the catalogue has no other servlet container"
_NGINX = "HAProxy balances instead of nginx"
_MYSQL = "MariaDB runs instead: it has the protocol of MySQL, and other releases"
# By the last part of the name: what it is (a product of the catalogue, or a kind of entity), and how the plan differs
_CLASSES = {
    "TomcatServer": ("tomcat", ""),
    "Tomcat8Server": ("tomcat", ""),
    "Tomcat9Server": ("tomcat", ""),
    "JBoss6Server": ("tomcat", _JAVA),
    "JBoss7Server": ("tomcat", _JAVA),
    "Jetty6Server": ("tomcat", _JAVA),
    "JettyServer": ("tomcat", _JAVA),
    "NginxController": ("haproxy", _NGINX),
    "MySqlNode": ("mariadb", _MYSQL),
    "MariaDbNode": ("mariadb", ""),
    "PostgreSqlNode": ("postgresql", ""),
    "RedisStore": ("redis", ""),
    "MongoDBServer": ("mongodb", ""),
    "RabbitBroker": ("rabbitmq", ""),
    "NodeJsWebAppService": ("nodejs", ""),
    "VanillaSoftwareProcess": ("software", ""),
    "EmptySoftwareProcess": ("machine", ""),
    "SameServerEntity": ("same", ""),
    "BasicApplication": ("group", ""),
    "BasicEntity": ("group", ""),
    "BasicStartable": ("group", ""),
    "ControlledDynamicWebAppCluster": ("balanced", ""),
    "DynamicWebAppCluster": ("cluster", ""),
    "DynamicCluster": ("cluster", ""),
}
# The names of the same types in Brooklyn's catalogue
_SHORT = {
    "tomcat": "TomcatServer",
    "tomcat8": "Tomcat8Server",
    "tomcat9": "Tomcat9Server",
    "jboss7": "JBoss7Server",
    "jetty": "JettyServer",
    "nginx": "NginxController",
    "mysql": "MySqlNode",
    "mysql-server": "MySqlNode",
    "mariadb": "MariaDbNode",
    "postgresql": "PostgreSqlNode",
    "postgresql-server": "PostgreSqlNode",
    "redis-store": "RedisStore",
    "mongodb-server": "MongoDBServer",
    "rabbitmq-broker": "RabbitBroker",
    "nodejs-web-application": "NodeJsWebAppService",
    "load-balancer": "NginxController",
    "vanilla-bash-server": "VanillaSoftwareProcess",
    "vanilla-software-process": "VanillaSoftwareProcess",
    "server": "EmptySoftwareProcess",
    "application": "BasicApplication",
    "cluster": "DynamicCluster",
    "load-balanced-web-cluster": "ControlledDynamicWebAppCluster",
    "controlled-dynamic-web-app-cluster": "ControlledDynamicWebAppCluster",
}
TYPE_KEYS = ("type", "serviceType", "service_type")
WEB = ("tomcat", "nodejs")
DATABASES = ("mariadb", "postgresql")
#: Keys of an entity that are not its configuration
STRUCTURE = (*TYPE_KEYS, "name", "id", "location", "locations", "description", "iconUrl", "version")
SCHEMES = {"mariadb": "mysql", "postgresql": "postgresql", "mongodb": "mongodb", "rabbitmq": "amqp", "redis": "redis"}


def known(type_: str) -> tuple[str, str]:
    """What an entity of a type is, and how the plan differs; empty if camp2iac does not know the type."""
    plain = type_.strip().removeprefix("java:").partition(":")[0]
    plain = _SHORT.get(plain, plain)
    return _CLASSES.get(plain.rpartition(".")[2], ("", ""))


def type_part(part: SourcePart | None) -> SourcePart | None:
    """The type of an entity."""
    found = (part.get(key) for key in TYPE_KEYS) if part is not None else ()
    return next((each for each in found if each is not None and each.is_scalar), None)


def type_name(part: SourcePart | None) -> str:
    """The name of the type of an entity; empty if it has none."""
    found = type_part(part)
    return found.text() if found is not None else ""
