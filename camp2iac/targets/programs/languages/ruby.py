"""Ruby: the Rack application that Puma serves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.programs.case import PROCESS, Case

_PUMA = re.compile(r"""^\s*gem[\s(]+["']puma["']""", re.MULTILINE)
_INCLUDED = re.compile(r"^\s*(eval_gemfile|gemspec|instance_eval|.*\.each\b)", re.MULTILINE)  # other files name gems
_SCRIPTS = ("app.rb", "server.rb", "main.rb", "web.rb")


def check(case: Case) -> Iterator[Diagnostic]:
    """A ``config.ru``, and Puma in the ``Gemfile`` (CAMP217)."""
    files = case.files
    if not case.serves or case.service.product.name != "ruby":
        return
    if "config.ru" not in files:
        yield _no_rack(case)
    elif "Gemfile" in files and not _PUMA.search(files.text("Gemfile")) and not _INCLUDED.search(files.text("Gemfile")):
        yield case.missing(
            "cannot be served by Puma: its Gemfile does not name it",
            "Bundler runs only gems in the Gemfile",
            f'add to Gemfile  gem "puma"  or {PROCESS}COMMAND',
        )


def _no_rack(case: Case) -> Diagnostic:
    files, href = case.files, case.component.content.href
    others = [folder for folder in files.folders("config.ru") if folder]
    script = next((name for name in _SCRIPTS if name in files), "")
    run = f"{'bundle exec ' if 'Gemfile' in files else ''}ruby {script}" if script else "COMMAND"
    help_ = f"add a config.ru to the content, or {PROCESS}{run}"
    if others and href is not None:
        help_ = f"write  href: {href.value.rstrip('/')}/{others[0]}/"
    label = f"the content has one in {others[0]}" if others else "this content has no config.ru"
    return case.missing("has no config.ru, which Puma serves", label, help_)
