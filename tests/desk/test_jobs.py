"""Work in the background: one piece after another, seen by its owner alone, bounded, and never stopped by what goes wrong in it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from sayso.desk.errors import TooOften
from sayso.desk.job import Job, Outcome
from sayso.desk.jobs import Jobs
from sayso.errors import LedgerError

ME, OTHER = 1, 2


class Piece:
    """Work that does what it is told to, and notes that it was put away."""

    def __init__(self, run: Callable[[Job], None] = lambda job: None) -> None:
        self._run = run
        self.closed = 0

    def run(self, job: Job) -> None:
        self._run(job)

    def close(self) -> None:
        self.closed += 1


class Held(Piece):
    """Work that goes on until it is let go."""

    def __init__(self) -> None:
        self.begun, self.free = threading.Event(), threading.Event()
        super().__init__(self._hold)

    def _hold(self, job: Job) -> None:
        self.begun.set()
        while not self.free.wait(0.005) and not job.is_stopped:
            pass


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs(waiting=3, each=3, kept=4)
    yield made
    made.stop()


def over(jobs: Jobs, job: Job) -> str:
    """The state in which it ends."""
    until = time.monotonic() + 10
    while not jobs.seen(job).is_over:
        assert time.monotonic() < until
        time.sleep(0.002)
    return jobs.seen(job).state


def test_what_is_begun_is_done_and_put_away_once(jobs: Jobs) -> None:
    piece = Piece(lambda job: job.tell(Outcome("one", "added", "k")))
    job = jobs.begin(ME, "a text", piece)
    assert over(jobs, job) == "done"
    assert jobs.seen(job).of("added") == [Outcome("one", "added", "k")]
    assert piece.closed == 1


def test_pieces_are_done_one_after_another_in_their_order(jobs: Jobs) -> None:
    held, said = Held(), []
    jobs.begin(ME, "first", held)
    held.begun.wait(5)
    later = [jobs.begin(OTHER, f"{n}", Piece(lambda job: said.append(job.label))) for n in range(3)]
    assert [jobs.seen(job).ahead for job in later] == [1, 2, 3]
    assert said == []
    held.free.set()
    assert [over(jobs, job) for job in later] == ["done"] * 3
    assert said == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (LedgerError("the disk is full"), "the disk is full"),
        (KeyError("x"), "KeyError"),
        (MemoryError(), "MemoryError"),
    ],
)
def test_what_goes_wrong_is_said_and_costs_no_other_piece(jobs: Jobs, error: Exception, words: str) -> None:
    def wrong(job: Job) -> None:
        raise error

    piece = Piece(wrong)
    failed = jobs.begin(ME, "bad", piece)
    assert over(jobs, failed) == "failed"
    assert words in jobs.seen(failed).words
    assert piece.closed == 1
    assert over(jobs, jobs.begin(ME, "good", Piece())) == "done"


def test_a_job_is_its_owners_alone(jobs: Jobs) -> None:
    job = jobs.begin(ME, "mine", Piece())
    assert jobs.find(job.id, ME) is job
    assert jobs.find(job.id, OTHER) is None
    assert jobs.find("guessed", ME) is None
    assert [one.label for one in jobs.of(ME)] == ["mine"]
    assert jobs.of(OTHER) == []


def test_one_person_cannot_have_too_many_under_way_and_others_can_still_add(jobs: Jobs) -> None:
    held = Held()
    jobs.begin(ME, "0", held)
    held.begun.wait(5)
    jobs.begin(ME, "1", Piece())
    jobs.begin(ME, "2", Piece())
    refused = Piece()
    with pytest.raises(TooOften, match="3 of your additions"):
        jobs.begin(ME, "3", refused)
    assert refused.closed == 1
    last = jobs.begin(OTHER, "0", Piece())
    with pytest.raises(TooOften, match="waiting"):
        jobs.begin(OTHER, "1", Piece())
    held.free.set()
    assert over(jobs, last) == "done"


def test_only_so_many_are_kept_and_the_newest_are(jobs: Jobs) -> None:
    for n in range(9):
        over(jobs, jobs.begin(ME, f"{n}", Piece()))
    assert [one.label for one in jobs.of(ME)] == ["8", "7", "6", "5", "4"]


def test_closing_stops_what_runs_and_puts_away_what_waits() -> None:
    jobs = Jobs()
    held, waits = Held(), Piece()
    running = jobs.begin(ME, "running", held)
    held.begun.wait(5)
    waiting = jobs.begin(ME, "waiting", waits)
    jobs.stop()
    assert (held.closed, waits.closed) == (1, 1)
    assert (jobs.seen(running).state, jobs.seen(waiting).state) == ("failed", "failed")
    assert "closed" in jobs.seen(waiting).words
    late = Piece()
    with pytest.raises(TooOften):
        jobs.begin(ME, "late", late)
    assert late.closed == 1


def test_many_threads_begin_and_look_at_once() -> None:
    jobs = Jobs(waiting=1000, each=1000, kept=1000)
    wrong: list[Exception] = []

    def work(owner: int) -> None:
        try:
            for n in range(20):
                job = jobs.begin(owner, f"{n}", Piece(lambda job: job.tell(Outcome("x", "added"))))
                jobs.of(owner)
                jobs.seen(job)
            for one in jobs.of(owner):
                found = jobs.find(one.id, owner)
                assert found is not None
                assert over(jobs, found) == "done"
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(owner,)) for owner in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    jobs.stop()
    assert wrong == []
    assert all(len(jobs.of(owner)) == 20 for owner in range(8))


def test_a_page_is_led_on_once() -> None:
    job = Job(ME, "x", Piece())
    assert [job.leads(), job.leads()] == [True, False]
