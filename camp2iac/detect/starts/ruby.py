"""Ruby: a Rack application for Puma, or a script."""

from __future__ import annotations

from camp2iac.detect.starts import Line, Project, Start

_SCRIPTS = ("app.rb", "server.rb", "main.rb", "web.rb")


def find(project: Project) -> list[Start]:
    """The Procfile's web process, else what config.ru runs, else a script of Sinatra."""
    line = project.procfile.get("web", "")
    notes: tuple[str, ...] = ()
    if project.dependencies and "Gemfile.lock" not in project.folder:
        notes = (f"Run  bundle lock  and add {project.shown('Gemfile.lock')}: Heroku needs it.",)
    if line:
        return [Start(processes=(Line("web", line, project.shown("Procfile")),), notes=notes)]
    if "config.ru" in project.folder:
        if project.needs("puma") or "Gemfile" not in project.folder:
            return [Start(why=f"{project.shown('config.ru')}: Puma serves it", notes=notes)]
        web = project.framework.web if project.framework is not None else ""
        command = web or "bundle exec rackup --host 0.0.0.0 --port $PORT"
        why = f"{project.shown('config.ru')}; Puma is not in the Gemfile"
        return [Start(processes=(Line("web", command, why),), notes=notes)]
    script = next((name for name in _SCRIPTS if name in project.folder), None)
    if script is not None and project.needs("sinatra"):
        command = f"bundle exec ruby {script} -o 0.0.0.0 -p $PORT"
        return [Start(processes=(Line("web", command, project.shown(script)),), notes=notes)]
    others = [kind for kind in project.procfile if kind != "release"]
    return [Start(web=False, notes=notes)] if others else []
