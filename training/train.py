"""Train the language model: `python training/train.py --data ../shared/data --out build/model`.

Checkpoints every few minutes and goes on from the last one; logs to standard error and OUT/train.log.
"""

from __future__ import annotations

import argparse
import json
import logging
import pickle
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from tokenizers import Tokenizer

from base import minilm
from corpora import load
from documents import Document
from model import WEIGHTS, Reader, save_labels
from sayso.language.features import WordPieces
from windows import Labels, Window, collate, cut

LOG = logging.getLogger("training")

SHARE = {
    "ewt": 1.0, "gum": 2.0, "gum-news": 3.0, "gum-more": 1.0, "wikigold": 0.7, "worldwide": 0.45, "polnear": 0.45, "plv": 1.0,
}  # fmt: skip
"""How much of each corpus one round shows. Small corpora that alone teach a task are shown whole; marked events wait for
the last leg, since their parties need sentences."""
LAST_SHARE = {
    "ewt": 0.25, "gum": 0.5, "gum-news": 1.0, "gum-more": 0.25, "wikigold": 0.2, "worldwide": 0.12, "polnear": 0.6, "plv": 1.5,
    "events": 0.6, "marked-pairs": 1.0, "lexicon": 2.0, "brief": 4.0,
}  # fmt: skip
"""The same for a leg that teaches events to weights which have learned the rest, and only reminds them of it."""
BATCH_WORDS = 1800
RATES = {"encoder": 2e-4, "heads": 1.5e-3}
WARM_UP = 0.06


def one_round(
    corpora: dict[str, list[Document]], rng: random.Random, shares: dict[str, float]
) -> Iterator[list[Window]]:
    """Batches of one round: every corpus by its share, mixed, windows of like length together."""
    windows: list[Window] = []
    for name, documents in sorted(corpora.items()):
        own = [w for d in documents for w in cut(d, rng)]
        rng.shuffle(own)
        whole, part = divmod(shares.get(name, 0.0), 1)
        windows += own * int(whole) + own[: round(len(own) * part)]
    rng.shuffle(windows)
    pool = 64
    groups: list[list[Window]] = []
    for start in range(0, len(windows), pool):
        batch: list[Window] = []
        for window in sorted(windows[start : start + pool], key=lambda w: len(w.words)):
            if batch and (len(batch) + 1) * len(window.words) > BATCH_WORDS:
                groups.append(batch)
                batch = []
            batch.append(window)
        groups.append(batch)
    rng.shuffle(groups)
    yield from groups


def optimiser(model: Reader) -> torch.optim.AdamW:
    encoder = {id(p) for p in model.encoder.parameters()}
    fresh = {id(p) for m in (model.encoder.shape, model.encoder.gap) for p in m.parameters()}

    def group(rate: float, own: list[torch.nn.Parameter], decay: float) -> dict[str, object]:
        return {"params": own, "lr": rate, "peak": rate, "weight_decay": decay}

    old = [p for p in model.parameters() if id(p) in encoder - fresh]
    new = [p for p in model.parameters() if id(p) not in encoder - fresh]
    groups = [group(RATES["encoder"], old, 0.01), group(RATES["heads"], new, 0.01)]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


def begin(model: Reader, checkpoint: Path) -> None:
    """Take the weights of an earlier run; heads it lacks stay as they were made."""
    given = torch.load(checkpoint, weights_only=False, map_location="cpu")["model"]
    _, spare = model.load_state_dict(given, strict=False)
    if spare:
        raise ValueError(f"{checkpoint}: not weights of this network: {spare}")


def rate(step: int, steps: int) -> float:
    warm = max(1, int(steps * WARM_UP))
    return step / warm if step < warm else max(0.0, (steps - step) / (steps - warm))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, default=minilm(), help="folder of the MiniLM-L6 weights")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="checkpoint of an earlier run whose weights this one begins with")
    parser.add_argument("--last", action="store_true", help="the leg that teaches events to weights that know the rest")
    parser.add_argument("--mix", choices=("all", "open"), default="all")
    parser.add_argument("--rounds", type=float, default=6)
    parser.add_argument("--steps", type=int, help="end after so many steps, whatever the rounds")
    parser.add_argument("--rate", type=float, default=1.0, help="share of the usual learning rates")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    handlers = [logging.StreamHandler(), logging.FileHandler(options.out / "train.log")]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

    cache = options.out / f"corpora-{options.mix}.pickle"
    if cache.exists():
        corpora = pickle.loads(cache.read_bytes())  # our own file, written below
    else:
        corpora = load(options.data, options.mix)
        cache.write_bytes(pickle.dumps(corpora))
    everything = [d for documents in corpora.values() for d in documents]
    if options.start:
        given = json.loads((options.start.parent / "labels.json").read_text(encoding="utf-8"))
        labels = Labels(**(Labels.count(everything).asdict() | given))
    else:
        labels = Labels.count(everything)
    save_labels(labels, options.out / "labels.json")
    LOG.info("words: %s", {n: sum(len(d.words) for d in ds) for n, ds in corpora.items()})
    pieces = WordPieces(Tokenizer.from_file(str(options.base / "tokenizer.json")))

    model = Reader(labels)
    if options.start:
        begin(model, options.start)
    else:
        model.encoder.load_bert(options.base / "model.safetensors")
    model.to(device)
    adam = optimiser(model)
    rng = random.Random(options.seed)
    shares = LAST_SHARE if options.last else SHARE
    counted = sum(1 for _ in one_round(corpora, random.Random(0), shares))
    steps = options.steps or round(counted * options.rounds)
    LOG.info("%d steps a round, %d in all, on %s", counted, steps, device)

    saved = options.out / "checkpoint.pt"
    step = 0
    if saved.exists():
        state = torch.load(saved, weights_only=False)
        model.load_state_dict(state["model"])
        adam.load_state_dict(state["adam"])
        step = state["step"]
        rng.seed(options.seed + step)
        LOG.info("going on from step %d", step)

    def save() -> None:
        whole = {"model": model.state_dict(), "adam": adam.state_dict(), "step": step, "steps": steps}
        torch.save(whole, saved.with_suffix(".tmp"))
        saved.with_suffix(".tmp").replace(saved)

    model.train()
    sums: dict[str, list[float]] = {}
    began, words, kept = time.monotonic(), 0, time.monotonic()
    autocast = torch.autocast(device.type, dtype=torch.bfloat16)
    while step < steps:
        for windows in one_round(corpora, rng, shares):
            batch = {k: v.to(device) for k, v in collate(windows, labels, pieces, rng).items()}
            for group in adam.param_groups:
                group["lr"] = group["peak"] * options.rate * rate(step, steps)
            with autocast:
                losses = model.losses(batch)
            loss = sum((WEIGHTS[name] * value for name, value in losses.items()), torch.zeros((), device=device))
            adam.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            adam.step()
            step += 1
            words += int(batch["words"].sum())
            for name, value in losses.items():
                sums.setdefault(name, []).append(float(value.detach()))
            if step % 50 == 0:
                means = {name: round(sum(values) / len(values), 3) for name, values in sorted(sums.items())}
                LOG.info(
                    "step %d/%d %.0f words/s %s", step, steps, words / (time.monotonic() - began), json.dumps(means)
                )
                sums = {}
            if time.monotonic() - kept > 240:
                save()
                kept = time.monotonic()
            if step >= steps:
                break
    save()
    LOG.info("done")


if __name__ == "__main__":
    main()
