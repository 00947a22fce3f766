"""The whole compiler under mutated plans, environment files, catalogue entries: raises nothing, ends, writes nothing.

    python -m tests.properties.pipeline --count 20000 [--seed 1] [--keep FOLDER] [--only FOLDER/1-207]

One input is a package (an example, a case, a wrong plan of ``tests/errors``) whose plan is mutated as data: parts are
removed, doubled, exchanged, taken from other plans, made deep or very long, and texts are replaced by hostile ones; now
and then its environment file or a catalogue entry is mutated as well. It is compiled for both targets, with and without
environment, written in every form, and reported on.

``--keep``: a folder for what breaks it or takes long, an input a folder. ``--only``: one of those again. For mutated
bytes there is ``python -m tests.properties.fuzz --under tests.properties.pipeline:compiling``.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from support import phases

from camp2iac.catalogue.loader import BUILT_IN
from camp2iac.diagnostics.formats import FORMATS, render
from camp2iac.review.formats import json as port_json
from camp2iac.review.formats import markdown, text
from camp2iac.review.output import assemble
from camp2iac.review.port import Column, report
from camp2iac.synth import hcl, sourcemap_json
from camp2iac.synth import json as json_writer
from tests.properties.fuzz import ROOT, watched

TARGETS = ("openstack", "heroku")

HOSTILE = (
    "",
    " ",
    "\n",
    "a\nb",
    "a\r\nb\n\n",
    "\t",
    "-",
    "-n",
    "#",
    "# x",
    "a # b",
    "a: b",
    "- a",
    "{a: b}",
    "[a]",
    "*a",
    "&a b",
    "!x y",
    "|",
    ">",
    "%",
    "@",
    "`id`",
    "$(id)",
    "$HOME",
    "${HOME}",
    "${var.x}",
    "$${x}",
    "%{ if true }",
    "%%{",
    "$",
    "$$$",
    "%n %i %% %",
    "{{ 7*7 }}",
    "{% raw %}",
    "'",
    '"',
    "''",
    '"""',
    "it's",
    'say "x"',
    "\\",
    "\\\\",
    "\\n",
    "a\\",
    "EOT",
    "~",
    "null",
    "yes",
    "0x1F",
    "1e9",
    "1_000",
    "0o7",
    ".inf",
    "NaN",
    "2014-11-09",
    "..",
    "../x",
    "/etc/passwd",
    "a/../b",
    "/",
    ".",
    "C:\\x",
    "é",
    "e\u0301",
    "\u212b",
    "\u202eabc",
    "\u200b",
    "\ufeff",
    "\u2028",
    "\x85",
    "\x7f",
    "\x1b[31m",
    "\ud7ff",
    "\ufffe",
    "😀",
    "\U0010ffff",
    "ß" * 80,
    "x" * 300,
    "a-" * 40,
    "x" * 20_000,
    "com.python:wsgi",
    "org.camp2iac:Env",
    "org.camp2iac:Nope",
    "id:web",
    "id:",
    "id: web",
    "IP(web)",
    "IPALL(web)",
    "PORT(web)",
    "PASSWORD(database)",
    "PASSWORD(web)",
    "IP(nowhere)",
    "IP(web, front)",
    "IP(IP(web))",
    "https://u:p@h/x.zip",
    "https://",
    "http://[::1",
    "//",
    "https://example.org/a b",
    "git://x/y.git#main",
    "10.0.0.0/8",
    "0.0.0.0/0",
    "255.255.255.255/32",
    "10.0.0.0/0",
    "::/0",
    "999.1.1.1/24",
    "1 GiB",
    "0 GiB",
    "99999999999 TiB",
    "0.0001 GiB",
    "[1,2)",
    "[,]",
    "(,)",
    "[9,1]",
    "[1.2.3.4.5,)",
    "true",
    "count",
    "each",
    "self",
    "var",
    "local",
    "CON",
    "PATH",
    "LD_PRELOAD",
    "PORT",
    "DATABASE_URL",
    "__proto__",
    "1",
    "65535",
    "65536",
    "-1",
    "--5",
    "0",
    "\u00b2",
    "\u0663",
    "9" * 5000,
    "1e999",
    "web\n",
    "1-2-3",
    "1-",
    "anywhere",
    "openstack",
    "heroku",
    "debian-12",
    "postgresql",
    "web",
)
NUMBERS = (
    0,
    1,
    -1,
    2,
    3,
    80,
    65535,
    65536,
    1000,
    10**6,
    2**31,
    2**63,
    10**30,
    10**400,
    0.5,
    -0.0,
    1e308,
    5e-324,
    2.0,
    8080.0,
    float("inf"),
    float("nan"),
    True,
    False,
    None,
)

