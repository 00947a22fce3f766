#!/usr/bin/env python3
"""Stands in for gh: keeps the comments of one pull request in the file GH_STATE, and each call.

Like GitHub, it answers in pages (of two), and refuses to write if the token is that of a fork (``readonly``).
``instead``: what it prints instead, for a kind of call.
"""

import json
import os
import sys
from pathlib import Path

FILE = Path(os.environ["GH_STATE"])
state = json.loads(FILE.read_text())
assert sys.argv[1:] == ["api", "graphql", "--hostname", "github.com", "--input", "-"], sys.argv
assert os.environ["GH_TOKEN"] == "t0ken"
asked = json.loads(sys.stdin.read())
query, given = asked["query"], asked["variables"]
kind = next(each for each in ("updateIssueComment", "addComment", "pullRequest") if each in query)
state["calls"].append(kind)
answer = {}
if kind in state.get("instead", {}):
    FILE.write_text(json.dumps(state))
    print(state["instead"][kind])
    sys.exit(0)
if kind == "pullRequest":
    assert (given["owner"], given["name"], given["number"]) == ("acme", "shop", 7)
    first = int(given["after"] or 0)
    nodes = [
        {"id": each["id"], "body": each["body"], "viewerDidAuthor": each["author"] == "github-actions"}
        for each in state["comments"][first : first + 2]
    ]
    more = {"hasNextPage": first + 2 < len(state["comments"]), "endCursor": str(first + 2)}
    answer = {"repository": {"pullRequest": {"id": "PR_7", "comments": {"nodes": nodes, "pageInfo": more}}}}
elif state["readonly"]:
    FILE.write_text(json.dumps(state))
    sys.exit("gh: Resource not accessible by integration")
elif kind == "addComment":
    assert given["subject"] == "PR_7"
    made = {"id": f"IC_{len(state['comments'])}", "author": "github-actions", "body": given["body"]}
    state["comments"].append(made)
else:
    (one,) = (each for each in state["comments"] if each["id"] == given["id"])
    one["body"] = given["body"]
FILE.write_text(json.dumps(state))
print(json.dumps({"data": answer}))
