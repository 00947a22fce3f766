"""What holds for the formats whatever the plan says: size, width, and that strings are data."""

from __future__ import annotations

import html
import json
import re

import pytest
from differences import CASES, of, openstack
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from camp2iac.record import replace
from camp2iac.review.difference.model import (
    Action,
    Cause,
    Difference,
    Downtime,
    EnvironmentDifference,
    PartEdge,
    PartNode,
    ResourceChange,
    SecretChange,
    SourceLine,
    TrafficChange,
)
from camp2iac.review.formats.difference import FORMS, render
from camp2iac.review.formats.difference.escape import code, label, words
from camp2iac.review.formats.difference.markdown import MARKER
from camp2iac.review.formats.difference.words import plural, shown

HOSTILE = (
    "plain",
    "a | b \\| c \\\\| d",
    "</details><script>alert(1)</script>",
    "```\n\n## heading\n```",
    "@octocat #123 GH-1 o/r#5 https://evil.example",
    "**b** _i_ __x__ ~~s~~ ![i](x) [l](x) $$x$$",
    "\x1b[31mred\x07 \u202egnp\r\n::error::x %0A",
    "x" * 5000,
    "日本語" * 20,
    "& &lt; &#60; #quot;",
    "\\",
    "",
)
FEW = settings(max_examples=10, phases=(Phase.explicit, Phase.reuse, Phase.generate))  # smaller ones are no clearer
names = st.sampled_from(HOSTILE)


def _resources(count: int, parts: int, causes: int, text: str) -> tuple[ResourceChange, ...]:
    actions = list(Action)
    return tuple(
        ResourceChange(
            f'x.y["{text}{number}"]',
            actions[number % len(actions)],
            f"{text}{number % parts}" if number % 7 else "",
            "tier",
            f"instance {text}" if number % 11 == 0 else "instance",
            previous=text,
            arguments=(text,),
            causes=(
                Cause(
                    f"{text}{number % causes}",
                    SourceLine("camp.yaml", number % causes, text),
                    SourceLine(text, 0, "new"),
                ),
            ),
            perhaps=number % 13 == 0,
            data=text if number % 5 == 0 else "",
        )
        for number in range(count)
    )


@st.composite
def differences(draw: st.DrawFn) -> Difference:
    """Differences of any size: 5,000 resources, 30 environments, strings that mean something to a format."""
    environments = draw(st.integers(1, 30))
    count = draw(st.sampled_from((0, 1, 3, 50, 700, 5000))) // environments
    parts = draw(st.sampled_from((1, 2, 30, 1000)))
    text, other = draw(names), draw(names)
    resources = _resources(count, parts, draw(st.sampled_from((1, 7, 5000))), text)
    few = min(parts, count, draw(st.sampled_from((2, 500))))
    environment = EnvironmentDifference(
        text,
        other,
        resources=resources,
        downtimes=tuple(Downtime(f"{text}{number}", other) for number in range(few)),
        traffic=tuple(TrafficChange(other, f"{text}{n}", text, n % 2 == 0, n % 3 == 0) for n in range(few)),
        secrets=tuple(SecretChange(f"{other}{number}", True, text) for number in range(few)),
        notes=(other,) * draw(st.sampled_from((0, 1, 300))),
        parts=tuple(PartNode(f"{text}{number}", other, "tier") for number in range(few)),
        edges=tuple(PartEdge(f"{text}{number}", f"{text}{number + 1}", other) for number in range(few - 1)),
    )
    made = (replace(environment, name=f"{text}{n}", notes=(*environment.notes, str(n))) for n in range(environments))
    return Difference(text, other, text, tuple(made))


@FEW
@given(differences())
def test_a_comment_is_whole_and_below_the_limit(difference: Difference) -> None:
    text = render(difference, "markdown", 80)
    assert len(text) < 65_000
    assert text.startswith(f"{MARKER}\n## ")
    _whole(text)


def _whole(text: str) -> None:
    """Tags and fences that begin also end, each row of a table has its cells, and there is no other HTML."""
    prose = re.sub(r"(?m)^```mermaid$[\s\S]*?^```$|(`+)[^`\n](?:[^\n]*?[^`])??\1(?!`)", "", text)
    tags = re.findall(r"<(/?[a-z!-]+)", prose)
    assert set(tags) <= {"!--", "details", "/details", "summary", "/summary", "br", "code", "/code"}
    assert tags.count("details") == tags.count("/details") == tags.count("summary") == tags.count("/summary")
    assert len(re.findall(r"^```", text, re.MULTILINE)) % 2 == 0
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", text)
    for row in re.findall(r"^\|.*", text, re.MULTILINE):
        assert len(re.findall(r"(?<!\\)\|", row)) == 4, row


