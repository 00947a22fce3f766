"""The instances that exist only if the operator scaled a tier beyond the default of its variable."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from camp2iac.record import Record, replace
from camp2iac.review.difference.moves import instances
from camp2iac.synth.graph import Graph
from camp2iac.synth.sourcemap import Standing

_MOST = 50
"""The most instances of a tier that are considered."""
_NUMBERED = re.compile(r'(\["(?:[^"\\]|\\.)*-)1("\])')


class Scaled(Record, frozen=True):
    """Both graphs with the additional instances. ``perhaps``: the whole addresses of these.

    ``absent``: those of the old output that the new one has whatever the number is, such as ports for the largest one.
    """

    before: Graph
    after: Graph
    perhaps: frozenset[str]
    absent: frozenset[str]


def scaled(before: Standing, after: Standing) -> Scaled | None:
    """The graphs of two outputs. None if one has none.

    An additional instance stays if the new output permits it, because the operator sets the same number again.
    """
    if before.graph is None or after.graph is None:
        return None
    old, new = dict(before.graph.sets), dict(after.graph.sets)
    onward = {source: target for source, target in after.graph.moves if "[" not in source + target}
    for address, tracked in before.resources.items():
        name = before.graph.nodes[address].keys if address in before.graph.nodes else ""
        first = next(iter(old.get(name, ())), "")
        numbered = _NUMBERED.fullmatch(first)
        if tracked.instances is None or not numbered or name not in old:
            continue
        current = _current(address, onward, after.graph)
        now = after.resources.get(current)
        least, most = now.instances if now is not None and now.instances else (1, 1)
        other = after.graph.nodes[current].keys if current in after.graph.nodes else ""
        again = _NUMBERED.fullmatch(next(iter(new.get(other, ())), "")) or numbered
        for n in range(max(tracked.instances[0], least) + 1, min(tracked.instances[1], _MOST) + 1):
            key = f"{numbered[1]}{n}{numbered[2]}"
            old[name] = {**old[name], key: json.dumps(n)}
            if n <= most and other in new:
                new[other] = {**new[other], f"{again[1]}{n}{again[2]}": json.dumps(n)}
    found = replace(before.graph, sets=old), replace(after.graph, sets=new)
    was, now_more = frozenset(_more(before.graph, found[0])), frozenset(_more(after.graph, found[1]))
    absent = was & instances(after.graph).keys()
    return Scaled(*found, (was - absent) | now_more, absent)


def _current(address: str, onward: Mapping[str, str], graph: Graph) -> str:
    """The address of a previous resource in the new output."""
    seen = {address}
    while address not in graph.nodes and address in onward and onward[address] not in seen:
        address = onward[address]
        seen.add(address)
    return address


def _more(graph: Graph, extended: Graph) -> Iterable[str]:
    for address, node in graph.nodes.items():
        if node.keys:
            yield from (
                address + key for key in extended.sets.get(node.keys, {}).keys() - graph.sets.get(node.keys, {}).keys()
            )
