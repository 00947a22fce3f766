#!/usr/bin/env python3
"""repository PATH DIGEST TARGET LEFT_OUT: writes the content of PATH in the application's git repository to TARGET.

It takes the newest commit of the branch in which that content has the digest, so a later or a rewritten commit is never
used instead. LEFT_OUT is a regular expression for files in PATH that are not content. /etc/camp/repository has lines of
a word and a value: the repository's url and branch. Secrets are in files beside it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import NoReturn

os.environ.setdefault("HOME", "/root")  # git needs one
ETC = os.environ.get("CAMP_REPOSITORY", "/etc/camp/repository")
CLONE = os.environ.get("CAMP_CLONE", "/var/lib/camp/repository.git")
DEPTHS = ("--depth=1", "--depth=100", "--depth=2147483647")  # the last: all commits
OUTPUT = re.compile(r"(?:(?<=/)|^)(\.camp2iac\.json$|\.camp2iac-new/.*)")  # marks a folder that camp2iac writes
ATTEMPTS, PAUSE = 5, float(os.environ.get("CAMP_PAUSE", "10"))  # seconds
SSH = (
    "ssh -o BatchMode=yes -o ConnectTimeout=20 -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes "
    "-o ServerAliveInterval=15 -o ServerAliveCountMax=4 "
    "-o GlobalKnownHostsFile=/dev/null -o UserKnownHostsFile={0}.hosts -i {0}.key"
)
# What git says, and what it means for the operator.
REASONS = (
    (r"Host key verification failed|host key.*changed", "the server has another host key than releases.host_key"),
    (r"Load key|error in libcrypto", "the deploy key cannot be read: is it a private key in OpenSSH's format?"),
    (r"Permission denied \(", "the server refuses the deploy key"),
    (r"Authentication failed|returned error: 40[13]", "the server refuses the credentials"),
    (r"could not read (Username|Password)|terminal prompts disabled", "the repository needs credentials"),
    (r"find remote ref", "the repository has no branch {branch}"),
    (
        r"not found|does not (exist|appear to be)|returned error: 404",
        "there is no repository at {url}, or it is private",
    ),
)


def fail(reason: str) -> NoReturn:
    """Ends with a reason for the operator."""
    sys.exit("camp repository: " + reason)


class DamagedError(Exception):
    """The clone cannot be used, for example after a crash or with a full disk. The text is what git says."""


def last(words: bytes) -> str:
    """The last line of what git says, which has the reason."""
    lines = words.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "no answer"


def command(*words: str) -> list[str]:
    """A command of git, with settings that no file of the instance changes."""
    options = ["-c", "safe.directory=*", "-c", "credential.helper=", "-c", "gc.auto=0"]
    options += ["-c", "http.lowSpeedLimit=100", "-c", "http.lowSpeedTime=60"]  # a server that hangs is given up
    if os.path.exists(ETC + ".credentials"):
        helper = "credential.helper=!cat {}.credentials #".format(ETC)
        options += ["-c", helper, "-c", "http.followRedirects=false"]  # another server never gets the credentials
    return ["git", *options, *words]


def told() -> dict[str, str]:
    """The environment of git: without prompts, with the key and the host keys of the repository."""
    ssh = SSH.format(ETC)
    return dict(os.environ, GIT_TERMINAL_PROMPT="0", GIT_SSH_COMMAND=ssh, GIT_LITERAL_PATHSPECS="1", LC_ALL="C")


def run(*words: str) -> subprocess.CompletedProcess[bytes]:
    """Runs git outside the clone."""
    return subprocess.run(command(*words), env=told(), cwd="/", capture_output=True, check=False)


def git(*words: str) -> subprocess.CompletedProcess[bytes]:
    """Runs git in the clone."""
    return run("--git-dir", CLONE, *words)


def output(*words: str) -> bytes:
    """What git prints in the clone. Raises DamagedError if it fails."""
    done = git(*words)
    if done.returncode:
        raise DamagedError(last(done.stderr))
    return done.stdout


def ask(about: Mapping[str, str]) -> list[bytes]:
    """The object id of the branch and its name, without the clone. Empty: the server does not say it."""
    return run("ls-remote", about["url"], "refs/heads/{branch}".format(**about)).stdout.split()


def clone(about: Mapping[str, str]) -> None:
    """Begins a new clone, with object ids as long as the server's."""
    shutil.rmtree(CLONE, ignore_errors=True)
    sha256 = any(len(word) == 64 for word in ask(about)[:1])
    output("init", "--quiet", "--bare", *(["--object-format=sha256"] if sha256 else []))


def fetch(about: Mapping[str, str], depth: str) -> None:
    """Fetches the branch. A server that does not answer is tried again."""
    branch = "+refs/heads/{branch}:refs/heads/current".format(**about)
    words, depths = b"", [depth]
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(PAUSE)
        done = git("fetch", "--quiet", "--no-tags", *depths, about["url"], branch)
        if not done.returncode:
            return
        words = done.stderr
        if b"not support shallow" in words:
            depths = []  # all commits at once
        for form, reason in REASONS:
            if re.search(form, words.decode("utf-8", "replace"), re.IGNORECASE):
                fail(reason.format(**about))
    if ask(about):
        raise DamagedError(last(words))
    fail("{} cannot be reached: {}".format(about["url"], last(words)))


