"""What is not available while Terraform applies a difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from camp2iac.review.difference.model import Action, Downtime, ResourceChange
from camp2iac.synth.sourcemap import Standing

#: resource types, to the reason why its part of the plan is not available if it is replaced
_REPLACED: Mapping[str, str] = {
    "heroku_addon": "the add-on is replaced",
    "heroku_app": "the app is replaced",
    "heroku_formation": "the dynos are replaced",
    "openstack_lb_loadbalancer_v2": "the load balancer is replaced",
    "openstack_lb_listener_v2": "the listener of the load balancer is replaced",
    "openstack_lb_pool_v2": "the pool of the load balancer is replaced",
    "openstack_networking_floatingip_v2": "the floating IP is replaced: the address changes",
    "openstack_networking_network_v2": "the network is replaced",
}
#: resource types whose change restarts what runs, for seconds
_RESTARTS: Mapping[str, str] = {
    "heroku_addon_attachment": "the dynos restart, because their configuration changes",
    "heroku_app_config_association": "the dynos restart, because their configuration changes",
    "heroku_build": "the dynos restart with the new release",
    "heroku_config": "the dynos restart, because their configuration changes",
}
_INSTANCE = "openstack_compute_instance_v2"
_GONE = (Action.REPLACE, Action.DESTROY)
#: arguments of instances that Terraform updates in place: Nova resizes the instance, which restarts it
_RESIZED = frozenset({"flavor_id", "flavor_name"})


def downtimes(changes: Sequence[ResourceChange], before: Standing, after: Standing) -> tuple[Downtime, ...]:
    """The downtimes of these changes, one for each part of the plan and reason, if both outputs have the part."""
    by_node: dict[str, list[ResourceChange]] = {}
    for change in changes:
        by_node.setdefault(change.node, []).append(change)
    stays = {each.node for each in before.resources.values()} & {each.node for each in after.resources.values()}
    found = (Downtime(node, why) for node, those in by_node.items() if node in stays for why in _reasons(those, after))
    return tuple(dict.fromkeys(found))


def _reasons(changes: Sequence[ResourceChange], after: Standing) -> Iterator[str]:
    yield from _instances(changes, after)
    types = dict.fromkeys(_type(each.address) for each in changes if each.action is Action.REPLACE)
    yield from (_REPLACED[type_] for type_ in types if type_ in _REPLACED)
    if any(_type(each.address) == _INSTANCE and each.action is Action.RERUN for each in changes):
        yield "the instances install the new release and restart their processes"
    if not any(type_ in _REPLACED for type_ in types):
        restarting = (_type(each.address) for each in changes if each.action in (Action.UPDATE, *_GONE, Action.CREATE))
        yield from list(dict.fromkeys(_RESTARTS[type_] for type_ in restarting if type_ in _RESTARTS))[:1]


def _instances(changes: Sequence[ResourceChange], after: Standing) -> Iterator[str]:
    """Terraform changes up to ten instances at once, so a tier of several is not available either."""
    touched: dict[str, list[ResourceChange]] = {}
    for each in changes:
        if _type(each.address) == _INSTANCE and (each.action is Action.REPLACE or _is_resized(each)):
            touched.setdefault(_resource(each.address), []).append(each)
    for address, those in touched.items():
        kept = after.resources.get(address)
        if kept is None:
            continue
        first = kept.most[0]
        resized = not any(each.action is Action.REPLACE for each in those)
        if first == 1:
            yield "its only instance is resized, which restarts it" if resized else "its only instance is replaced"
        elif len([each for each in those if not each.perhaps]) >= first:
            yield f"all {first} instances are {'resized and restarted' if resized else 'replaced'} at once"


def _is_resized(change: ResourceChange) -> bool:
    return change.action in (Action.UPDATE, Action.RERUN) and not _RESIZED.isdisjoint(change.arguments)


def _type(address: str) -> str:
    return address.partition(".")[0]


def _resource(address: str) -> str:
    return address.partition("[")[0]
