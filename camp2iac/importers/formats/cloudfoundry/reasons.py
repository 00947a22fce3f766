"""Statements of applications that have no place in a plan: why, and what to do."""

from __future__ import annotations

from camp2iac.importers.formats.cloudfoundry.state import ManifestApplication, ManifestState

_HEALTH = ("the platform checks the port", "write  health: /PATH  in org.camp2iac:Balance")
_BUILDPACK = ("the artifact and its service say what builds and runs the code", "")
_LEFT = {
    "buildpack": _BUILDPACK,
    "buildpacks": _BUILDPACK,
    "stack": ("the environment file names the operating system", "write  image  in it"),
    "lifecycle": _BUILDPACK,
    "timeout": ("the platform decides how long a start may take", ""),
    "health-check-type": _HEALTH,
    "health-check-http-endpoint": _HEALTH,
    "health-check-interval": _HEALTH,
    "health-check-invocation-timeout": _HEALTH,
    "readiness-health-check-type": _HEALTH,
    "readiness-health-check-http-endpoint": _HEALTH,
    "readiness-health-check-interval": _HEALTH,
    "readiness-health-check-invocation-timeout": _HEALTH,
    "log-rate-limit-per-second": ("logs are in the journal of the instance, or in the platform's log", ""),
    "metadata": ("labels are for programs that watch Cloud Foundry", ""),
    "features": ("it is about Cloud Foundry", ""),
    "cnb-credentials": ("the login of a registry belongs to the operator", ""),
}
_SHARED = ("buildpack", "buildpacks", "stack", "timeout", "health-check-type")


def rest(state: ManifestState, made: ManifestApplication) -> None:
    """Record what was not read."""
    for key, part in made.part.entries():
        if part.has_fate:
            continue
        if key == "processes":
            for item in part.items():
                for name, each in item.entries():
                    if not each.has_fate:
                        each.left_out(*_LEFT.get(name, ("Cloud Foundry has no such key", "")))
        else:
            part.left_out(*_LEFT.get(key, ("Cloud Foundry has no such key", "")))
    for key in _SHARED:
        shared = state.document.get(key)
        if shared is not None:
            shared.left_out(*_LEFT[key])
