"""The Python that runs the Python blocks of one page (`story.py` starts it): one line of JSON a block, one answer each.

Lines of errors are those of the page. Names stay from block to block; so do the imports, and so a page loads the model once.
"""

from __future__ import annotations

import json
import os
import sys
import traceback


def run(names: dict[str, object], text: str, page: str, line: int) -> int:
    """The status with which the block ends."""
    try:
        exec(compile("\n" * (line - 1) + text, page, "exec"), names)  # noqa: S102 - this is what it is for
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else int(stopped.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def main(answers: int) -> None:
    os.set_inheritable(answers, False)
    names: dict[str, object] = {"__name__": "__main__"}
    for asked in map(json.loads, sys.stdin):
        os.environ.clear()
        os.environ.update(asked["variables"])
        os.chdir(asked["folder"])
        for descriptor, path in ((1, asked["out"]), (2, asked["err"])):
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(opened, descriptor)
            os.close(opened)
        status = run(names, asked["text"], asked["page"], asked["line"])
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(answers, f"{status}\n".encode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
