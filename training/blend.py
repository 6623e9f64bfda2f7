"""Weights between those of two checkpoints: `python training/blend.py OLD.pt NEW.pt --share 0.7 --out FOLDER`.

What a leg learns of one task costs others a little. The mean of the weights before it and after keeps most of what was
learned and gives back most of what it cost (Wortsman et al. 2022, model soups). Layers that OLD lacks are NEW's.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch


def blended(old: dict[str, torch.Tensor], new: dict[str, torch.Tensor], share: float) -> dict[str, torch.Tensor]:
    """`share` of the new weights, the rest of the old."""
    return {
        name: share * value + (1 - share) * old[name].to(value.dtype) if name in old else value
        for name, value in new.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--share", type=float, default=0.7, help="of the new weights")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    old, new = (
        torch.load(path, weights_only=False, map_location="cpu")["model"] for path in (options.old, options.new)
    )
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save({"model": blended(old, new, options.share)}, options.out / "checkpoint.pt")
    shutil.copy(options.new.parent / "labels.json", options.out / "labels.json")


if __name__ == "__main__":
    main()
