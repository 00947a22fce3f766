"""The picture of input and output on the first screen: lines of the guestbook's plan, and of what it compiles into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

#: A file of examples/guestbook and lines of it, in their order. ``…``: lines that are left out.
PLAN = (
    "camp.yaml",
    """\
camp_version: CAMP 1.1
name: guestbook
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { href: web/ }
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: guestbook/app
        fulfillment:
          id: web
          characteristics:
            - characteristic_type: org.camp2iac:Scale
              min: 2
              max: 4
            …
      - requirement_type: org.sql:ConnectTo
        fulfillment: id:database
      …
services:
  - id: database
    characteristics:
      - characteristic_type: PostgreSQL
        version: "[13,18)"
      …
""",
)
OUTPUTS = (
    (
        "infra/openstack/web.tf",
        """\
# camp.yaml: web, Placement: spread
resource "openstack_compute_servergroup_v2" "web" {
  name     = "guestbook-web"
  policies = ["soft-anti-affinity"]
}

resource "openstack_compute_instance_v2" "web" {
  for_each = local.web_machines

  name        = "guestbook-${each.key}"
  flavor_name = data.openstack_compute_flavor_v2.web.name
  user_data   = local.web_user_data
  …
""",
    ),
    (
        "infra/heroku/web.tf",
        """\
# camp.yaml: web, Scale
resource "heroku_formation" "web" {
  app_id   = heroku_app.web.id
  quantity = var.web_count
  …
""",
    ),
    (
        "infra/docker/web.tf",
        """\
resource "docker_container" "web" {
  for_each = local.web_containers
  …
""",
    ),
)

_WIDTH, _HEIGHT, _FONT = 7.8, 18, 13  # of a character, of a line, of the font
_HEAD, _PAD, _GAP = 28, 12, 84
_COLOURS = {"comment": "#6e7781", "key": "#0550ae", "string": "#116329", "word": "#8250df", "": "#1f2328"}
_ARROW = 'fill="none" stroke="#0969da" stroke-width="3"'
_LABEL = 'text-anchor="middle" fill="#0969da" font-weight="bold"'
_CARD = 'rx="6" fill="#f6f8fa" stroke="#d0d7de"'
_TOKEN = re.compile(
    r"""(?P<comment>\#.*|…)|(?P<string>"[^"]*")|(?P<word>^resource\b)
    |(?P<key>(?:(?<=^)|(?<=-\ )|(?<=\{\ ))[\w.]+(?=:|\s+=))""",
    re.VERBOSE,
)


def svg() -> str:
    """The picture, as it is in ``docs/assets/input-output.svg``."""
    left = _panel(*PLAN, 0, 0)
    x, y = _width(PLAN[1]) + _GAP, 0.0
    wide = max(_width(text) for _, text in OUTPUTS)
    right: list[str] = []
    for name, text in OUTPUTS:
        right += _panel(name, text, x, y, wide)
        y += _tall(text) + 14
    width, height = x + wide, max(_tall(PLAN[1]), y - 14)
    arrow = _width(PLAN[1]) + _GAP / 2
    middle = height / 2
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {width + 2:.0f} {height + 2:.0f}" role="img">',
            "<title>A plan, and the Terraform that camp2iac writes for OpenStack, Heroku and Docker</title>",
            f'<g font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="{_FONT}">',
            *left,
            *right,
            f'<path d="M{arrow - 30:.0f} {middle:.0f}h52m-10 -9l11 9l-11 9" {_ARROW}/>',
            f'<text x="{arrow:.0f}" y="{middle - 18:.0f}" {_LABEL}>synth</text>',
            "</g>",
            "</svg>",
            "",
        ]
    )


def _panel(name: str, text: str, x: float, y: float, width: float = 0) -> list[str]:
    width = width or _width(text)
    lines = [
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{_tall(text):.0f}" {_CARD}/>',
        f'<text x="{x + _PAD:.0f}" y="{y + 19:.0f}" fill="#59636e" font-weight="bold">{escape(name)}</text>',
    ]
    for number, line in enumerate(text.splitlines()):
        if bare := line.lstrip():
            start = x + _PAD + (len(line) - len(bare)) * _WIDTH
            top = y + _HEAD + _PAD + 4 + number * _HEIGHT
            size = f'textLength="{len(bare) * _WIDTH:.1f}" lengthAdjust="spacingAndGlyphs"'
            lines.append(
                f'<text x="{start:.1f}" y="{top:.0f}" {size} xml:space="preserve">{"".join(_spans(bare))}</text>'
            )
    return lines


def _spans(line: str) -> Iterator[str]:
    end = 0
    for found in [*_TOKEN.finditer(line), None]:
        start = found.start() if found else len(line)
        if line[end:start]:
            yield f'<tspan fill="{_COLOURS[""]}">{escape(line[end:start])}</tspan>'
        if found is not None:
            yield f'<tspan fill="{_COLOURS[found.lastgroup or ""]}">{escape(found[0])}</tspan>'
            end = found.end()


def _width(text: str) -> float:
    return max(map(len, text.splitlines())) * _WIDTH + 2 * _PAD


def _tall(text: str) -> float:
    return _HEAD + _PAD + len(text.splitlines()) * _HEIGHT
