"""Inputs made on purpose to break, slow down or fill up `sayso code`: a sample of what `make hostile` runs."""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path

from fuzz.hostile import FAMILIES, Hostile, hostile
from fuzz.trial import MOST_BYTES, Outcome, code, ready, tried

FIRST, SAMPLE = 500_000, 60


def _ran(folder: Path, numbers: range, told: multiprocessing.SimpleQueue) -> None:  # type: ignore[type-arg]
    ready()
    for number in numbers:
        place = folder / str(number)
        (place / "input").mkdir(parents=True)
        argument, stdin = hostile(number).written(place / "input")
        told.put((number, tried(code("--", argument), place, stdin)))
    told.put(None)


def test_hostile_inputs_end_in_time_in_bounded_memory_and_in_words(tmp_path: Path) -> None:
    """No more than ten seconds, a gigabyte and status 1, whatever the input; and what goes wrong is a line that foresaw it."""
    context = multiprocessing.get_context("spawn")  # threads of the tests before are not to be forked with
    told = context.SimpleQueue()
    worker = context.Process(target=_ran, args=(tmp_path, range(FIRST, FIRST + SAMPLE), told))
    worker.start()
    found: dict[int, Outcome] = {}
    while (one := told.get()) is not None:
        found[one[0]] = one[1]
    worker.join()
    assert len(found) == SAMPLE
    wrong = {f"{number} {hostile(number).label}": one.faults for number, one in found.items() if one.faults}
    assert wrong == {}
    assert any(one.status == 0 for one in found.values())
    assert any(one.status == 1 for one in found.values())


def test_a_number_is_an_input() -> None:
    """The same number makes the same input, and every family is among a few hundred."""
    made = [hostile(number) for number in range(120)]
    assert [one.files for one in made[:20]] == [hostile(number).files for number in range(20)]
    assert len({one.label.partition(" .")[0] for one in made}) >= len(FAMILIES)


def _busy() -> None:
    end = time.process_time() + 0.3
    while time.process_time() < end:
        pass
    raise SystemExit(1)


def test_a_trial_measures(tmp_path: Path) -> None:
    """The processor's time, the memory and the status are the input's own, and a failure without a word is one."""
    found = tried(_busy, tmp_path)
    assert 0.2 < found.seconds < 3
    assert 10_000_000 < found.bytes < MOST_BYTES * 4
    assert found.status == 1
    assert found.faults == ["failed without a word"]


def test_a_trial_sees_what_nobody_foresaw(tmp_path: Path) -> None:
    """An exception that comes through is a fault, and so is one that the last net caught."""

    def broken() -> None:
        raise KeyError("nobody")

    assert "an error that nobody foresaw" in tried(broken, tmp_path).faults
    assert Outcome(1, 1, 1, "error: sayso: KeyError: 'a' (--debug shows where)").faults
    assert Outcome(1, 1, 1, "error: a.txt: could not be coded (KeyError: 'a')").faults
    assert not Outcome(1, 1, 1, "error: a.txt: binary data, not text").faults


def test_standard_input_is_one_of_the_ways(tmp_path: Path) -> None:
    """What comes on standard input is given there, under no name."""
    argument, stdin = Hostile("x", {"a.txt": b"Police."}, stdin=True).written(tmp_path)
    assert argument == "-"
    assert stdin is not None
    assert stdin.read_bytes() == b"Police."
