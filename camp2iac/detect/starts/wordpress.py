"""WordPress: its themes and plugins. The distribution's package has WordPress itself."""

from __future__ import annotations

from camp2iac.detect.starts import Project, Start


def find(project: Project) -> list[Start]:
    """The folder wp-content."""
    if any(name.startswith("wp-content/") for name in project.folder.names):
        own = "wp-includes/version.php" in project.folder
        note = "The distribution's package has WordPress itself: only wp-content/ is deployed."
        return [
            Start(
                content="wp-content/",
                why=f"{project.shown('wp-content')}: themes and plugins",
                notes=(note,) if own else (),
            )
        ]
    return []
