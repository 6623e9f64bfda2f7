"""The state of a run in its folder: what it is of (`manifest.json`), which shards are done, and their errors.

While a run goes on, what is done stands in a journal to which lines are only added; at the end it goes into the manifest, in
the order of the shards, and the working folder is taken away. The same inputs, settings and coder give the same bytes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sayso.errors import ScaleError
from sayso.reading.places import Place
from sayso.scaling.files import measured, put, put_json, written
from sayso.scaling.job import COMPRESSIONS, FORMATS, At, Done, Folders, Job, Tally

MANIFEST = "manifest.json"
ERRORS = "errors.jsonl"
WORK = ".work"
JOURNAL = "done.jsonl"
FORM = "sayso-shards/1"
PART = re.compile(rf"part-\d{{5,}}(?:{'|'.join(map(re.escape, FORMATS.values()))})(?:\.(?:{'|'.join(COMPRESSIONS)}))?")
"""Names that shards have."""
DIFFERENCES = {
    "coder": "by another coder",
    "settings": "with other settings",
    "inputs": "of other inputs, or these have changed since",
}


class Run:
    """A run in its folder, which nobody else may be at (`files.alone`)."""

    def __init__(self, out: Path, job: Job):
        self.out, self._job = out, job
        self.work = out / WORK
        self.work.mkdir(exist_ok=True)
        self.folders = Folders(out, self.work, Path(tempfile.mkdtemp(prefix="run-", dir=self.work)))
        self.done: dict[int, Done] = {}
        self.tally = Tally()
        """What became of the records of all shards that are done."""
        self.is_finished = False

    def begin(self, head: dict[str, Any], *, restart: bool) -> None:
        """Take up what an earlier run has left, or begin. `head`: what this run is of, the beginning of its manifest.

        Raises ScaleError where the earlier run is of something else, unless `restart`.
        """
        self.head = head
        found = None if restart else self._found()
        if found is None:
            self._clear(restart)
            self._put_head()
        elif found["finished"]:
            self.is_finished = True
            self.tally = Tally(**{name: found[name] for name in asdict(Tally())})
            return
        if found is not None and found.get("libraries") != head["libraries"]:
            self.head = {**head, "libraries": None}  # of several versions: no one set of them would give these bytes
            self._put_head()
        self._bury()
        self._read_journal()

    def _put_head(self) -> None:
        put_json({**self.head, "finished": False}, self.out / MANIFEST, self.folders.parts)

    def _bury(self) -> None:
        """Take away the unfinished files of earlier runs. By their new name no process that outlives its run can put one in place."""
        for old in self.work.glob("run-*"):
            if old != self.folders.parts:
                old.rename(self.work / f"dead-{old.name}")
        for old in self.work.glob("dead-*"):
            shutil.rmtree(old, ignore_errors=True)

    def _found(self) -> dict[str, Any] | None:
        path = self.out / MANIFEST
        if not path.exists():
            return None
        try:
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            form = found["form"]
        except (ValueError, KeyError, TypeError):
            raise ScaleError(f"{path}: is no manifest of shards; --restart begins anew") from None
        if form != FORM:
            raise ScaleError(f"{path}: is of the form {form}, this sayso writes {FORM}; --restart begins anew")
        for part, words in DIFFERENCES.items():
            if found.get(part) != json.loads(json.dumps(self.head[part])):
                raise ScaleError(
                    f"{self.out}: was begun {words}{_which(found.get(part), self.head[part])}; --restart begins anew"
                )
        return found

    def _clear(self, restart: bool) -> None:
        """Take away what an earlier run has left. Raises ScaleError where something else is in the folder."""
        foreign = sorted(one.name for one in self.out.iterdir() if not _is_ours(one.name))
        if foreign:
            raise ScaleError(f"{self.out}: has other files in it ({foreign[0]}); name a folder of its own")
        ours = [one for one in self.out.iterdir() if one.name != WORK]
        if ours and not restart:
            raise ScaleError(f"{self.out}: has shards in it but no manifest; --restart begins anew")
        self._bury()
        for one in [*ours, *(one for one in self.work.iterdir() if one.is_file())]:
            one.unlink()

    def _read_journal(self) -> None:
        path = self.work / JOURNAL
        whole = 0
        with path.open("a+b") as lines:
            lines.seek(0)
            for line in lines:
                if not line.endswith(b"\n"):  # cut off by a kill
                    break
                whole += len(line)
                one = _done(json.loads(line))
                if self._is_there(one):
                    self._count(one)
            lines.truncate(whole)

    def _is_there(self, one: Done) -> bool:
        part = self.out / self._job.part(one.number)
        return part.is_file() and part.stat().st_size == one.size and self.folders.errors_of(one.number).is_file()

    def add(self, one: Done) -> None:
        """Note a shard that is done. Raises ScaleError where another coder did it than the others."""
        if one.coder != self.head["coder"]:
            raise ScaleError(
                f"{self.out}: shard {one.number} was coded by another coder{_which(one.coder, self.head['coder'])}"
            )
        with written(self.work / JOURNAL), (self.work / JOURNAL).open("ab") as journal:
            journal.write(json.dumps(asdict(one)).encode() + b"\n")
            journal.flush()
            os.fsync(journal.fileno())
        self._count(one)

    def _count(self, one: Done) -> None:
        if one.number not in self.done:
            self.tally += one.tally
        self.done[one.number] = one

    def next(self) -> tuple[int, At, int]:
        """The first shard that is not done, where it begins, and the bytes of the inputs before it."""
        number = 0
        while number in self.done:
            number += 1
        last = self.done.get(number - 1)
        return (number, last.after, last.read) if last else (0, At(), 0)

    def leave(self) -> None:
        """Take away what no later run needs: all but the shards, or where they are not all done, but what says how to go on."""
        shutil.rmtree(self.work if self.is_finished else self.folders.parts, ignore_errors=True)
        with suppress(OSError):  # they are not empty where there is something to go on with
            self.work.rmdir()
            self.out.rmdir()

    def finish(self) -> None:
        """Merge the errors and write the manifest, now that all shards are done."""
        with written(self.out):
            part = self.folders.parts / ERRORS
            with part.open("wb") as file:
                for number in sorted(self.done):
                    with self.folders.errors_of(number).open("rb") as errors:
                        shutil.copyfileobj(errors, file)
            put(part, self.out / ERRORS)
            put_json({**self.head, "finished": True, **self._result()}, self.out / MANIFEST, self.folders.parts)
        self.is_finished = True

    def _result(self) -> dict[str, Any]:
        tally = asdict(self.tally)
        size, sha256 = measured(self.out / ERRORS)
        return {
            **tally,
            "errors_file": {"file": ERRORS, "size": size, "sha256": sha256},
            "shards": [_shard(self.done[number], self._job) for number in sorted(self.done)],
        }


def _shard(one: Done, job: Job) -> dict[str, Any]:
    return {"file": job.part(one.number), **asdict(one.tally), "size": one.size, "sha256": one.sha256}


def _done(held: dict[str, Any]) -> Done:
    index, place = held["after"]
    return Done(**{**held, "tally": Tally(**held["tally"]), "after": At(index, Place(*place))})


def _is_ours(name: str) -> bool:
    return name in (MANIFEST, ERRORS, WORK) or PART.fullmatch(name) is not None


def _which(old: Any, new: Any) -> str:
    """Which of some settings differ, in words."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return ""
    names = [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
    return " (" + ", ".join(f"{name} {old.get(name)}, now {new.get(name)}" for name in names) + ")"
