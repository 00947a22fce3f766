"""Apache Brooklyn's blueprints: entities in the dialect of CAMP that Brooklyn has, and items of its catalogue."""

from __future__ import annotations

from camp2iac import catalogue
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import short
from camp2iac.importers.draft import DraftPlan
from camp2iac.importers.formats.brooklyn.components import BrooklynComponents
from camp2iac.importers.formats.brooklyn.contents import BrooklynContents
from camp2iac.importers.formats.brooklyn.document import BrooklynDocument, BrooklynEntity
from camp2iac.importers.formats.brooklyn.types import TYPE_KEYS
from camp2iac.importers.formats.brooklyn.values import BrooklynValues
from camp2iac.importers.part import SourcePart
from camp2iac.importers.reading import ImportSource
from camp2iac.importers.tiers import ImportedApplication, plain_name

_REST = {
    "brooklyn.enrichers": "no platform of camp2iac has sensors",
    "brooklyn.initializers": "no platform of camp2iac has sensors and effectors",
    "brooklyn.policies": "no platform of camp2iac has such a policy",
    "brooklyn.tags": "a plan has no tags",
    "brooklyn.libraries": "Brooklyn's own code does not run",
    "brooklyn.children": "camp2iac does not know the type of the entity",
}


class BrooklynImporter:
    """Imports blueprints."""

    title = "Apache Brooklyn blueprints"
    files = ("blueprint.yaml", "blueprint.yml", "catalog.bom", "*.bom", "*.camp", "*.yaml", "*.yml")
    several = False

    def read(self, source: ImportSource) -> DraftPlan | None:
        """The plan; None after an error that ends the reading."""
        root = source.document(source.main[0])
        if root is None:
            return None
        document = BrooklynDocument(root)
        if not document.read():
            help_ = "name a file with  services,  or a catalogue with an item that has them"
            source.diagnostics.add(_nothing("CAMP768", root, "has no entities of Brooklyn", help_))
            return None
        plan = DraftPlan(plain_name(_title(document), "application"))
        plan.description = _description(document)
        application = ImportedApplication(plan)
        values = BrooklynValues(document)
        components = BrooklynComponents(source, document, application, catalogue.load(), values)
        components.add()
        BrooklynContents(components).add()
        _rest(document, root)
        if not application.tiers:
            help_ = "import a blueprint with software that the catalogue has, or with VanillaSoftwareProcess"
            source.diagnostics.add(_nothing("CAMP769", root, "has no entity that a plan can have", help_))
            return None
        return application.finish()


def _title(document: BrooklynDocument) -> str:
    for part in (document.found, document.root):
        name = part.get("name") if part is not None else None
        if name is not None and name.is_scalar and name.text().strip():
            return name.text()
    return document.root.file.rpartition("/")[2].partition(".")[0]


def _description(document: BrooklynDocument) -> str:
    found = document.found.get("description") if document.found is not None else None
    return " ".join(found.text().split())[:500] if found is not None and found.is_scalar else ""


def _nothing(code: str, root: SourcePart, why: str, help_: str) -> Diagnostic:
    return Diagnostic(code, f"{short(root.file)} {why}", root.span, help=help_)


def _rest(document: BrooklynDocument, root: SourcePart) -> None:
    """Record what was not read."""
    for entity in document.entities:
        for part in (*(entity.member.parts if entity.member is not None else ()), *entity.parts):
            for key, value in part.entries():
                _of_entity(entity, key, value)
    for part in (document.found, root):
        for key, value in part.entries() if part is not None else ():
            if key in _OF_PLAN:
                value.kept(_OF_PLAN[key])
            else:
                _of_all(key, value)
    catalog = root.get("brooklyn.catalog")
    if catalog is not None and not catalog.has_fate:
        catalog.left_out("a plan is one application, and this is about the catalogue, or another item of it", _OTHERS)
    if not root.has_fate:
        root.left_out("the plan needs no such statement")


def _of_entity(entity: BrooklynEntity, key: str, value: SourcePart) -> None:
    if key in ("name", "id"):
        value.kept(f"the name of {entity.id or 'the entity'}")
    elif key in TYPE_KEYS and not value.has_fate:
        value.left_out("camp2iac does not know this type of entity", "write a service, or a product of your own")
    elif key.startswith("brooklyn.") and key not in ("brooklyn.children", "brooklyn.config"):
        _of_all(key, value)
        if not value.has_fate:
            value.left_out("a plan has no such statement")
    elif key in ("location", "locations"):
        _of_all(key, value)
    elif (key == "brooklyn.config" or not entity.kind) and not value.has_fate:
        value.left_out("a plan has no such setting" if entity.tier else "the entity is not in the plan")


def _of_all(key: str, value: SourcePart) -> None:
    """What entities and blueprints have in the same way."""
    if key in ("location", "locations"):
        value.left_out(*_PLACE)
    elif key == "brooklyn.parameters":
        value.changed("the values that use it", "the plan has its default")
    elif key in _REST and key != "brooklyn.children":
        value.left_out(_REST[key])


_OF_PLAN = {"name": "the name of the plan", "description": "the description of the plan"}
_OTHERS = "write the item into a file of its own, and import that"
_PLACE = (
    "the environment file decides where it runs",
    "write an environment file, such as environments/openstack.yaml",
)


IMPORTER = BrooklynImporter()
