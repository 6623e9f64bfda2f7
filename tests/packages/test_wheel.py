"""The wheel and the sdist, as a stranger gets them: nothing is missing, nothing of this machine is in them, and they work alone."""

from __future__ import annotations

import email
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from sayso.coding.coder import Coder
from sayso.gazetteer.lookup import cache_folder
from sayso.reading import open_articles
from sayso.records import Coding

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "src" / "sayso" / "desk" / "built"
NOTICES = "sayso/desk/built/THIRD-PARTY-NOTICES.txt"
REPORT = ROOT / "examples" / "05-local-reporter.jsonl"
DATE = "1767225600"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


class Packages(NamedTuple):
    """Both, built from the tree."""

    wheel: Path
    sdist: Path


def build(source: Path, out: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What `make dist` runs."""
    return subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(out)],
        cwd=source,
        env={**os.environ, "SOURCE_DATE_EPOCH": DATE, **environment},
        capture_output=True,
        text=True,
        timeout=200,
    )


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    if not (BUILT / "THIRD-PARTY-NOTICES.txt").exists():
        message = "the desk is not built (make desk)"
        pytest.fail(message) if os.environ.get("SAYSO_REQUIRE_BROWSER") else pytest.skip(message)
    out = tmp_path_factory.mktemp("dist")
    done = build(ROOT, out)
    assert done.returncode == 0, done.stderr
    (wheel,), (sdist,) = out.glob("*.whl"), out.glob("*.tar.gz")
    return Packages(wheel, sdist)


@pytest.fixture(scope="module")
def unpacked(packages: Packages, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist's tree."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(packages.sdist) as archive:
        archive.extractall(folder, filter="data")
    (tree,) = folder.iterdir()
    return tree


@pytest.fixture(scope="module")
def names(packages: Packages) -> set[str]:
    with zipfile.ZipFile(packages.wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def metadata(packages: Packages) -> Message:
    with zipfile.ZipFile(packages.wheel) as archive:
        return email.message_from_bytes(archive.read("sayso-0.1.0.dist-info/METADATA"))


def kept() -> list[str]:
    """What git keeps below src, or all that is there where there is no git."""
    listed = subprocess.run(["git", "ls-files", "sayso"], cwd=ROOT / "src", capture_output=True, text=True)
    if listed.returncode == 0 and listed.stdout:
        return listed.stdout.splitlines()
    files = (one for one in (ROOT / "src" / "sayso").rglob("*") if one.is_file() and "__pycache__" not in one.parts)
    return [one.relative_to(ROOT / "src").as_posix() for one in files]


def test_nothing_is_missing_in_the_wheel(names: set[str]) -> None:
    """Every file that is kept under src, model, lexicon, migrations and templates among them, and the built desk with its licences."""
    assert set(kept()) - names == set()
    built = {one.relative_to(ROOT / "src").as_posix() for one in BUILT.rglob("*") if one.is_file()}
    assert NOTICES in built
    assert built - names == set()
    assert len([name for name in built if name.endswith(".js")]) > 5


def test_nothing_else_is_in_the_wheel(names: set[str], packages: Packages) -> None:
    """No test, no corpus, no cache; and no path of the machine that made it, in either of them."""
    assert all(name.startswith(("sayso/", "sayso-0.1.0.dist-info/")) for name in names)
    assert not [name for name in names if name.endswith((".pyc", ".map")) or "/tests/" in name]
    paths = [f"{one}/".encode() for one in (ROOT / "src", ROOT / "node_modules", sys.prefix)]
    with zipfile.ZipFile(packages.wheel) as archive, tarfile.open(packages.sdist) as sources:
        for name in names:
            data = archive.read(name)
            assert not [path for path in paths if path in data], name
        for member in sources:
            file = sources.extractfile(member)
            data = file.read() if file else b""
            assert not [path for path in paths if path in data], member.name
            assert (member.uid, member.gid, member.uname, member.gname) == (0, 0, "", "")


def test_an_sdist_gives_the_same_bytes(packages: Packages, unpacked: Path, tmp_path: Path) -> None:
    """A wheel that is built from it, without Node, is the wheel that was built from the tree; and so is an sdist."""
    done = build(unpacked, tmp_path, PATH=str(Path(sys.executable).parent))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / packages.wheel.name).read_bytes() == packages.wheel.read_bytes()
    assert (tmp_path / packages.sdist.name).read_bytes() == packages.sdist.read_bytes()


def test_no_package_is_built_without_the_desk(unpacked: Path, tmp_path: Path) -> None:
    """It fails by a clear word; whoever wants none says so."""
    moved = tmp_path / "built"
    shutil.move(unpacked / "src" / "sayso" / "desk" / "built", moved)
    try:
        refused = build(unpacked, tmp_path)
        assert refused.returncode == 1
        assert "the desk is not built" in refused.stdout + refused.stderr
        assert "`make desk` builds it" in refused.stdout + refused.stderr
        assert not list(tmp_path.glob("*.whl"))
    finally:
        shutil.move(moved, unpacked / "src" / "sayso" / "desk" / "built")


def test_its_metadata_is_that_of_the_project(metadata: Message, packages: Packages) -> None:
    """One version, the command, the extras, what it needs; and nothing that only some installers read."""
    assert metadata["Version"] == PROJECT["version"] == "0.1.0"
    assert metadata["Metadata-Version"] == "2.4"
    assert metadata["Requires-Python"] == ">=3.11"
    assert set(metadata.get_all("Provides-Extra") or ()) == set(PROJECT["optional-dependencies"])
    needed = [one for one in metadata.get_all("Requires-Dist") or () if "extra ==" not in one]
    assert len(needed) == len(PROJECT["dependencies"])
    with zipfile.ZipFile(packages.wheel) as archive:
        points = archive.read("sayso-0.1.0.dist-info/entry_points.txt").decode()
    assert points.split() == ["[console_scripts]", "sayso", "=", "sayso.cli:main"]


def test_every_licence_of_what_is_in_it_is_named(metadata: Message, packages: Packages) -> None:
    """In the licence expression those of all npm packages that the desk is built from, and their texts beside it."""
    with zipfile.ZipFile(packages.wheel) as archive:
        notices = archive.read(NOTICES).decode()
    named = set(metadata["License-Expression"].split(" AND "))
    found = set(re.findall(r"^Licence: (.+)$", notices, re.MULTILINE))
    assert {"OFL-1.1", "BSD-3-Clause", "ISC"} <= found
    assert {one for one in found if not {*one.strip("()").split(" OR ")} & named} == set()
    assert {"Apache-2.0", "CC-BY-SA-4.0"} <= named
    for name in ("htmx.org", "maplibre-gl", "world-atlas", "@fontsource-variable/inter"):
        assert re.search(rf"^{re.escape(name)} \d", notices, re.MULTILINE)
    assert "SIL OPEN FONT LICENSE" in notices
    assert metadata.get_all("License-File") == ["LICENSE", f"src/{NOTICES}"]


class Installed(NamedTuple):
    """sayso from the wheel alone, on a machine that has neither Node nor a compiler nor anything of an earlier sayso."""

    folder: Path
    home: Path
    cache: Path | None = None
    """Where a gazetteer is already; else it is made, in the home."""

    def environment(self) -> dict[str, str]:
        cache = {"SAYSO_CACHE": str(self.cache)} if self.cache else {}
        home = str(self.home)
        return {"PYTHONPATH": str(self.folder), "HOME": home, "PATH": home, "PYTHONSAFEPATH": "1", **cache}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self.folder / "bin" / "sayso"), *arguments],
            cwd=self.home,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, *arguments: str) -> str:
        """What a command prints; it must have nothing to complain of."""
        with self.start(*arguments) as process:
            out, err = process.communicate(timeout=200)
        assert (process.returncode, err) == (0, ""), err
        return out


@pytest.fixture(scope="module")
def installed(packages: Packages, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Only what sayso needs comes from the environment of the tests; sayso itself is found in the wheel's folder first."""
    folder, home = tmp_path_factory.mktemp("installed"), tmp_path_factory.mktemp("home")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*pip, "--target", str(folder), str(packages.wheel)], check=True, capture_output=True, timeout=200)
    return Installed(folder, home)


