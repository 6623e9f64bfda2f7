"""Browsers by the names that people know them by."""

from __future__ import annotations

NAMES = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"),
         ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"))  # fmt: skip
"""Part of the User-Agent, and the browser. The first that is there: most claim to be others too."""
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "a Mac"),
    ("Linux", "Linux"),
)


def described(agent: str) -> str:
    """Firefox on Linux; what is not known, by its first words."""
    name = next((said for part, said in NAMES if part in agent), "")
    system = next((said for part, said in SYSTEMS if part in agent), "")
    if name and system:
        return f"{name} on {system}"
    return name or (agent[:40] if agent.isprintable() else "") or "unknown browser"
