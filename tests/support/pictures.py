"""Pictures with strings that mean something to Mermaid, Graphviz, Markdown or HTML."""

from __future__ import annotations

from camp2iac.review.graph import Picture, PictureEdge, PictureGroup, PictureLine, PictureNode

HOSTILE = (
    "plain",
    "end",
    "graph TD",
    'a "quoted" word',
    'x"]:::c; click component__a "https://evil.example"',
    "<script>alert(1)</script><b>x</b>",
    "a<br/>b &lt; &#60; #quot; #35;",
    "%%{init: {'securityLevel': 'loose'}}%%",
    "%% a comment",
    "`**markdown**` [link](https://evil.example) ![i](x)",
    "1. first",
    "1) first",
    "1.",
    "- item",
    "+ item",
    "* item",
    "# heading",
    "> quote",
    "=====",
    "---",
    "    code",
    "$$x^2$$",
    "fa:fa-ban and fab:fa-github",
    "https://evil.example and www.evil.example and a@evil.example",
    "{braces} | bars | (parentheses) ((circle)) >flag]",
    "back\\slash \\n \\N \\G \\",
    "classDef default fill:#f00",
    "accTitle: other",
    "tab\tnew\nline\r\nreturn",
    "```\nfence",
    "\u202eright to left\u202c \x1b[31m \x07 \ufffe",
    "Grüße 日本語 😀 é",
    "ﬂ°°35¶ß ﬂ°lt¶ß",
    "x" * 500,
    "constructor __proto__ toString",
    "",
)


def hostile() -> list[Picture]:
    """A picture for each string, in every place that has a string."""
    return [
        Picture(
            text,
            "camp.yaml",
            (
                PictureNode("users/internet", "users", text),
                PictureNode("component/end", "component", text, (PictureLine("volume", text),), "tier/web"),
                PictureNode("component/a-b", "component", text, (), "tier/web"),
                PictureNode("service/a", "service", "a service", (PictureLine("product", text),)),
            ),
            (PictureGroup("tier/web", text, (PictureLine("network", text),)),),
            (PictureEdge("users/internet", "component/end", text), PictureEdge("component/end", "service/a")),
        )
        for text in HOSTILE
    ]