def test_it_is_the_wheel_that_runs(installed: Installed) -> None:
    """Not the tree: the module lies where the wheel was put, and says its version."""
    where = "import sayso; print(sayso.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", where], cwd=installed.home, env=installed.environment(), capture_output=True, text=True
    )
    assert Path(done.stdout.strip()) == installed.folder / "sayso" / "__init__.py"
    assert installed.run("--version") == "sayso 0.1.0\n"


def test_it_codes_the_same_bytes_as_the_tree(installed: Installed, coder: Coder) -> None:
    """The first time, with nothing in the cache."""
    (coding,) = coder.pipe(open_articles(REPORT))
    assert isinstance(coding, Coding)
    assert installed.run("code", str(REPORT)) == f"{coding.to_json()}\n"


def test_its_ledger_and_its_desk_work(installed: Installed) -> None:
    """Migrations, templates, scripts and their licences are there: an article is added, asked for, and shown by the desk."""
    installed = installed._replace(cache=cache_folder())
    assert "added" in installed.run("add", str(REPORT))
    assert '"standing"' in installed.run("incidents", "--format", "jsonl")
    with installed.start("desk", "--port", "0") as process:
        try:
            link = next(found[0] for line in process.stderr or () if (found := re.search(r"http://\S+", line)))
            with httpx.Client(follow_redirects=True) as browser:
                page = browser.get(link)
                assert page.status_code == 200
                scripts = re.findall(r'src="(/assets/built/[^"]+\.js)"', page.text)
                assert scripts
                for address in (*scripts, "/assets/built/THIRD-PARTY-NOTICES.txt"):
                    assert browser.get(str(httpx.URL(link).join(address))).status_code == 200
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=20)
    assert process.returncode == 0


def test_it_prints_its_contract(installed: Installed) -> None:
    """The schema of a coding, as the tree's tests hold it."""
    assert installed.run("schema") == (ROOT / "tests" / "schema.json").read_text(encoding="utf-8")
