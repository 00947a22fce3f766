"""Servers of Heat templates and what belongs to them: groups, volumes, scripts."""

from __future__ import annotations

from collections.abc import Callable

from camp2iac.importers import DraftValue, SourcePart
from camp2iac.importers.formats.hot.networks import HotNetworks
from camp2iac.importers.formats.hot.template import HotResource, HotTemplate
from camp2iac.importers.formats.hot.userdata import user_data
from camp2iac.importers.formats.hot.values import HotValues
from camp2iac.importers.scripts import NO_ADDRESS, OTHER_LANGUAGE, ScriptHost
from camp2iac.importers.tiers import (
    CHECK_SIZE,
    ImportedApplication,
    ImportedTier,
    flavor_size,
    plain_name,
    unique,
    variable_name,
)
from camp2iac.record import Record, field

SERVER = ("OS::Nova::Server",)
DEPLOYMENT = ("OS::Heat::SoftwareDeployment", "OS::Heat::SoftwareDeploymentGroup", "OS::Heat::StructuredDeployment")
_VARIABLE = "the operator gives the value"
_NOT_SAID = "its value is not in the source"
_COUNTS = {"min_size": "min", "desired_capacity": "initial", "max_size": "max"}
_POLICIES = {
    "affinity": ("together", "hard"),
    "anti-affinity": ("spread", "hard"),
    "soft-affinity": ("together", "soft"),
    "soft-anti-affinity": ("spread", "soft"),
}


