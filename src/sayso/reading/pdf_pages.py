"""The program that takes the text out of a PDF: `python -P pdf_pages.py SECONDS MOST < file.pdf` writes JSON.

It is a process of its own because a PDF is a program: what it makes a reader do is bounded only by ending the reader.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from typing import Any

MEMORY = 1024**3
"""Bytes of memory that it may take, where the system can limit that."""


def main() -> None:
    """Write `{"pages": [text, …]}`, or `{"refused": reason}`."""
    seconds, most = int(sys.argv[1]), int(sys.argv[2])
    _limit(seconds)
    logging.disable(logging.CRITICAL)
    try:
        found = pages(sys.stdin.buffer.read(), most)
    except MemoryError:
        found = {"refused": "it takes too much memory"}
    sys.stdout.write(json.dumps(found))


def pages(data: bytes, most: int) -> dict[str, Any]:
    """The text of each page, its lines as they are printed; or why it cannot be had."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"refused": "it is encrypted; save it without its password"}
        count = len(reader.pages)
        if count > most:
            return {"refused": f"{count:,} pages, more than {most:,}"}
        return {"pages": [page.extract_text() for page in reader.pages]}
    except (DependencyError, FileNotDecryptedError):
        return {"refused": "it is encrypted; save it without its password"}
    except MemoryError:
        raise
    except RecursionError:
        return {"refused": "a broken PDF file: nested too deep"}
    except Exception as error:  # what the library raises for broken files is not told by it
        return {"refused": f"a broken PDF file: {(str(error).splitlines() or [''])[0][:120] or type(error).__name__}"}


def _limit(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has none
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


if __name__ == "__main__":
    main()
