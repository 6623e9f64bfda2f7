"""What runs the pages of the documentation finds what is wrong in them, and says where."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from pages import PageError, blocks
from story import check, filled

PAGE = Path("page.md")


def page(*blocks: str) -> str:
    return "# A page\n\n" + "\n".join(blocks)


def sh(text: str, mark: str = "") -> str:
    return f"{mark}\n```sh\n{text}\n```\n"


def python(text: str) -> str:
    return f"\n```python\n{text}\n```\n"


def shown(text: str) -> str:
    return f"\n<!-- output -->\n```text\n{text}\n```\n"


def test_a_page_that_does_as_it_says_passes() -> None:
    """Variables, folders and names last; a block with a title is a file; Python sees what the shell set."""
    check(
        PAGE,
        page(
            sh("export DAY=2022-01-06\nLOCAL=here\nmkdir there && cd there"),
            '```toml title="there/sources.toml"\nday = 1\n```\n',
            sh('cat sources.toml; echo "$DAY $LOCAL"; ls ../examples | head -n 1'),
            shown("day = 1\n2022-01-06 here\n01-official.txt"),
            python("import os\nwhere = os.path.basename(os.getcwd())"),
            python('print(where, os.environ["DAY"])'),
            shown("there 2022-01-06"),
            sh("echo so && exit 3", "<!-- exits: 3 -->"),
            shown("so"),
            sh("sayso --version | cut -d ' ' -f 1; python -c 'import sayso'"),
            shown("sayso"),
            sh("echo '  deep'; echo '    deeper'"),
            shown("  deep\n    deeper"),
        ),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (sh("true\necho said; echo wrong >&2; false"), r"page.md:5: ended with 1, not with 0[\s\S]*said[\s\S]*wrong"),
        (sh("false | true"), "page.md:5: ended with 1"),
        (sh("echo $UNSET"), "page.md:5: ended with 1[\\s\\S]*UNSET: unbound variable"),
        (sh("exit 7"), "page.md:5: ended with 7"),
        (sh("true", "<!-- exits: 1 -->"), "page.md:5: ended with 0, not with 1"),
        (sh("sayso schema --nope"), "page.md:5: ended with 2[\\s\\S]*--nope"),
        (python("a = 1\n\na.b"), r'page.md:5: ended with 1[\s\S]*"page.md", line 7'),
        (python("raise SystemExit(4)"), "page.md:5: ended with 4"),
        (
            sh("echo one") + shown("two"),
            r"page.md:10: `python tools/story.py page.md` puts here what page.md:5 prints now:\none",
        ),
    ],
)
def test_what_goes_wrong_is_named_with_its_line(text: str, found: str) -> None:
    with pytest.raises(PageError, match=found):
        check(PAGE, page(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```bash\ntrue\n```", "page.md:4: a block in bash"),
        ("```\ntrue\n```", "page.md:4: a block in no language"),
        ("```sh\ntrue", "page.md:3: a block that does not end"),
        ("    sayso code a.txt", "page.md:3: a command in an indented block"),
        ("<!-- exits: 1 -->\n\n```sh\ntrue\n```", "page.md:4: a mark \\(exits\\)"),
        (sh("true", "<!-- not run: no time -->"), "page.md:5: not run, for no reason of the list: 'no time'"),
        (sh("sayso cod x", "<!-- not run: needs a download -->"), "page.md:5: there is no command sayso cod"),
        (sh("A=1 sayso code x --nope # y", "<!-- not run: needs a cluster -->"), "page.md:5: sayso code: .*--nope"),
        (
            sh("a && /b/bin/sayso ledger nope", "<!-- not run: needs a cluster -->"),
            "there is no command sayso ledger nope",
        ),
        ('```ini title="/etc/x"\na=1\n```', "page.md:4: /etc/x is no file of the page's folder"),
        (shown("x"), "page.md:6: an output before anything was run"),
    ],
)
def test_a_page_that_does_not_keep_to_the_convention_is_refused(text: str, found: str) -> None:
    with pytest.raises(PageError, match=found):
        check(PAGE, page(text if "output" not in text else text + sh("true")))


def test_commands_that_are_not_run_are_right_all_the_same() -> None:
    """Placeholders, pipes, continued lines and files to write to are no options."""
    text = sh(
        "RAY_ADDRESS=HEAD:6379 sayso code /shared/a.jsonl \\\n  -o /shared/coded/ --engine ray > log 2>&1\n"
        "sudo -u sayso sayso user add NAME --role admin && sayso query 'SELECT 1' | head --lines=3\nsayso --help",
        "<!-- not run: needs a cluster -->",
    )
    (block,) = blocks(PAGE, page(text))
    assert not block.runs


def test_shown_output_is_put_in() -> None:
    """As deep in a list as the block is; and the page is then right."""
    text = "- Do:\n\n    ```sh\n    printf 'a  \\n\\nb\\n'\n    ```\n\n    <!-- output -->\n    ```text\n    old\n    ```\n\nEnd.\n"
    after = text.replace("    old\n", "    a\n\n    b\n")
    assert filled(PAGE, text) == after
    check(PAGE, after)


def test_what_a_page_started_is_ended_with_it(tmp_path: Path) -> None:
    """Even what does not listen to SIGTERM."""
    file = tmp_path / "pid"
    check(PAGE, page(sh(f"(trap '' TERM; exec sleep 300) &\necho $! > {file}")))
    for _ in range(100):
        try:
            os.kill(int(file.read_text()), 0)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    else:
        pytest.fail("still there")


def test_the_ledger_of_whoever_runs_the_tests_is_not_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page has a home of its own, without a ledger."""
    monkeypatch.setenv("SAYSO_LEDGER", "postgresql://other")
    check(PAGE, page(sh('echo "${SAYSO_LEDGER-none}"; ls -A ~'), shown("none")))