SLOW = 2.0  # seconds after which an input is worth looking at
DEEP = (1, 2, 40, 70)  # plans may be nested 64 deep


@dataclass(frozen=True, slots=True)
class Package:
    """A folder with a plan, and the environment files that belong to it."""

    folder: Path
    plan: Any
    environments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Input:
    """A package with another plan, environment files and catalogue entries; None: as they are."""

    package: Path
    plan: str
    environments: dict[str, str]
    products: dict[str, str]


def _parsed(path: Path) -> Any:
    try:
        return yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError):
        return None


@cache
def packages() -> tuple[Package, ...]:
    """What is mutated: the plans of the examples (twice, they reach furthest), of the cases and of the errors."""
    examples, cases, errors = (
        sorted(ROOT.glob(pattern))
        for pattern in ("examples/*/camp.yaml", "tests/cases/*/*/camp.yaml", "tests/errors/*/camp.yaml")
    )
    found = []
    for plan in [*examples * 4, *cases * 4, *errors]:
        files = sorted([*plan.parent.glob("environments/*.yaml"), *plan.parent.glob("*.env.yaml")])
        parsed = _parsed(plan)
        if isinstance(parsed, dict) and not plan.parent.name.startswith("CAMP107"):  # those grow without bounds
            found.append(Package(plan.parent, parsed, {file.name: _parsed(file) for file in files}))
    return tuple(found)


@cache
def entries() -> dict[str, Any]:
    """The built-in catalogue entries."""
    return {file.parent.name: _parsed(file) for file in sorted(BUILT_IN.glob("*/product.yaml"))}


@cache
def pool() -> tuple[Any, ...]:
    """Parts of all plans, environments and entries, to be put where they do not belong."""
    documents = [package.plan for package in packages()]
    documents += [each for package in packages() for each in package.environments.values()]
    documents += list(entries().values())
    parts = [part for document in documents for _, _, part in _places(document)]
    return tuple({repr(part): part for part in parts}.values())


