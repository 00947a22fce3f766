"""camp-backup as instances get it, with a store in memory. proofs/roots/test_backup.py has restic and an S3 server."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import time
from importlib.machinery import SourceFileLoader
from pathlib import Path
from subprocess import CompletedProcess
from types import ModuleType
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from support import phases

from camp2iac.catalogue import companion as companions

SAMPLE = companions.BUILT_IN_COMPANIONS / "backup/sample"
SERVICE = """\
#!/bin/sh
cd "$(dirname "$0")/../data" || exit 1
case $1 in
  names) echo +roles; ls ;;
  dump) case $2 in +roles) echo roles ;; *) cat "$2" && ! [ "$(cat "$2")" = broken ] ;; esac ;;
  restore) cat > "${3:-$2}" ;;
esac
"""


class Store:
    """What restic would have in its repository."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.snapshots, self.deleted = folder, list[dict[str, Any]](), list[str]()
        self.initialised, self.fails = False, ""
        self.failure: type[Exception] = OSError

    def restic(self, *words: str, data: Any = None, wanted: bool = True, **_: object) -> Any:
        if words[0] == self.fails:
            if wanted:
                raise self.failure(f"restic {words[0]} failed")
            return CompletedProcess(words, 1, "", "wrong password")
        out, code = "", 0
        match words[0]:
            case "cat":
                code = 0 if self.initialised else 1
            case "init":
                self.initialised = True
            case "backup":
                self._backup(words, data)
            case "snapshots":
                out = json.dumps(self.snapshots)
            case "forget" if not words[1].startswith("-"):
                self.deleted += words[1:]
                self.snapshots = [each for each in self.snapshots if each["id"] not in words]
        return out if wanted else CompletedProcess(words, code, out, "")

    def _backup(self, words: tuple[str, ...], data: Any) -> None:
        given = {name: value for name, _, value in (word.partition("=") for word in words) if value}
        tags = [word.removeprefix("--tag=") for word in words if word.startswith("--tag=")]
        id_ = f"snapshot{len(self.snapshots) + len(self.deleted)}"
        path = given.get("--stdin-filename", words[-1])
        if data is not None:
            (self.folder / f"{id_}{path.replace('/', '+')}").write_bytes(data.read())
        self.snapshots.append({"id": id_, "paths": [path], "tags": tags})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


