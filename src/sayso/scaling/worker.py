"""One process that codes shards: one network, one thread. It ends when whoever gives it work is gone."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from sayso.errors import SaysoError
from sayso.scaling.job import Done, Folders, Job, Stage
from sayso.starting import start_quickly

if TYPE_CHECKING:
    from sayso.scaling.shards import CodesArticles

LOG = logging.getLogger(__name__)


class Ready(NamedTuple):
    """It can begin; `coder` holds the fields of its `CoderInfo`."""

    coder: dict[str, str]


class Failed(NamedTuple):
    """It cannot go on, nor could another in its place."""

    reason: str


Told: TypeAlias = Ready | Stage | Done | Failed
Maker: TypeAlias = "Callable[[Job], CodesArticles]"


def make_coder(job: Job) -> CodesArticles:
    """The coder that the job asks for."""
    from sayso.coding.coder import Coder

    return Coder.load(job.model, time_limit=job.time_limit)


class Plan(NamedTuple):
    """What the processes of a run are given. `within`: the folder from which paths count; `maker`: how they come by their coder."""

    job: Job
    folders: Folders
    within: Path
    maker: Maker = make_coder
    debug: bool = False


def serve(connection: Connection, plan: Plan) -> None:
    """The life of the process."""
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the one that gives the work sees to it
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    start_quickly()
    if not plan.debug:
        logging.getLogger("sayso").addHandler(logging.NullHandler())
    try:
        os.chdir(plan.within)
        _work(connection, plan)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        LOG.debug("nobody gives work any more")
    except SaysoError as error:
        connection.send(Failed(str(error)))
    except Exception as error:
        LOG.debug("cannot go on", exc_info=True)
        connection.send(Failed(f"{type(error).__name__}: {error}"))


def _work(connection: Connection, plan: Plan) -> None:
    from sayso.scaling.shards import Work

    coder = plan.maker(plan.job)
    work = Work(coder, plan.job, plan.folders)
    connection.send(Ready(coder.info.model_dump()))
    while True:
        shard, stage = connection.recv()
        connection.send(work(shard, stage, tell=connection.send))
