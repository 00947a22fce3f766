"""Asking another tier, by HTTP and JSON: the first of its machines that answers, from then on that one first."""
import json
import urllib.error
import urllib.request

PATIENCE = 5.0  # seconds for an answer, where there is one machine only


def ask(machines: list[str], path: str) -> dict[str, int]:
    fault: Exception = OSError("nobody to ask")
    for base in list(machines):
        try:
            with urllib.request.urlopen(base + path, timeout=1 if len(machines) > 1 else PATIENCE) as answer:
                machines.remove(base)
                machines.insert(0, base)
                return json.load(answer)
        except urllib.error.HTTPError:
            raise
        except OSError as each:  # a place of the tier that no machine has taken
            fault = each
    raise fault


def addresses(hosts: str, port: int) -> list[str]:
    """`10.0.0.1,10.0.0.2` as URLs to ask; what is a URL stays one."""
    return [each if "://" in each else f"http://{each}:{port}" for each in hosts.split(",") if each]
