"""Creates the comment on the pull request, or updates that of an earlier run.

If the token cannot comment, as for a pull request from a fork, the report is in the summary of the job, and the step
succeeds. The same is true if GitHub's API does not answer as it documents. Variables: REPORT (the file), SUBJECT (the
plan), CHANGED, COMMENT (true or false) and NUMBER (of the pull request; empty if there is none).
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

MARKER = "<!-- camp2iac diff -->"  # the first line of a report
FIND = """
query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      id
      comments(first: 100, after: $after) {
        nodes { id body viewerDidAuthor }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
"""
CREATE = """
mutation($subject: ID!, $body: String!) {
  addComment(input: {subjectId: $subject, body: $body}) { commentEdge { node { url } } }
}
"""
UPDATE = """
mutation($id: ID!, $body: String!) {
  updateIssueComment(input: {id: $id, body: $body}) { issueComment { url } }
}
"""


class CommentError(Exception):
    """The reason why there is no comment."""


class AnswerError(CommentError):
    """GitHub's API answered something that is not an answer, such as a page of a proxy."""


def ask(query: str, **variables: Any) -> dict[str, Any]:
    """The answer of GitHub's GraphQL API."""
    host = urlsplit(os.environ.get("GITHUB_SERVER_URL", "https://github.com")).netloc
    try:
        done = subprocess.run(
            ["gh", "api", "graphql", "--hostname", host, "--input", "-"],
            input=json.dumps({"query": query, "variables": variables}),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    except OSError as error:
        raise CommentError(f"the command gh cannot be started: {error.strerror}") from error
    if done.returncode:
        raise CommentError(done.stderr.strip() or f"gh exited with {done.returncode}")
    return data(done.stdout)


def data(text: str) -> dict[str, Any]:
    """The data in an answer. ``AnswerError`` if it has none."""
    try:
        answer = json.loads(text)
    except ValueError as error:
        raise AnswerError(f"the answer of GitHub's API is not JSON: {text.strip()[:80]!r}") from error
    fields = answer if isinstance(answer, dict) else {}
    errors = fields.get("errors")
    said = [str(each.get("message")) for each in errors if isinstance(each, dict)] if isinstance(errors, list) else []
    if said:
        raise CommentError("; ".join(said))
    found = fields.get("data")
    if not isinstance(found, dict):
        raise AnswerError(f"the answer of GitHub's API has no data: {text.strip()[:80]!r}")
    return found


def part(found: Any, *names: str) -> Any:
    """What is under these names. ``AnswerError`` if there is nothing."""
    for depth, name in enumerate(names, 1):
        found = found.get(name) if isinstance(found, dict) else None
        if found is None:
            raise AnswerError(f"the answer of GitHub's API has no {'.'.join(names[:depth])}")
    return found


def earlier(repository: str, number: int, last: str) -> tuple[str, str | None]:
    """The id of the pull request, and that of the comment of an earlier run: of the same user, for the same plan."""
    owner, _, name = repository.partition("/")
    after: str | None = None
    while True:
        answer = ask(FIND, owner=owner, name=name, number=number, after=after)
        repo = answer.get("repository")
        if not isinstance(repo, dict) or repo.get("pullRequest") is None:
            raise CommentError(f"the token cannot read pull request {number} of {repository}")
        found = repo["pullRequest"]
        pull = str(part(found, "id"))
        for each in part(found, "comments", "nodes"):
            body = str(part(each, "body")).strip()
            if part(each, "viewerDidAuthor") and body.startswith(MARKER) and body.endswith(last):
                return pull, str(part(each, "id"))
        if not part(found, "comments", "pageInfo", "hasNextPage"):
            return pull, None
        after = str(part(found, "comments", "pageInfo", "endCursor"))


def comment(report: str) -> bool:
    """Write the comment; returns whether there is one. If nothing changes, no comment is created."""
    last = f"<!-- camp2iac: {os.environ['SUBJECT']} -->"
    pull, own = earlier(os.environ["GITHUB_REPOSITORY"], int(os.environ["NUMBER"]), last)
    body = f"{report.rstrip()}\n\n{last}\n"
    if own is not None:
        ask(UPDATE, id=own, body=body)
    elif os.environ["CHANGED"] == "true":
        ask(CREATE, subject=pull, body=body)
    else:
        return False
    return True


def main() -> None:
    """Comment, or write the summary."""
    report = Path(os.environ["REPORT"]).read_text(encoding="utf-8")
    wanted = os.environ["COMMENT"] == "true" and bool(os.environ["NUMBER"])
    try:
        if wanted and comment(report):
            return
    except CommentError as reason:
        why = " ".join(str(reason).split()).replace("%", "%25")
        print(f"::notice title=camp2iac::No comment on the pull request, because {why}. The report is in the summary.")
        if not isinstance(reason, AnswerError):
            print(
                "A comment needs  permissions: { contents: read, pull-requests: write }  in the workflow. The token of"
            )
            print("a pull request from a fork does not have them.")
    with Path(os.environ["GITHUB_STEP_SUMMARY"]).open("a", encoding="utf-8") as summary:
        summary.write(f"{report}\n")


if __name__ == "__main__":
    main()
