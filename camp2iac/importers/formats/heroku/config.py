"""Configuration variables. No value of an app that runs is in a file: the operator gives it."""

from __future__ import annotations

import re

from camp2iac.detect.plan import identifier
from camp2iac.importers import variables
from camp2iac.importers.draft import DraftValue
from camp2iac.importers.formats.heroku import files
from camp2iac.importers.formats.heroku.state import HerokuSource
from camp2iac.importers.part import SourcePart

_RANDOM = 64  # letters and digits, as of Heroku's generator  secret
_OPTIONAL = "it is optional, and the source has no value"
_METADATA = re.compile(
    r"DYNO|HEROKU_(?:APP|RELEASE|SLUG|BUILD|DYNO|TEST_RUN|PR|BRANCH|PARENT)_\w+|HEROKU_POSTGRESQL_[A-Z]+_URL"
)


def read(state: HerokuSource) -> None:
    """The variables of the application."""
    own = state.artifact.requirement("org.camp2iac:Env").values
    live = _names(state)
    for name, named in live.items():
        _add(state, own, name, named)
    for file, keys in ((files.APP, ("env",)), (files.MANIFEST, ("setup", "config"))):
        part = state.value(file, *keys)
        for name, each in part.entries("a mapping of variables") if part is not None else ():
            if name in live:
                each.changed(f"{_env(state, name)}, a secret of the plan", "the app that runs has its own value")
            else:
                _add(state, own, name, each)
    for build in _build_variables(state):
        name_, value = build.get("name"), build.get("value")
        if name_ is None or value is None:
            build.wrong("a variable with name and value")
            continue
        _add(state, own, name_.text("a name"), value)
        name_.changed(_env(state, name_.text()), "the program has it too, not only its build")
    if not own:
        state.artifact.requirements.remove(state.artifact.requirement("org.camp2iac:Env"))


def _env(state: HerokuSource, name: str) -> str:
    return f"artifact {state.id}: Env, {name}"


def _names(state: HerokuSource) -> dict[str, SourcePart]:
    """The variables of the app that runs: a mapping of names to values, or a list of names."""
    document = state.documents.get(files.CONFIG)
    if document is None:
        return {}
    if document.is_list:
        return {each.text("the name of a variable"): each for each in document.items()}
    return dict(document.entries("the variables that  heroku config --json  prints, or a list of their names"))


def _build_variables(state: HerokuSource) -> list[SourcePart]:
    """The variables of the build in ``project.toml``, in its earlier and its current form."""
    found = []
    for keys in (("build", "env"), ("io", "buildpacks", "build", "env")):
        part = state.value(files.PROJECT, *keys)
        found += list(part.items("a list of variables")) if part is not None else []
    return found


def _add(state: HerokuSource, own: dict[str, DraftValue], name: str, part: SourcePart) -> None:
    to = _env(state, name)
    if not variables.NAME.fullmatch(name):
        part.left_out("the names of variables have up to 200 letters, digits and _")
    elif name in state.linked:
        part.kept(f"nothing: {state.linked[name]} sets {name}")
    elif name == "PORT":
        part.kept("nothing: the platform sets PORT")
    elif _METADATA.fullmatch(name):
        part.left_out("it describes the app on Heroku, and other platforms have no such variable")
    elif part.file == files.CONFIG:
        own[name] = state.plan.secret(identifier(name), name)
        part.changed(f"{to}, a secret of the plan", "the operator gives the value")
    elif part.is_mapping:
        _described(state, own, name, part)
    elif part.is_scalar:
        own[name] = _value(state, name, part, part.text() if not part.empty else "")
    else:
        part.wrong("a value, or a mapping with it")


def _described(state: HerokuSource, own: dict[str, DraftValue], name: str, part: SourcePart) -> None:
    """A variable with a description, and a value or a generator."""
    to, value, generator, required = _env(state, name), part.get("value"), part.get("generator"), part.get("required")
    words = part.get("description")
    description = words.text("a description")[:200] if words is not None and not words.empty else name
    if generator is not None:
        own[name] = state.plan.secret(identifier(name), name, 0 if state.running else _RANDOM)
        how = "the operator gives the value that runs" if state.running else "Terraform generates the value"
        if generator.text("a generator") == "secret" and not state.running:
            generator.kept(f"{to}, a secret of the plan: {how}")
        else:
            generator.changed(f"{to}, a secret of the plan", how)
    elif value is not None and not value.empty and value.text("a value"):
        own[name] = _value(state, name, value, value.text())
    elif required is not None and required.plain is False:
        part.left_out(_OPTIONAL, f"write  {name}: VALUE  in org.camp2iac:Env")
        return
    elif variables.is_confidential(name):
        own[name] = state.plan.secret(identifier(name), description)
        part.kept(f"{to}, a secret of the plan: the operator gives the value")
    else:
        own[name] = state.plan.parameter(identifier(name), description)
        part.kept(f"{to}, a parameter of the plan")
    part.kept(to)


def _value(state: HerokuSource, name: str, part: SourcePart, text: str) -> DraftValue:
    """A value of the source: in the plan, unless it is a secret."""
    to = _env(state, name)
    if text and variables.is_confidential(name, text):
        generated = variables.is_generated(name) and not state.running
        found: DraftValue = (
            variables.secret(state.plan, name) if generated else state.plan.secret(identifier(name), name)
        )
        how = "Terraform generates the value" if generated else "the operator gives the value"
        part.changed(f"{to}, a secret of the plan", how)
        return found
    part.kept(to)
    return variables.plain(text)
