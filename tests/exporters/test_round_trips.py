"""Every plan that a format can hold, exported and imported again, is the same application as far as the format says it.

`round-trips.txt` has each difference. A difference needs a reason: the format cannot say the facet, or the plan has
something that the imports do not read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from support import exports, round_trips

HERE = Path(__file__).parent
Golden = Callable[[Path, str], None]

#: What a format, or what reads it, cannot say. By facet of :mod:`support.round_trips`.
CANNOT: Mapping[str, Mapping[str, str]] = {
    "compose": {
        "releases": "an image has one release, and a plan a range of them",
        "hosts": "Compose knows no names of the DNS",
        "links": "an address in a variable of the plan reads like a link",
        "parameters": "a variable of the plan is named like that of the component, and a default has no braces",
        "secrets": "a variable is a secret if its name looks so: nothing else in the file says it",
        "public": "a plan without Expose is public by default, and the file has the port",
        "ports": "of several ports, those that no user reaches have no Expose",
    },
    "score": {
        "numbers": "Score has no number of instances",
        "data": "Score has no volumes of resources",
        "hosts": "the name of a route is a decision of the operator",
        "schedules": "Score has no schedules",
        "loads": "Score loads nothing into a resource",
        "links": "an address in a variable of the plan reads like a link",
        "parameters": "Score has no defaults, and a variable of the plan is named like that of the component",
        "secrets": "a variable is a secret if its name looks so: nothing else in the workload says it",
        "public": "a plan without Expose is public by default; routes are for HTTP only",
    },
}
_IMAGE = "imports do not read what Maven, Tomcat and Apache images are built from"
_ELSEWHERE = "a service elsewhere is only its address in variables"
#: What imports do not bring back, by plan.
LOST = {
    "examples/gallery": f"{_ELSEWHERE}; Django's commands are processes, and a shared volume is mounted twice",
    "examples/ledger": _IMAGE,
    "examples/tickets": _ELSEWHERE,
    "examples/vitals": _IMAGE,
    "tests/cases/builds/folders-on-heroku": "Django's commands are processes",
    "tests/cases/builds/site": _IMAGE,
    "tests/cases/calls/circle": "variables of a link are named like the service, and the component comes back",
    "tests/cases/heroku/software": f"{_IMAGE}, and a program without source is not Go",
    "tests/cases/images/registry": "nothing shows that processes of an image in a registry belong together",
    "tests/cases/paas-manager/floating": "a database that nothing uses is no application",
    "tests/cases/paas-manager/tomcat-postgresql": _IMAGE,
    "tests/cases/references/both-ways": "the address of a service without a link reads like a link to it",
    "tests/cases/scaling/tiers": "IPALL of a tier whose processes do not answer has no value in Docker",
    "tests/cases/services/elsewhere": _ELSEWHERE,
    "tests/cases/services/object-stores": _ELSEWHERE,
    "tests/cases/services/schemes": _ELSEWHERE,
    "tests/cases/services/web-servers": "a shared volume is mounted twice, and the image has variables of its own",
    "tests/cases/source/built": _IMAGE,
    "tests/exporters/score/market/files": "a name in Score has two characters",
}


def test_the_same_application(tmp_path: Path, golden: Golden) -> None:
    lines, unexplained, number = [], [], 0
    used: set[str] = set()
    for format_, cannot in CANNOT.items():
        for export in exports.all_exports(format_):
            number += 1
            after = round_trips.imported(format_, export, tmp_path / format_ / export.folder)
            found = {"all": after} if isinstance(after, str) else round_trips.differing(export.topology, after)
            for facet, how in found.items():
                line = f"{format_} {export.name} {facet}: {how}"
                lines.append(line.replace("\n", "\\n"))
                if facet in cannot:
                    used.add(f"{format_} {facet}")
                elif export.name in LOST:
                    used.add(export.name)
                else:
                    unexplained.append(line)
    assert not unexplained
    assert number > 140
    golden(HERE / "round-trips.txt", "\n".join(lines) + "\n")
    reasons = {*LOST, *(f"{format_} {facet}" for format_, cannot in CANNOT.items() for facet in cannot)}
    assert used == reasons, "a reason that nothing needs"
    apart = {" ".join(line.split(" ")[:2]) for line in lines}
    assert number - len(apart) > 30  # plans that come back whole


def test_each_facet_has_something_to_compare() -> None:
    topologies = [export.topology for export in exports.all_exports("compose")]
    empty = [name for name, facet in round_trips.FACETS.items() if not any(map(facet, topologies))]
    assert empty == []
