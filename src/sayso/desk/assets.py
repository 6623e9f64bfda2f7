"""The desk's style, fonts and scripts, and the addresses under which pages ask for them.

Style is served as it is written. Scripts and fonts are built by Vite (`npm run build`) into `built/`, whose manifest says what became of which
source. Without that the desk is read without scripts, in the system's fonts.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

HERE = Path(str(files("sayso.desk")))
STYLES = HERE / "assets"
BUILT = HERE / "built"
FOREVER = "public, max-age=31536000, immutable"


class _Lasting(StaticFiles):
    """Files whose address changes with what is in them: browsers may keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            response.headers["cache-control"] = FOREVER
        return response


def mount(app: FastAPI) -> None:
    """Serve them under /assets/."""
    if BUILT.is_dir():
        app.mount("/assets/built", _Lasting(directory=BUILT), name="built")
    app.mount("/assets", _Lasting(directory=STYLES), name="styles")


@cache
def manifest() -> dict[str, dict[str, object]]:
    """What Vite made, by source; empty where nothing was built."""
    file = BUILT / ".vite" / "manifest.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


@cache
def style(name: str) -> str:
    """The address of a style sheet of ours."""
    digest = hashlib.sha256((STYLES / name).read_bytes()).hexdigest()[:12]
    return f"/assets/{name}?{digest}"


@cache
def scripts(source: str) -> tuple[str, ...]:
    """The addresses of a built script: none where nothing was built."""
    made = manifest().get(source)
    return (f"/assets/built/{made['file']}",) if made else ()


@cache
def sheets(source: str) -> tuple[str, ...]:
    """The addresses of the style sheets that were built with a script."""
    made = manifest().get(source, {})
    named = made.get("css", [])
    return tuple(f"/assets/built/{name}" for name in named) if isinstance(named, list) else ()