@FEW
@given(differences(), st.integers(40, 200), st.booleans())
def test_no_line_is_wider_than_the_terminal(difference: Difference, columns: int, verbose: bool) -> None:
    from camp2iac.review.formats.cells import wide

    text = render(difference, "pretty", columns, verbose)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", text)
    assert max(map(wide, text.splitlines())) <= columns


@FEW
@given(differences())
def test_annotations_are_commands_of_one_line(difference: Difference) -> None:
    lines = render(difference, "github", 80).splitlines()
    assert all(re.match(r"::(error|warning|notice) [^\n]*::", line) for line in lines)
    for kind in ("error", "warning", "notice"):
        assert sum(line.startswith(f"::{kind} ") for line in lines) <= 10


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", CASES)
def test_the_same_input_gives_the_same_bytes(case: str, form: str) -> None:
    assert render(CASES[case](), form, 80) == render(CASES[case](), form, 80)


@pytest.mark.parametrize("case", CASES)
def test_colours_only_add(case: str) -> None:
    coloured = render(CASES[case](), "pretty", 80, colour=True)
    assert re.sub(r"\x1b\[[\d;]+m", "", coloured) == render(CASES[case](), "pretty", 80)


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_words_read_as_before(text: str) -> None:
    """A renderer shows the same characters, except for controls and spaces without width."""
    from camp2iac.review.formats.difference.escape import cut

    escaped = words(text)
    assert html.unescape(escaped).replace("\u200b", "") == cut(text)
    assert not re.search(r"@\w|(?<!&)#\d|://|[<>`*|\\\[\]]", escaped)


@pytest.mark.parametrize("text", [text for text in HOSTILE if text])
def test_code_ends_where_it_should(text: str) -> None:
    made = code(text)
    if made.startswith("<code>"):
        assert not re.search(r"[|\\`]", made)
    else:
        fence = re.match(r"`+", made)
        assert fence
        assert fence[0] not in made[len(fence[0]) : -len(fence[0])]
        assert not re.search(r"(?<!\\)\|", made)


@pytest.mark.parametrize("text", HOSTILE)
def test_labels_end_where_they_should(text: str) -> None:
    assert re.fullmatch(r'"[^"`<>\[\]{}|\\]*"', label(text))


def test_json_has_all_that_the_model_has() -> None:
    for case in CASES.values():
        difference = case()
        document = json.loads(render(difference, "json", 80))
        assert document["format"] == 1
        for environment, made in zip(difference.environments, document["environments"], strict=True):
            assert set(environment.__struct_fields__) < set(made)
            assert [each["address"] for each in made["resources"]] == [each.address for each in environment.resources]


def test_an_instance_that_perhaps_exists_perhaps_loses_data() -> None:
    lost = ResourceChange('x.cache["3"]', Action.DESTROY, "cache", "tier", "instance", perhaps=True, data="Redis' data")
    text = render(of(replace(openstack(), resources=(lost,))), "pretty", 80)
    assert "Can destroy data of cache (production)" in text
    assert "loses Redis' data: destroys instance cache-3 if it exists" in text


def test_protected_parts_are_not_replaced() -> None:
    lost = ResourceChange("x.cache", Action.REPLACE, "cache", "tier", "instance", data="Redis' data", refused=True)
    text = render(of(replace(openstack(), resources=(lost,), protected=("cache",))), "pretty", 200)
    assert "replaces instance; Terraform refuses to replace what the environment protects" in text


def test_a_protected_volume_does_not_protect_the_instance() -> None:
    lost = ResourceChange("x.cache", Action.REPLACE, "cache", "tier", "instance", data="Redis' data")
    text = render(of(replace(openstack(), resources=(lost,), protected=("cache",))), "pretty", 200)
    assert "loses Redis' data: replaces instance" in text
    assert "refuses" not in text


def test_an_unknown_format() -> None:
    with pytest.raises(LookupError, match="there is no format yaml"):
        render(of(openstack()), "yaml", 80)


def test_lines_that_differ_at_the_end_are_shown_there() -> None:
    before, after = shown(SourceLine("a", 1, "x" * 100 + "1 end"), SourceLine("a", 1, "x" * 100 + "2 end"), 40)
    assert before == "…xxxxxxxxxx1 end"
    assert after == "…xxxxxxxxxx2 end"
    assert shown(SourceLine("a", 1, "x" * 100), None, 10) == ("xxxxxxxxx…", "")


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("instance", "instances"),
        ("load balancer", "load balancers"),
        ("security group rule", "security group rules"),
        ("volume data", "volumes data"),
        ("instance with data on its own disk", "instances with data on their own disk"),
        ("registry", "registries"),
        ("key", "keys"),
    ],
)
def test_plurals(one: str, many: str) -> None:
    assert plural(one) == many
