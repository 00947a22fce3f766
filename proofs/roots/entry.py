"""The proof of a catalogue entry: its sample plan is booted, and used as in ``entries/NAME.py``.

Such a file has a docstring, which the page shows, and

- ``use(fleet)``: uses the product, and fails if that does not work. It is called three times: after the first boot,
  after everything is run again, and after a reboot. It can thus find its own data. It returns a string (rows, keys,
  sums), which must be the same all three times.

It can also have

- ``PLAN``: the plan's folder, relative to the file; default: the product's ``sample/``.
- ``ROOTS``: ``{"trixie": "the reason why it does not run there"}``.
- ``ENVIRONMENT``: more lines for the environment file. ``VARIABLES``: variables of the module.
- ``PASSWORD``: used for generated passwords, instead of one with special characters.
- ``HOSTS``: hosts that instances connect to, in addition to the usual package indexes.
- ``VERSION``: a command that prints the release, on the instance ``VERSION_ON`` (default: the first). Default: the
  version of the Debian package.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from types import ModuleType

from support import phases

from camp2iac.catalogue import Product, load
from roots.fleet import PASSWORD, Fleet
from roots.paper import ENVIRONMENT, SYSTEMS

HERE = Path(__file__).parent
RECORDS = HERE / "proven"
ROOTS = {"bookworm": "Debian 12", "trixie": "Debian 13"}


@dataclass(frozen=True)
class Entry:
    """A proof: of a product, or of another part of the catalogue."""

    name: str
    module: ModuleType
    product: Product | None

    @property
    def does(self) -> str:
        """How the proof uses it."""
        return (self.module.__doc__ or "").strip().splitlines()[0].rstrip(".")

    @property
    def plan(self) -> Path:
        """The plan to boot."""
        if given := getattr(self.module, "PLAN", None):
            return (HERE / "entries" / given).resolve()
        assert self.product, f"entries/{self.name}.py: no product has this name, so PLAN must say which plan"
        return self.product.folder / "sample"

    @property
    def use(self) -> Callable[[Fleet], str | None]:
        """The function that uses it."""
        found: Callable[[Fleet], str | None] = self.module.use
        return found

    def left_out(self, root: str) -> str:
        """Why it does not run on a distribution; empty if it does."""
        return str(getattr(self.module, "ROOTS", {}).get(root, ""))

    def fleet(self, work: Path, root: str) -> Fleet:
        """Its instances, not booted."""
        given = self.module
        return Fleet(
            self.plan,
            work,
            root,
            environment=getattr(given, "ENVIRONMENT", ""),
            variables=getattr(given, "VARIABLES", {}),
            password=getattr(given, "PASSWORD", PASSWORD),
            hosts=getattr(given, "HOSTS", ()),
        )

    def form(self, root: str) -> str:
        """A digest of the plan's files and the documents that are compiled from them."""
        with tempfile.TemporaryDirectory() as work:
            file = Path(work, "test.yaml")
            file.write_text(ENVIRONMENT.format(system=SYSTEMS[root]) + getattr(self.module, "ENVIRONMENT", ""))
            made = phases.compile(phases.load(self.plan), environment=file)
        assert made
        assert made.result.lowered, f"{self.name} does not compile for {root}"
        parts = {document.path: document.data for document in made.result.lowered.documents}
        for path in self.plan.rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                parts[f"plan/{path.relative_to(self.plan)}"] = path.read_bytes()
        lines = (f"{name} {hashlib.sha256(data).hexdigest()}\n" for name, data in sorted(parts.items()))
        return hashlib.sha256("".join(lines).encode()).hexdigest()[:12]

    def version(self, fleet: Fleet) -> str:
        """The release that ran."""
        first = next(iter(fleet.machines))
        if command := getattr(self.module, "VERSION", ""):
            return " ".join(fleet.sh(getattr(self.module, "VERSION_ON", first), command).split())
        packages = self.product.recipe.packages if self.product else ()
        every = [p for group in packages.values() for p in group] if isinstance(packages, dict) else list(packages)
        ask = "; ".join(f"dpkg-query -W -f '${{Version}} ${{db:Status-Status}}\\n' {p} 2>/dev/null" for p in every)
        for name in fleet.machines if every else ():
            said = [line.split()[0] for line in fleet.sh(name, ask, check=False).splitlines() if " installed" in line]
            if said:
                return said[0]
        return ""


def entries() -> dict[str, Entry]:
    """Every proof, by name."""
    products = load().products
    found = {}
    for path in sorted((HERE / "entries").glob("[a-z]*.py")):
        spec = importlib.util.spec_from_file_location(f"roots.entries.{path.stem}", path)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        name = path.stem if path.stem in products else path.stem.replace("_", "-")
        found[name] = Entry(name, module, products.get(name))
    return found


@dataclass
class Record:
    """The result of a proof on one distribution."""

    entry: str
    root: str
    result: str = "passed"
    version: str = ""
    cloud_init: str = ""
    form: str = ""
    seconds: int = 0
    date: str = field(default_factory=lambda: datetime.now(timezone.utc).date().isoformat())

    def write(self) -> None:
        """Write it, and keep the records of other distributions."""
        RECORDS.mkdir(exist_ok=True)
        file = RECORDS / f"{self.entry}.json"
        kept = json.loads(file.read_text()) if file.exists() else {}
        kept[self.root] = {name: value for name, value in vars(self).items() if name not in ("entry", "root")}
        file.write_text(json.dumps(dict(sorted(kept.items())), indent=2) + "\n")


def records() -> dict[str, dict[str, dict[str, object]]]:
    """All records: entry, distribution, content."""
    return {file.stem: json.loads(file.read_text()) for file in sorted(RECORDS.glob("*.json"))}


def earlier(kept: dict[str, dict[str, dict[str, object]]] | None = None) -> set[tuple[str, str]]:
    """Entries and distributions whose plan or compiled documents have changed since their record."""
    found = entries()
    return {
        (name, root)
        for name, records_ in (records() if kept is None else kept).items()
        for root, record in records_.items()
        if name in found and not found[name].left_out(root) and record.get("form") != found[name].form(root)
    }


def proven(name: str, kept: dict[str, dict[str, dict[str, object]]] | None = None) -> str:
    """Where an entry passed: ``Debian 12 and 13``; empty if nowhere."""
    found = (records() if kept is None else kept).get(name, {})
    passed = [ROOTS[root] for root in ROOTS if found.get(root, {}).get("result") == "passed"]
    return " and ".join(passed).replace("and Debian ", "and ")