def _places(value: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Every place in a document: what holds it, by which key or index, and what is there."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in items:
        yield value, key, part
        yield from _places(part)


def _scalar(chance: random.Random) -> Any:
    kind = chance.randrange(10)
    if kind < 6:
        return chance.choice(HOSTILE)
    if kind < 8:
        return chance.choice(NUMBERS)
    if kind == 8:
        return "".join(chance.choice(HOSTILE)[:50] for _ in range(3))
    return "".join(chr(chance.choice((chance.randrange(32, 127), chance.randrange(0xA0, 0xD800)))) for _ in range(8))


def _deep(chance: random.Random, value: Any) -> Any:
    for _ in range(chance.choice(DEEP)):
        value = [value] if chance.random() < 0.5 else {chance.choice(("a", "fulfillment", "data")): value}
    return value


def mutate(document: Any, chance: random.Random) -> Any:
    """A copy with some changes; as it is, where they would nest it deeper than Python itself can copy."""
    try:
        return _mutated(document, chance)
    except RecursionError:
        return document


def _mutated(document: Any, chance: random.Random) -> Any:
    """A copy with one to three changes of its structure or of its texts."""
    document = copy.deepcopy(document)
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3))):
        places = list(_places(document))
        if not places:
            return document
        holder, key, part = chance.choice(places)
        change = chance.randrange(12)
        if change <= 3:
            leaves = [place for place in places if not isinstance(place[2], dict | list)] or places
            holder, key, part = chance.choice(leaves)
            holder[key] = _scalar(chance)
        elif change == 4:
            del holder[key]
        elif change == 5 and isinstance(holder, list):
            holder[key:key] = [copy.deepcopy(part) for _ in range(chance.choice((1, 1, 2, 40)))]
        elif change == 6:
            other, at, there = chance.choice(places)
            other[at], holder[key] = copy.deepcopy(part), copy.deepcopy(there)
        elif change == 7:
            holder[key] = copy.deepcopy(chance.choice(pool()))
        elif change == 8 and isinstance(holder, dict):
            new = chance.choice(HOSTILE) if chance.random() < 0.5 else chance.choice(places)[1]
            holder[new if isinstance(new, str) else str(new)] = holder.pop(key)
        elif change == 9:
            holder[key] = _deep(chance, part)
        elif change == 10 and isinstance(part, str):
            at = chance.randrange(len(part) + 1)
            holder[key] = part[:at] + str(chance.choice(HOSTILE)) + part[at:]
        elif isinstance(holder, dict):
            holder[_scalar(chance) if chance.random() < 0.3 else chance.choice(places)[1]] = _scalar(chance)
        else:
            holder.append(copy.deepcopy(chance.choice(pool())))
    return document


def _dumped(value: Any, chance: random.Random) -> str:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    try:
        return yaml.dump(
            value,
            Dumper=dumper,
            sort_keys=False,
            allow_unicode=chance.random() < 0.7,
            default_flow_style=chance.choice((False, None)),
            width=10_000,
        )
    except (yaml.YAMLError, ValueError, RecursionError, TypeError):
        return json.dumps(value, default=str)


def inputs(count: int, seed: int) -> Iterator[Input]:
    """``count`` inputs, the same for one ``seed``."""
    chance = random.Random(seed)
    for _ in range(count):
        package = chance.choice(packages())
        what = chance.random()
        environments: dict[str, str] = {}
        products: dict[str, str] = {}
        plan = package.plan if what < 0.25 else mutate(package.plan, chance)
        if what < 0.15 or what > 0.85:
            environments = {
                name: _dumped(mutate(value, chance), chance) for name, value in package.environments.items()
            }
        elif what < 0.25:
            name = chance.choice(sorted(entries()))
            products = {name: _dumped(mutate(entries()[name], chance), chance)}
        yield Input(package.folder, _dumped(plan, chance), environments, products)


def written(loaded: phases.Reading, **how: Any) -> bool:
    """Compiles, writes and reports as the commands do, all in memory. Whether there was something to write."""
    return told(phases.compile(loaded, **how))


def told(compiled: phases.Compiled) -> bool:
    """Writes and reports what was compiled. Whether there was something to write."""
    for form in FORMATS:
        render(compiled.diagnostics, compiled.texts, form)
    if compiled.result is None or not compiled.ok:
        assert phases.failed(compiled.diagnostics), "nothing came out, and no error says why"
        return False
    for write in (hcl.write, json_writer.write):
        made = assemble(compiled.result, write, plan="../../camp.yaml", environment=None)
        sourcemap_json.source_map(made.source_map)
        sourcemap_json.digests(made.source_map, dict.fromkeys(made.files, ""))
    rows = compiled.result.statements
    shown = report(compiled.topology.title, compiled.topology.file, [Column(compiled.result.target.name, None, rows)])
    markdown.render(shown)
    port_json.render(shown)
    text.render(shown, text.ASCII)
    return True


def compiling(data: bytes) -> None:
    """The bytes of a plan or an archive, compiled for every target without an environment."""
    for target in TARGETS:
        written(phases.load(data, name="fuzz.yaml"), target=target)


