"""`sayso export --manifest`: of which state of the ledger an export is, so that a backup of it gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from cli.ledgers import EXAMPLES, Done, Sayso, refused
from sayso.cli.exported import OfExport
from sayso.coding.coder import Coder
from sayso.errors import LedgerError
from sayso.ledger import Ledger, Selection


def held(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def as_told(path: Path, name: str | None) -> dict[str, Any]:
    data = path.read_bytes()
    return {"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def test_it_says_of_which_state_an_export_is(run: Sayso, url: Path, tmp_path: Path, coder: Coder) -> None:
    """Coders, articles, what people have said, the filters that were given, the file's hash; on standard output too."""
    out, manifest = tmp_path / "out.csv", tmp_path / "export.json"
    given = ("export", "-f", "csv", "--type", "ASSAULT", "--since", "2022-01-05", "--with-corrections")
    assert run(*given, "-o", out, "--manifest", manifest) == Done("", "", 0)
    found = held(manifest)
    with Ledger.open(url) as ledger:
        assert found["ledger"]["identity"] == ledger.identity
    assert found["ledger"]["coders"] == [{**coder.info.model_dump(), "articles": len(EXAMPLES)}]
    assert (found["ledger"]["articles"], found["ledger"]["corrections"]) == (len(EXAMPLES), 0)
    assert found["settings"] == {
        "format": "csv",
        "filters": {"type": "ASSAULT", "since": "2022-01-05"},
        "with_corrections": True,
        "personal_data": False,
    }
    assert found["outputs"] == [as_told(out, str(out))]
    printed = run(*given, "--manifest", manifest)
    assert printed.out.encode() == out.read_bytes().replace(b"\r\n", b"\n")
    assert held(manifest)["outputs"] == [as_told(out, None)]
    assert set(found) == set(json.loads(run("schema", "export").out)["properties"])


@pytest.mark.parametrize("format", ["jsonl", "gdelt-mentions", "prov", "parquet"])
def test_a_backup_gives_the_same_bytes(run: Sayso, url: Path, tmp_path: Path, format: str) -> None:
    """And the same state, after what people have corrected; only when it was exported is another."""
    article = held_article(run)
    assert (
        run("annotate", article, "seized", "--field", "events/type", "--value", "PROTEST", "--who", "Editor").status
        == 0
    )
    assert run("ledger", "backup", tmp_path / "backup.db") == Done("", "", 0)
    told = []
    for name, ledger in (("one", url), ("two", tmp_path / "backup.db")):
        given = ("export", "-f", format, "-l", ledger, "-o", tmp_path / name)
        assert run(*given, "--manifest", tmp_path / f"{name}.json") == Done("", "", 0)
        found = held(tmp_path / f"{name}.json")
        del found["created"]
        for one in found["outputs"]:
            assert one == as_told(Path(one["path"]), one["path"])
            one["path"] = Path(one["path"]).relative_to(tmp_path / name).as_posix()
        told.append(found)
    assert told[0] == told[1]
    assert told[0]["outputs"]


def held_article(run: Sayso) -> str:
    found = run("search", "airport", "--limit", "20")
    return next(str(one["article"]) for one in map(json.loads, found.lines) if "seized" in str(one["snippet"]))


def test_no_manifest_is_written_of_a_ledger_that_changed_meanwhile(url: Path, tmp_path: Path) -> None:
    """No one state of it could be named."""
    with Ledger.open(url) as ledger:
        noted = OfExport(ledger, None, tmp_path / "export.json")
        ledger.forget(ledger.search("airport")[0].article, who="Editor")
        with pytest.raises(LedgerError, match="was written to while it was exported; no manifest is written"):
            noted.finish("jsonl", Selection(), corrected=False, unmasked=False)
    assert not (tmp_path / "export.json").exists()


def test_a_manifest_overwrites_neither_the_ledger_nor_the_export(run: Sayso, url: Path, tmp_path: Path) -> None:
    refused(run("export", "-f", "jsonl", "--manifest", url), f"{url}: is the ledger itself")
    same = tmp_path / "out.jsonl"
    refused(run("export", "-f", "jsonl", "-o", same, "--manifest", same), f"{same}: lies in what is exported")
    assert not same.exists()
