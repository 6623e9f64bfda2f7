"""`sayso export --manifest`: of which state of the ledger an export is, and what was asked for, written beside it."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sayso.cli.writing import opened, refuse_own
from sayso.errors import LedgerError, RunError
from sayso.ledger import Ledger, Selection
from sayso.ledger.asking.state import state_of
from sayso.ledger.database import reading
from sayso.libraries import installed
from sayso.reproducing.account import Account
from sayso.reproducing.exported import Asked, Export, State, to_json
from sayso.reproducing.inputs import hashed
from sayso.reproducing.record import Output, now


class OfExport:
    """The manifest of an export: begun before it is written, `finish` after. `heard` is to hear of all bytes that are written."""

    def __init__(self, ledger: Ledger, output: Path | None, manifest: Path):
        refuse_own(ledger, manifest)
        if output is not None and manifest.resolve().is_relative_to(output.resolve()):
            raise RunError(f"{manifest}: lies in what is exported; write the manifest elsewhere")
        self._ledger, self._output, self._manifest = ledger, output, manifest
        self._account = Account()
        self._state = self._now()

    @property
    def heard(self) -> Callable[[bytes], None]:
        return self._account.wrote

    def _now(self) -> dict[str, Any]:
        with reading(self._ledger.engine) as connection:
            return state_of(connection)

    def finish(self, format: str, filters: Selection, *, corrected: bool, unmasked: bool) -> None:
        """Write it. Raises LedgerError where somebody has written to the ledger meanwhile: no one state of it could be named."""
        if self._now() != self._state:
            raise LedgerError(
                f"{self._ledger.name}: was written to while it was exported; no manifest is written: export again"
            )
        told = installed()
        made = Export(
            created=now(),
            version=version("sayso"),
            libraries={part: told[part] for part in ("python", "writing")},
            ledger=State.model_validate(self._state),
            settings=Asked(
                format=format,
                filters=given(filters),
                with_corrections=corrected,
                personal_data=unmasked,
            ),
            outputs=self._outputs(),
        )
        with opened(self._manifest, whole=True) as out:
            out.write(to_json(made).encode("utf-8", "backslashreplace"))

    def _outputs(self) -> tuple[Output, ...]:
        folder = self._output
        if folder is None or not folder.is_dir():
            return (self._account.output(str(folder) if folder else None),)
        files = sorted(one for one in folder.rglob("*") if one.is_file())
        return tuple(Output(**hashed(one, one.as_posix()).model_dump()) for one in files)


def given(filters: Selection) -> dict[str, str | int]:
    """The filters that say anything, by their names."""
    nothing = Selection()
    return {name: value for name, value in vars(filters).items() if value != getattr(nothing, name)}
