"""Any amount of articles: shards, worked on by processes of one machine or several, resumed after whatever ended them."""

from sayso.scaling.job import SHARD_SIZE, Job, Progress, Tally
from sayso.scaling.run import code_into

__all__ = ["SHARD_SIZE", "Job", "Progress", "Tally", "code_into"]