@pytest.fixture
def program(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    made = phases.compile(phases.load(SAMPLE), environment=SAMPLE / "environment.yaml")
    assert made.result is not None
    documents = made.result.lowered.documents
    [document] = [each.data.decode() for each in documents if each.path.endswith("machine.yaml.tftpl")]
    files = yaml.safe_load(re.sub(r"\$\{indent.*", "script", document))["write_files"]
    [text] = [each["content"] for each in files if each["path"] == "/usr/local/bin/camp-backup"]
    for path in ("/usr/local/lib/camp", "/var/lib/camp", "/run"):
        text = text.replace(f'"{path}/', f'"{tmp_path}/')
    (tmp_path / "camp-backup").write_text(text)
    lib = tmp_path / "companion.backup"
    for folder in (lib / "services", lib / "data"):
        folder.mkdir(parents=True)
    (lib / "services/db").write_text(SERVICE)
    (lib / "services/db").chmod(0o755)
    (lib / "store").write_text("RESTIC_REPOSITORY=s3:https://objects.example.org/backups/shop\nRESTIC_PASSWORD=x=y\n")
    dump = tmp_path / "bin/restic"
    dump.parent.mkdir()
    dump.write_text(f'#!/bin/sh\ncat "{tmp_path}/$3$(echo "$4" | tr / +)"\n')  # --quiet dump ID FILE
    dump.chmod(0o755)
    monkeypatch.setenv("PATH", f"{dump.parent}:/usr/bin:/bin")
    loader = SourceFileLoader("camp_backup", str(tmp_path / "camp-backup"))
    spec = importlib.util.spec_from_loader("camp_backup", loader)
    assert spec
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    found = importlib.util.module_from_spec(spec)
    loader.exec_module(found)
    monkeypatch.setattr(found, "restic", store.restic)
    store.failure = found.Failure
    return found


def data(program: ModuleType, name: str) -> Path:
    return Path(program.LIB) / "data" / name


def test_a_database_is_back(program: ModuleType, store: Store, capfd: pytest.CaptureFixture[str]) -> None:
    data(program, "shop").write_text("rows\n")
    data(program, "o'dd %name").write_text("odd\n")
    program.now()
    assert [each["tags"][0] for each in store.snapshots][-1] == "item=complete"
    [(id_, items)] = program.backups().items()
    assert sorted(items) == ["db/+roles", "db/o'dd %name", "db/shop"]
    program.list_()
    assert f"{id_}  db/+roles, db/o'dd %name, db/shop\n" in capfd.readouterr().out
    data(program, "shop").write_text("lost\n")
    program.restore(id_, ["db/shop"], "copy")
    assert (data(program, "shop").read_text(), data(program, "copy").read_text()) == ("lost\n", "rows\n")
    program.restore("latest", [], "")
    assert data(program, "shop").read_text() == "rows\n"
    assert not data(program, "+roles").exists(), "roles stay as they are"
    assert program.last() == 0
    assert f"last backup {id_}" in capfd.readouterr().out
    assert program.store()["RESTIC_PASSWORD"] == "x=y"
    assert program.store()["RESTIC_REPOSITORY"].endswith("/shop/machine")


def test_a_backup_that_fails_is_none(program: ModuleType, store: Store, capfd: pytest.CaptureFixture[str]) -> None:
    data(program, "shop").write_text("rows")
    data(program, "zoo").write_text("broken")
    with pytest.raises(program.Failure, match="db/zoo cannot be dumped: exit status 1"):
        program.now()
    assert store.snapshots == [], "nothing of it stays"
    assert len(store.deleted) == 3
    assert program.last() == 1
    assert "there is no backup: the last try failed: db/zoo cannot be dumped" in capfd.readouterr().out
    with pytest.raises(program.Failure, match=r"there is no backup latest in s3:.*/shop/machine: there is none"):
        program.restore("latest", [], "")
    data(program, "zoo").write_text("sound")
    program.now()
    assert program.last() == 0


def test_an_interrupted_backup_is_not_complete(program: ModuleType, store: Store) -> None:
    data(program, "shop").write_text("rows")
    program.now()
    store.snapshots.pop()
    assert program.backups() == {}


@pytest.mark.parametrize(("done", "said"), [(25, "last backup"), (27, "it is too old")])
def test_the_age_of_the_last_backup(
    program: ModuleType, done: int, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    state = Path(program.STATE)
    state.mkdir(parents=True)
    (state / "last").write_text(json.dumps({"id": "20261202-023000", "at": time.time() - done * 3600, "items": 1}))
    assert program.last() == (0 if done < 26 else 1)
    assert said in capfd.readouterr().out


def test_new_data_are_filled_once(program: ModuleType, store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "media"
    (folder / "lost+found").mkdir(parents=True)
    tags = ["run=20261202-023000", f"item={quote(str(folder))}"]
    store.snapshots += [{"id": "a", "paths": [str(folder)], "tags": tags}]
    store.snapshots += [{"id": "b", "paths": ["/complete"], "tags": [tags[0], "item=complete"]}]
    program.RESTORE_FROM = "20261202-023107"  # of another instance
    restored = []
    program.put = lambda snapshot, item: restored.append((snapshot, item))
    program.fill("folder", str(folder))
    assert restored == [("a", str(folder))]
    assert not (folder / program.MARK).exists()
    (folder / "picture").touch()
    program.fill("folder", str(folder))
    assert len(restored) == 1, "data that exist stay"
    (folder / program.MARK).touch()  # a restore that was interrupted
    program.fill("folder", str(folder))
    assert len(restored) == 2
    program.fill("service", "db")
    assert len(restored) == 2, "the backup has nothing of it"
    program.RESTORE_FROM = "20261201-023000"
    with pytest.raises(program.Failure, match="there are 20261202-023000"):
        program.fill("service", "db")


def test_restore_says_what_is_wrong(program: ModuleType) -> None:
    data(program, "shop").write_text("rows")
    data(program, "zoo").write_text("rows")
    program.now()
    with pytest.raises(program.Failure, match="has no db/sho: it has"):
        program.restore("latest", ["db/sho"], "")
    with pytest.raises(program.Failure, match="add --only, with one of db/shop, db/zoo"):
        program.restore("latest", [], "copy")


def test_the_store_must_answer(program: ModuleType, store: Store) -> None:
    store.fails, store.initialised = "cat", True
    program.prepare()  # a new repository
    store.fails = "init"
    store.initialised = False
    with pytest.raises(program.Failure, match="the store of backups cannot be used"):
        program.prepare()


@pytest.mark.parametrize(
    ("fails", "said"),
    [
        ("init", "there is no backup: the last try failed: the store of backups cannot be used"),
        ("unlock", "there is no backup: the last try failed: restic unlock failed"),
        ("snapshots", "last backup"),
        ("forget", "the last try failed: old backups cannot be removed: restic forget failed"),
    ],
)
def test_a_store_that_is_away_is_said(
    program: ModuleType, store: Store, fails: str, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    data(program, "shop").write_text("rows")
    store.fails = fails
    if fails == "snapshots":  # needed only to remove what a failure left
        program.now()
    else:
        with pytest.raises(program.Failure):
            program.now()
    program.last()
    assert said in capfd.readouterr().out
