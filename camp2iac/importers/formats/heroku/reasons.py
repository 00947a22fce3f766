"""Why statements are not in a plan."""

from __future__ import annotations

from camp2iac.importers.formats.heroku import files
from camp2iac.importers.formats.heroku.state import HerokuSource
from camp2iac.importers.part import SourcePart

_ABOUT = ("it describes the repository for people", "")
_TESTS = ("Heroku CI reads it in app.json", "run it in the CI of the repository")
_REASONS = {
    files.APP: {
        "keywords": _ABOUT,
        "logo": _ABOUT,
        "website": _ABOUT,
        "repository": _ABOUT,
        "success_url": _ABOUT,
        "image": ("Heroku does not read it any more", "write an artifact with an image, as docs/images.md says"),
        "$schema": ("it is for editors", ""),
    },
    files.MANIFEST: {
        "setup": ("a plan has no such statement", ""),
        "build": ("the artifact and its service say what builds the code", "write  build  in org.camp2iac:Process"),
    },
    files.PROJECT: {
        "_": ("it describes the repository", ""),
        "project": ("it describes the repository", ""),
        "build": ("the files that .gitignore names are not content", "write a .gitignore"),
        "io": (
            "the artifact and its service say what builds the code",
            "write  buildpacks  in the environment file, for apps of the generation fir",
        ),
        "com": ("the artifact and its service say what builds the code", ""),
    },
    files.APPS: {
        "addons": ("the plan has the add-ons of their own file", "save that file, as docs/import.md describes"),
        "dynos": ("it is in .heroku/ps.json", "save  heroku ps --json"),
        "collaborators": ("a plan gives no rights", "give them with  heroku access:add"),
    },
}
_SCRIPTS = {
    "test": _TESTS,
    "test-setup": _TESTS,
    "pr-predestroy": ("Heroku runs it before it destroys a review app", ""),
}


def rest(state: HerokuSource) -> None:
    """Record what was not read."""
    _scripts(state)
    for file, document in state.documents.items():
        for key, part in document.entries() if document.is_mapping else ():
            if part.has_fate:
                continue
            if file == files.APPS and key == "app":
                _facts(part)
            else:
                part.left_out(*_REASONS.get(file, {}).get(key, ("Heroku has no such key", "")))
        if document.is_list and not document.has_fate:
            document.kept("nothing: it is about the app as it is now")


def _scripts(state: HerokuSource) -> None:
    scripts = state.value(files.APP, "scripts")
    for key, part in scripts.entries("a mapping of scripts") if scripts is not None else ():
        if key == "postdeploy" and state.running:
            part.kept("nothing: the app that runs has run it")
        elif key == "postdeploy":
            part.left_out(
                "it runs once, after the first deployment, and a plan has no such process",
                "run it by hand after the first apply, or write it as  release  if it may run before each version",
            )
            state.plan.steps.append(f"after the first apply, run once what {part.where} has in scripts.postdeploy")
        else:
            part.left_out(*_SCRIPTS.get(key, ("Heroku has no such script", "")))


def _facts(app: SourcePart) -> None:
    """The facts of the API that the environment file does not have."""
    for key, part in app.entries():
        if part.has_fate:
            continue
        if key == "maintenance" and part.plain is True:
            part.left_out("maintenance mode is not part of a plan", "turn it off with  heroku maintenance:off")
        elif key == "internal_routing" and part.plain is True:
            part.left_out("a plan says it of its endpoint", "write  public: false  in org.camp2iac:Expose")
        else:
            part.kept("nothing: it is a fact about the app")