class HotServers(Record):
    """Adds servers. ``tiers``: by the identity of their resources."""

    application: ImportedApplication
    values: HotValues
    networks: HotNetworks
    tiers: dict[int, ImportedTier] = field(default_factory=dict)
    hosts: dict[int, ScriptHost] = field(default_factory=dict)

    def add(self, template: HotTemplate) -> None:
        """Add the servers of a template."""
        for resource in template.of(*SERVER):
            self._server(resource)

    def _server(self, resource: HotResource) -> None:
        name = resource.name.removesuffix("/member")
        if resource.group is not None and len(list(resource.template.of(*SERVER))) == 1:
            name = resource.group.name
        tier = self.application.tier(name, resource.part.where)
        self.tiers[id(resource)] = tier
        self.hosts[id(resource)] = ScriptHost(self.application, tier, tier.name, resource.part.where)
        resource.kept(f"tier {tier.name}")
        readers: dict[str, Callable[[HotResource, ImportedTier, SourcePart], None]] = {
            "availability_zone": self._zone,
            "block_device_mapping": self._devices,
            "block_device_mapping_v2": self._boot,
            "flavor": self._flavor,
            "image": self._image,
            "key_name": self._key,
            "networks": self._networks,
            "scheduler_hints": self._hints,
            "security_groups": self._groups,
            "user_data": self._user_data,
        }
        for key, value in resource.properties():
            reader = readers.get(key)
            if reader is not None:
                reader(resource, tier, value)
            elif key == "name":
                value.changed(f"tier {tier.name}", "the module names its instances")
            elif key in ("user_data_format", "config_drive", "software_config_transport"):
                value.kept("cloud-init")
            else:
                value.left_out("an instance of the plan has no such property")
        if resource.group is not None:
            self._scale(resource.group, tier)

    def _scale(self, group: HotResource, tier: ImportedTier) -> None:
        group.kept(f"tier {tier.name}")
        count = group.property("count", "size")
        parts = {_COUNTS[key]: value for key, value in group.properties() if key in _COUNTS}
        texts = {key: self.values.static(value, group.template) or "" for key, value in parts.items()}
        counts = {
            key: int(each) for key, each in texts.items() if each.isascii() and each.isdecimal() and len(each) < 4
        }
        if count is not None:
            text = self.values.static(count, group.template) or ""
            fits = text.isascii() and text.isdecimal() and 0 < len(text) < 4
            counts = dict.fromkeys(("min", "initial", "max"), int(text)) if fits else {}
            if fits:
                count.kept("Scale")
            else:
                count.changed("one instance", _NOT_SAID, "write  Scale")
        least = counts.get("min", 1)
        first = max(counts.get("initial", least), least)
        right = {"min": least, "initial": first, "max": max(counts.get("max", first), first, 1)}
        for key, part in parts.items():
            if counts.get(key) == right[key]:
                part.kept(f"Scale, {key}")
            else:
                part.changed(f"Scale, {key}", "its value is not in the source, or not min <= initial <= max")
        if counts:
            tier.scale = dict(right)

    def _operator(self, key: str, resource: HotResource, tier: ImportedTier, part: SourcePart) -> None:
        text = self.values.static(part, resource.template)
        if text:
            tier.operator[key] = text
            part.kept(f"environment, {key}")
        else:
            part.changed(f"variable {key}", _VARIABLE)

    def _image(self, resource: HotResource, tier: ImportedTier, part: SourcePart) -> None:
        self._operator("image", resource, tier, part)

    def _key(self, resource: HotResource, tier: ImportedTier, part: SourcePart) -> None:
        target = self.values.reference(part, resource.template)
        if target is None or target.type != "OS::Nova::KeyPair":
            self._operator("key_pair", resource, tier, part)
            return
        name = self.values.static(target.property("name"), target.template)
        public = target.property("public_key")
        text = self.values.static(public, target.template)
        if name:
            self.application.environment["key_pair"] = name
        if text and text.startswith("ssh-"):
            self.application.environment["public_key"] = text
            part.kept("environment, key_pair")
            target.part.kept("environment, public_key")
        else:
            part.changed("variable key_pair", _VARIABLE)

    def _flavor(self, resource: HotResource, tier: ImportedTier, part: SourcePart) -> None:
        text = self.values.static(part, resource.template)
        if text:
            size = flavor_size(self.application, text, part.where)
            tier.operator["size"] = size
            part.changed(f"environment, sizes, {size}", "the source has only the name or id of the flavor", CHECK_SIZE)
        else:
            part.changed("a variable for the flavor", _VARIABLE)

    def _zone(self, resource: HotResource, tier: ImportedTier, part: SourcePart) -> None:
        text = self.values.static(part, resource.template)
        if text:
            tier.placement["zone"] = text
            part.kept("Placement, zone")
        else:
            part.left_out(_NOT_SAID, "write  zone  into Placement")

    def _networks(self, resource: HotResource, tier: ImportedTier, part: SourcePart) -> None:
        for item in part.items("a list of networks"):
            for key, value in item.entries():
                if key == "port":
                    self.networks.port(tier, value, resource.template)
                elif key in ("network", "uuid", "subnet"):
                    self.networks.connect(tier, value, resource.template)
                else:
                    value.left_out("instances of a tier have different addresses", "write  addresses")

    def _groups(self, resource: HotResource, tier: ImportedTier, part: SourcePart) -> None:
        self.networks.security_groups(tier, part, resource.template)

    def _hints(self, resource: HotResource, tier: ImportedTier, part: SourcePart) -> None:
        for key, value in part.entries() if part.is_mapping else ():
            target = self.values.reference(value, resource.template)
            policies = target.property("policies") if target is not None else None
            words = (
                [self.values.static(each, resource.template) for each in policies.items()]
                if policies is not None and policies.is_list
                else []
            )
            found = next((_POLICIES[each] for each in words if each in _POLICIES), None)
            if key == "group" and found is not None and target is not None:
                tier.placement[found[0]] = found[1]
                target.part.changed(f"Placement, {found[0]}", "it applies to the instances of each tier")
                value.kept(f"Placement, {found[0]}")
            else:
                value.left_out("the plan has no such hint")

    def _boot(self, resource: HotResource, tier: ImportedTier, part: SourcePart) -> None:
        first = next(iter(part.items()), None) if part.is_list else None
        size = first.get("volume_size") if first is not None else None
        image = first.get("image") or first.get("image_id") if first is not None else None
        text = self.values.static(size, resource.template) or ""
        if size is not None and text.isascii() and text.isdecimal() and 0 < len(text) < 7:
            tier.operator["boot_volume"] = {"size": f"{int(text)} GiB"}
            size.kept("environment, boot_volume")
        if image is not None:
            self._operator("image", resource, tier, image)
        part.left_out("the flavor and the environment file decide it", "write  boot_volume  in the environment file")

    def _devices(self, resource: HotResource, tier: ImportedTier, part: SourcePart) -> None:
        for item in part.items("a list of devices"):
            target = self.values.reference(item.get("volume_id"), resource.template)
            if target is not None and target.type == "OS::Cinder::Volume":
                self._volume(target, tier, item)
            else:
                item.left_out("the source has no such volume", "write  Volume")

    def volumes(self, template: HotTemplate) -> None:
        """Attach the volumes of a template."""
        for resource in template.of("OS::Cinder::VolumeAttachment"):
            server = self.values.reference(resource.property("instance_uuid"), template)
            target = self.values.reference(resource.property("volume_id"), template)
            tier = self.tiers.get(id(server)) if server is not None else None
            if tier is not None and target is not None and target.type == "OS::Cinder::Volume":
                self._volume(target, tier, resource.part)
            else:
                resource.part.left_out("it connects no instance of the source with a volume of it")

    def _volume(self, target: HotResource, tier: ImportedTier, part: SourcePart) -> None:
        name = unique(plain_name(target.name, "data"), {str(each["name"]) for each in tier.volumes})
        size = target.property("size")
        text = self.values.static(size, target.template) or ""
        fits = text.isascii() and text.isdecimal() and 0 < len(text) < 7 and int(text) > 0
        volume: dict[str, DraftValue] = {
            "name": name,
            "size": f"{int(text)} GiB" if fits else "1 GiB",
            "mount": f"/srv/{name}",
        }
        for key, value in target.properties():
            kind = self.values.static(value, target.template) if key == "volume_type" else None
            if key == "size" and fits:
                value.kept(f"Volume {name}, size")
            elif key == "size":
                value.changed(f"Volume {name}, size", _NOT_SAID, "write the size")
            elif kind:
                volume["type"] = kind
                value.kept(f"Volume {name}, type")
            else:
                value.left_out("a new volume is empty, and the module names it")
        tier.volumes.append(volume)
        target.kept(f"Volume {name}")
        part.changed(f"Volume {name}, mount: /srv/{name}", "the volume has a file system, and is mounted")

    def _user_data(self, resource: HotResource, tier: ImportedTier, part: SourcePart) -> None:
        target = self.values.reference(part, resource.template)
        if target is not None:
            part.kept("scripts")
            self._config(target, self.hosts[id(resource)], {}, depth=0)
            return
        self._script(part, resource.template, self.hosts[id(resource)], "boot", {})

    def _script(
        self, part: SourcePart, template: HotTemplate, host: ScriptHost, name: str, variables: dict[str, str]
    ) -> None:
        text, unknown = self.values.text(part, template)
        found = user_data(text) if text is not None else None
        if found is None or not found.script:
            why = _NOT_SAID if found is None else OTHER_LANGUAGE
            part.left_out(why, "write a script, and an artifact that runs it")
            return
        artifact = host.add(name, found.script, variables, part.where)
        if artifact is None:
            part.left_out(OTHER_LANGUAGE, "write a script, and an artifact that runs it")
            return
        for each in unknown:
            each.left_out(NO_ADDRESS, f"write the value into {artifact.content}")
        if found.lacks:
            part.changed(f"artifact {artifact.name}", f"the script lacks {', '.join(map(str, found.lacks[:5]))}")
        else:
            part.kept(f"artifact {artifact.name}")

    def _config(self, target: HotResource, host: ScriptHost, variables: dict[str, str], depth: int) -> None:
        """The scripts of a configuration, which can have parts."""
        if target.type == "OS::Heat::MultipartMime" and depth < 4:
            parts = target.property("parts")
            for item in parts.items() if parts is not None and parts.is_list else ():
                inner = self.values.reference(item.get("config"), target.template)
                if inner is not None:
                    item.kept("scripts")
                    self._config(inner, host, variables, depth + 1)
            target.kept("scripts")
        elif target.type in ("OS::Heat::SoftwareConfig", "OS::Heat::CloudConfig"):
            part = target.property("config", "cloud_config")
            if part is None:
                target.part.left_out("it has no script")
            elif target.type == "OS::Heat::SoftwareConfig":
                target.kept("scripts")
                self._script(part, target.template, host, target.name, variables)
            else:
                part.left_out("only cloud-config that is text is read", "write a script")
        else:
            target.part.left_out("camp2iac runs shell scripts only", "write a script, and an artifact that runs it")

    def deployments(self, template: HotTemplate) -> None:
        """Run the configurations that deployments name."""
        for resource in template.of(*DEPLOYMENT):
            server = self.values.reference(resource.property("server"), template)
            target = self.values.reference(resource.property("config"), template)
            host = self.hosts.get(id(server)) if server is not None else None
            if host is None or target is None:
                resource.part.left_out("the source has no instance or no configuration for it")
                continue
            inputs = resource.property("input_values")
            variables: dict[str, str] = {}
            for key, value in inputs.entries() if inputs is not None and inputs.is_mapping else ():
                text = self.values.static(value, template)
                if text is None:
                    value.left_out(NO_ADDRESS, f"write  {variable_name(key)}  into the script")
                elif key.isidentifier() and key.isascii():
                    variables[key] = text
                    value.kept(f"script: {key}")
            resource.kept("scripts")
            for key, value in resource.properties():
                if key in ("server", "config"):
                    value.kept("scripts")
                elif key != "input_values":
                    value.left_out("instances run scripts once, when they are created")
            self._config(target, host, variables, depth=0)