@dataclass(slots=True)
class Bench:
    """A folder in which inputs are laid out, each over the one before."""

    folder: Path
    copied: set[Path]

    def place(self, given: Input) -> tuple[Path, list[Path], list[Path]]:
        """The package's folder, its environment files, and the folders of catalogue entries."""
        package = self.folder / given.package.parent.name / given.package.name
        if given.package not in self.copied:
            shutil.copytree(given.package, package, symlinks=True, ignore=shutil.ignore_patterns("infra", "expected"))
            self.copied.add(given.package)
        (package / "camp.yaml").write_text(given.plan, "utf-8", "surrogatepass")
        environments = self.folder / "environments"
        shutil.rmtree(environments, ignore_errors=True)
        environments.mkdir()
        for file in [*given.package.glob("environments/*.yaml"), *given.package.glob("*.env.yaml")]:
            shutil.copy(file, environments)
        for name, content in given.environments.items():
            (environments / name).write_text(content, "utf-8", "surrogatepass")
        catalogue = self.folder / "catalogue"
        shutil.rmtree(catalogue, ignore_errors=True)
        for name, content in given.products.items():
            shutil.copytree(BUILT_IN / name, catalogue / name)
            (catalogue / name / "product.yaml").write_text(content, "utf-8", "surrogatepass")
        return package, sorted(environments.iterdir()), [catalogue] if given.products else []


def run(package: Path, environments: list[Path], catalogue: list[Path]) -> Counter[str]:
    """One input through everything; how often something was written, by target."""
    found: Counter[str] = Counter()
    for target in TARGETS:
        with watched():
            loaded = phases.load(package)
            found[target] += written(loaded, target=target, catalogue=catalogue, output=package / "infra" / target)
    for environment in environments:
        with watched():
            loaded = phases.load(package, leave_out=[environment])
            output = package / "infra" / environment.stem
            found["environments"] += written(loaded, environment=environment, catalogue=catalogue, output=output)
    return found


def trial(count: int, seed: int, keep: Path | None = None) -> tuple[list[str], Counter[str], tuple[float, str]]:
    """``count`` inputs: what broke it, what it wrote, and the slowest one's seconds and number."""
    broken: list[str] = []
    wrote: Counter[str] = Counter()
    slowest = (0.0, "")
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), set())
        for number, given in enumerate(inputs(count, seed)):
            place = bench.place(given)
            start = time.perf_counter()
            try:
                wrote += run(*place)
            except Exception:
                broken.append(f"input {seed}-{number} of {given.package.name}: {traceback.format_exc(limit=-4)}")
                if keep:
                    _keep(keep / f"{seed}-{number}", bench.folder, place[0])
            slowest = max(slowest, (time.perf_counter() - start, f"{seed}-{number}"))
            if keep and time.perf_counter() - start > SLOW:
                _keep(keep / f"slow-{seed}-{number}", bench.folder, place[0])
    return broken, wrote, slowest


def _keep(to: Path, bench: Path, package: Path) -> None:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(package, to / "package", symlinks=True)
    for part in ("environments", "catalogue"):
        if (bench / part).is_dir():
            shutil.copytree(bench / part, to / part)


def main() -> int:
    """Runs it, in processes that each have a seed of their own when that is asked for by several calls."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", type=Path)
    options = parser.parse_args()
    compiling(b"camp_version: CAMP 1.1\n")  # what is imported on use may write byte code
    if options.only:
        found = run(
            options.only / "package",
            sorted((options.only / "environments").iterdir()),
            [each for each in [options.only / "catalogue"] if each.is_dir()],
        )
        print(dict(found))
        return 0
    begun = time.perf_counter()
    broken, wrote, slowest = trial(options.count, options.seed, options.keep)
    for each in broken:
        print(each)
    took = time.perf_counter() - begun
    print(f"{options.count} inputs in {took:.0f} s, the slowest ({slowest[1]}) in {slowest[0]:.2f} s;", end=" ")
    print(f"written: {dict(wrote)}; {len(broken)} broke it")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
