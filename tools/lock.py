"""Write requirements.lock: every package that sayso and its development tools need here, as `name==version`.

`python tools/lock.py > requirements.lock` reads what is installed, and nothing else: no index, no host, no path.
"""

from __future__ import annotations

import sys
from importlib.metadata import distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOTS = ("sayso[dev,frames]", "hatchling", "editables")
"""The build back end is locked too, so that installing builds without fetching one."""


def wanted(roots: tuple[str, ...]) -> dict[str, str]:
    """Name → version of the roots and all that they need, extras followed."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(Requirement(root), "") for root in roots]
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        installed = distribution(name)
        found[name] = installed.version
        for wish in ("", *sorted(requirement.extras)):
            if (name, wish) not in seen:
                seen.add((name, wish))
                waiting += [(Requirement(line), wish) for line in installed.requires or ()]
    return found


if __name__ == "__main__":
    lines = [f"{name}=={version}\n" for name, version in sorted(wanted(ROOTS).items()) if name != "sayso"]
    sys.stdout.writelines(lines)
