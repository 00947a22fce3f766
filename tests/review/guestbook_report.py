"""The guestbook's port report, from handwritten ledger entries."""

from __future__ import annotations

from camp2iac.diagnostics import Fix, Span
from camp2iac.review.port import Column, PortReport, report
from camp2iac.targets.base import LedgerEntry, Outcome, unkept
from camp2iac.topology.statements import PLAN, Statement, StatementKey, StatementKind, Subject, SubjectKind

ENVIRONMENT = "environments/heroku.yaml"


def at(line: int, file: str = "camp.yaml") -> Span:
    return Span(file, line, 1, line, 2)


def said(node: str, words: str, span: Span) -> Statement[None]:
    """A statement about a service or about the plan, identified by its words."""
    subject = PLAN if node == PLAN.heading else Subject(SubjectKind.SERVICE, node, node)
    return Statement(StatementKey(subject, StatementKind("test", "Test"), words, 1), None, words, span)


DYNO = (
    "A standard-1x dyno has 512 MB and shares its cores with other dynos.",
    Fix(
        "dynos: { web: performance-m }",
        note="2.5 GB, dedicated cores",
        replaces=at(4, ENVIRONMENT),
        text="performance-m",
    ),
)
ROUTER = (
    (
        "Heroku's router distributes requests randomly over the dynos. It has no health checks: a dyno that hangs "
        "continues to get requests."
    ),
    "Monitor /healthz from outside Heroku.",
)
PORT = (
    "A dyno must listen on $PORT, and only Heroku's router can reach it. The generated Procfile uses $PORT.",
    "None needed, unless something depends on port 8080.",
)
RELEASE = (
    (
        "The release command of web loads it once. If the command fails, the previous release stays active, and "
        "`terraform apply` still succeeds."
    ),
    "After an apply that builds, check `heroku releases --app guestbook`.",
)
DATABASE = (
    "An essential-0 database shares the memory of its server and has 1 GB of storage.",
    Fix(
        "addons: { database: heroku-postgresql:standard-0 }",
        note="4 GB of memory, 64 GB of disk",
        replaces=at(5, ENVIRONMENT),
        text="heroku-postgresql:standard-0",
    ),
)
NETWORKS = (
    (
        "Apps share Heroku's network and have no networks, subnets or addresses of their own. The database is "
        "reachable from anywhere, with TLS and a password."
    ),
    (
        "A Private Space has its own network: `space: NAME` in environments/heroku.yaml, with private dynos and a "
        "private database plan."
    ),
)
SPREAD = (
    "Heroku decides which hosts run the dynos.",
    "Dynos of performance-m and larger have dedicated hosts, but you cannot choose which.",
)

# line, node, says, how on OpenStack, how on Heroku, why and help there
STATEMENTS: list[tuple[int, str, str, str, str, tuple[str, str | Fix] | None]] = [
    (7, "web", "org.python:src, web/", "in a virtual environment", "heroku/python", None),
    (11, "web", "WSGI application guestbook/app", "gunicorn, by systemd", "gunicorn, in the Procfile", None),
    (16, "web", "Python [3.9,4)", "3.11", "3.14", None),
    (17, "web", "Compute: 1 core, 2 GiB", "m1.small", "standard-1x: 512 MB", DYNO),
    (20, "web", "Scale: 2, from 2 to 4", "-var web_count=N", "-var web_count=N", None),
    (25, "web", "Balance: health /healthz", "health checks by the load balancer", "balanced, no health checks", ROUTER),
    (27, "web", "Placement: networks front, back", "a port in each", "lost", NETWORKS),
    (28, "web", "Placement: spread soft", "server group", "lost", SPREAD),
    (29, "web", "ConnectTo database", "DATABASE_URL", "DATABASE_URL", None),
    (32, "web", "Expose: port 8080", "8080", "$PORT, chosen by Heroku", PORT),
    (33, "web", "Expose: as 80", "80", "80, and 443 with TLS", None),
    (34, "web", "Expose: public", "a floating IP", "herokuapp.com", None),
    (35, "web", "Env: TITLE, GREETING", "environment", "config vars", None),
    (62, PLAN.heading, "Parameter greeting", "variable greeting", "variable greeting", None),
    (65, PLAN.heading, "Network front 10.20.1.0/24", "network and subnet", "lost", NETWORKS),
    (66, PLAN.heading, "Network back 10.20.2.0/24", "network and subnet", "lost", NETWORKS),
    (43, "schema", "ExecuteAt database, db/schema.sql", "once, on its instance", "once, when web is released", RELEASE),
    (52, "database", "PostgreSQL [13,18)", "15", "17", None),
    (53, "database", "Compute: 1 core, 2 GiB", "m1.small", "essential-0: shared", DATABASE),
    (57, "database", "Volume: size 10 GiB", "a volume", "essential-0: 1 GB", DATABASE),
    (59, "database", "Placement: networks back", "a port in it", "lost", NETWORKS),
]


def guestbook() -> PortReport:
    openstack, heroku = [], []
    for line, node, says, there, here, loss in STATEMENTS:
        openstack.append(LedgerEntry(said(node, says, at(line)), Outcome.KEPT, there))
        outcome = Outcome.KEPT if loss is None else Outcome.LOST if here == "lost" else Outcome.DEGRADED
        why, *advice = loss or ("",)
        # Each platform is compiled separately: the statements are equal, but not identical.
        heroku.append(unkept(said(node, says, at(line)), outcome, here, str(why), advice))
    return report(
        "guestbook",
        "camp.yaml",
        [
            Column("openstack", "environments/openstack.yaml", tuple(openstack)),
            Column("heroku", "environments/heroku.yaml", tuple(heroku)),
        ],
    )