class Committed:
    """The content of a path in a commit. ``entries``: (name, mode, object id). ``single``: the path is a file."""

    def __init__(self, commit: str, path: str, left_out: str) -> None:
        listed = output("ls-tree", "-r", "-z", commit, *(["--", path] if path else []))
        found = []
        for line in listed.decode("utf-8", "surrogateescape").split("\0")[:-1]:
            about, _, file = line.partition("\t")
            mode, _, id_ = about.split(" ")
            found.append((file[len(path) + 1 :] if path else file, mode, id_))
        self.single = [name for name, _, _ in found] == [""]
        if self.single:
            found = [(os.path.basename(path), found[0][1], found[0][2])]
        outputs = tuple(folder(name) for name, _, _ in found if OUTPUT.search(name))
        wanted = [each for each in found if not re.search(left_out, each[0])]
        self.entries = [each for each in wanted if not (outputs and each[0].startswith(outputs))]

    @property
    def digest(self) -> str:
        """As the compiler computes it (camp2iac/camp/revision.py)."""
        lines = "".join("{1} {2}\t{0}\0".format(*entry) for entry in self.entries)
        return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()


def folder(marker: str) -> str:
    """The folder of an output of camp2iac, with a slash, from the path of the file or folder that marks it."""
    return OUTPUT.sub("", marker)


def commits(path: str) -> list[str]:
    """The commits of the branch that change a path, newest first, also those that a merge did not take."""
    return output("rev-list", "--full-history", "refs/heads/current", *(["--", path] if path else [])).decode().split()


def search(about: Mapping[str, str], path: str, digest: str, left_out: str) -> Committed:
    """The content with the digest, in the newest commit that has it."""
    seen: set[str] = set()
    for depth in DEPTHS:
        fetch(about, depth)
        for commit in commits(path):
            if commit not in seen:
                seen.add(commit)
                content = Committed(commit, path, left_out)
                if content.digest == digest:
                    return content
    fail(
        "no commit of the branch {} has the reviewed content {} of {}: push it, or run camp2iac synth again if the "
        "branch was rewritten or more files were added".format(about["branch"], digest[:12], path or "the repository")
    )


def blobs(entries: Sequence[tuple[str, str, str]]) -> Iterator[bytes]:
    """The data of each entry, one at a time."""
    with tempfile.TemporaryFile() as ids:
        ids.write("".join(id_ + "\n" for _, _, id_ in entries).encode())
        ids.seek(0)
        words = command("--git-dir", CLONE, "cat-file", "--batch")
        reading = subprocess.Popen(words, env=told(), stdin=ids, stdout=subprocess.PIPE)
        assert reading.stdout is not None
        for name, _, id_ in entries:
            about = reading.stdout.readline().split(b" ")
            data = reading.stdout.read(int(about[2])) if len(about) == 3 else b""
            made = hashlib.new("sha256" if len(id_) == 64 else "sha1", b"blob %d\0" % len(data))
            made.update(data)
            if made.hexdigest() != id_:  # git checks an object only when it arrives
                raise DamagedError("the clone has another " + name)
            yield data
            reading.stdout.read(1)
        reading.communicate()


def write(content: Committed, target: str) -> None:
    """Writes the files, byte for byte as in the commit, beside the target, which they then replace."""
    new = target + ".new"
    shutil.rmtree(new, ignore_errors=True)
    os.makedirs(new)
    for (name, mode, _), data in zip(content.entries, blobs(content.entries)):
        place = os.path.join(new, name)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        if mode == "120000":
            os.symlink(data, place.encode("utf-8", "surrogateescape"))
            continue
        with open(place, "wb") as file:
            file.write(data)
        os.chmod(place, 0o755 if mode == "100755" else 0o644)
    if content.single:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.replace(os.path.join(new, content.entries[0][0]), target)
        os.rmdir(new)
    else:
        shutil.rmtree(target, ignore_errors=True)
        os.rename(new, target)


def again(about: Mapping[str, str], path: str, digest: str, target: str, left_out: str) -> None:
    """The same with a new clone."""
    try:
        clone(about)
        write(search(about, path, digest, left_out), target)
    except DamagedError as error:
        fail("git cannot write or read {}: {}".format(CLONE, error))


def main(path: str, digest: str, target: str, left_out: str) -> None:
    path = "" if path == "." else path
    mark = target + ".revision"
    if os.path.exists(target) and os.path.exists(mark) and open(mark).read() == digest:
        return
    with open(ETC) as file:
        about = dict(line.rstrip("\n").split(" ", 1) for line in file)
    os.umask(0o022)
    os.makedirs(os.path.dirname(CLONE), exist_ok=True)
    with open(CLONE + ".lock", "w") as lock:  # one at a time: all contents share the clone
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            if not os.path.exists(os.path.join(CLONE, "HEAD")):
                clone(about)
            write(search(about, path, digest, left_out), target)
        except DamagedError:
            again(about, path, digest, target, left_out)
    with open(mark, "w") as file:
        file.write(digest)


main(*sys.argv[1:])
