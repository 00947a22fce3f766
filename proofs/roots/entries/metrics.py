"""Debian's Prometheus finds the exporters of all instances and servers in the module's output. They have few rights."""

import json
import time

from roots.fleet import Fleet

PLAN = "../../../camp2iac/catalogue/companions/metrics/sample"
ENVIRONMENT = "metrics: 10.0.0.0/8\n"
VERSION = "dpkg-query -W -f '${Version}' prometheus-node-exporter"
SETTINGS = """\
global: { scrape_interval: 2s }
scrape_configs:
  - job_name: camp
    file_sd_configs: [{ files: [/etc/prometheus/camp.json] }]
"""
API = "curl -s --noproxy '*' 'http://127.0.0.1:9090/api/v1"
DENIED = {
    "psql --username=prometheus --dbname=postgres --command='select * from pg_authid'": "permission denied",
    "mariadb --user=prometheus --execute='select * from mysql.global_priv'": "denied",
}
REDIS = (
    "set -a; . /usr/local/lib/camp/companion.metrics.cache/exporter.env; "
    "redis-cli --no-auth-warning --user $REDIS_USER --pass $REDIS_PASSWORD {} 2>&1"
)


def use(fleet: Fleet) -> str:
    install(fleet, "machine")
    found = watched(fleet, "machine")
    query = f"{API}/query?query=pg_up%2Bon()mysql_up%2Bon()redis_up%2Bon()nginx_up"
    assert json.loads(fleet.sh("machine", f"{query}'"))["data"]["result"][0]["value"][1] == "4"
    for command, answer in DENIED.items():
        said = fleet.sh("servers", f"cd / && runuser -u prometheus -- {command} 2>&1", check=False)
        assert answer in said, said
    assert "NOPERM" in fleet.sh("servers", REDIS.format("config get requirepass"), check=False)
    assert "redis_version" in fleet.sh("servers", REDIS.format("info server"))
    return "\n".join(found)


def install(fleet: Fleet, machine: str) -> None:
    """Install Debian's Prometheus on an instance, with the module's output."""
    targets = json.dumps(fleet.paper.outputs["metrics_targets"])
    fleet.sh(
        machine,
        "command -v prometheus > /dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -qq -y prometheus\n"
        f"cat > /etc/prometheus/prometheus.yml << 'END'\n{SETTINGS}END\n"
        f"cat > /etc/prometheus/camp.json << 'END'\n{targets}\nEND\n"
        "systemctl restart prometheus",
    )


def watched(fleet: Fleet, machine: str) -> list[str]:
    """The targets that Prometheus knows, all of them up."""
    end = time.monotonic() + 90
    while True:
        said = fleet.sh(machine, f"{API}/targets'", check=False)
        known = json.loads(said)["data"]["activeTargets"] if said.startswith("{") else []
        health = {each["labels"]["job"] + " " + each["labels"]["instance"]: each["health"] for each in known}
        if len(health) == len(fleet.paper.outputs["metrics_targets"]) and set(health.values()) == {"up"}:
            break
        assert time.monotonic() < end, f"{health} {[each['lastError'] for each in known]}"
        time.sleep(2)
    return sorted(health)
