"""Static sites: the folder with index.html, or the folder that a generator fills."""

from __future__ import annotations

from camp2iac.detect.starts import Line, Project, Start


def find(project: Project) -> list[Start]:
    """What a generator builds, else the first usual folder with an index.html."""
    for generator in project.language.generators:
        if generator.file in project.folder:
            built = f"{generator.folder}/index.html" in project.folder
            why = f"what  {generator.command}  creates ({project.shown(generator.file)})"
            return [_site(f"{generator.folder}/", why, project, "" if built else generator.command)]
    for root in project.language.roots:
        page = f"{root}/index.html" if root else "index.html"
        if page in project.folder:
            return [_site(f"{root}/" if root else "", project.shown(page), project)]
    return []


def _site(content: str, why: str, project: Project, build: str = "") -> Start:
    page = f"{content}404.html"
    missing = (Line("org.html.notFound", "404.html", project.shown(page)),) if page in project.folder else ()
    return Start(content=content, why=why, options=missing, build=build)
