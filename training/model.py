"""The network: MiniLM-L6's encoder, a word vector, and one small head a task."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from sayso.language.features import GAPS, SHAPES
from sayso.language.sayings import DISTANCES
from windows import FAMILIES, IGNORE, Batch, Labels

ARC, REL, PAIR, ROLE, SAID = 256, 256, 256, 128, 192


class Dropout(nn.Module):
    """Dropout whose mask comes of random bytes: on a processor a fifth of the time of torch's, which draws a
    number for every value. The share dropped is rounded to 1/256."""

    def __init__(self, share: float):
        super().__init__()
        self.bound = round(share * 256)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.bound:
            return x
        if x.device.type != "cpu":
            return F.dropout(x, self.bound / 256)
        drawn = torch.from_numpy(RANDOM.integers(0, 256, x.shape, dtype=np.uint8))
        return x * (drawn >= self.bound).to(x.dtype).mul_(256 / (256 - self.bound))


RANDOM = np.random.default_rng(1)
"""Of the dropout masks; a run that goes on from a checkpoint draws others."""


class Layer(nn.Module):
    """One transformer layer of BERT (Devlin et al. 2019): attention, then feed-forward, norm after each."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.attended = nn.Linear(width, width)
        self.norm_attended = nn.LayerNorm(width, eps=1e-12)
        self.inner, self.outer = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm_outer = nn.LayerNorm(width, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        size, long, width = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(size, long, self.heads, width // self.heads).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        # Written out: on a processor the fused attention's backward pass takes four times as long.
        scores = q @ k.transpose(-1, -2) / math.sqrt(width // self.heads)
        if mask is not None:
            scores = scores + mask
        y = torch.softmax(scores, -1) @ v
        y = y.transpose(1, 2).reshape(size, long, width)
        x = self.norm_attended(x + self.dropout(self.attended(y)))
        return self.norm_outer(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


NAMES = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
    "attended": "attention.output.dense", "norm_attended": "attention.output.LayerNorm",
    "inner": "intermediate.dense", "outer": "output.dense", "norm_outer": "output.LayerNorm",
}  # fmt: skip


class Encoder(nn.Module):
    """BERT's encoder; capitals and white space are embedded beside each word's first piece."""

    def __init__(self, vocabulary: int = 30522, width: int = 384, layers: int = 6, dropout: float = 0.1):
        super().__init__()
        self.word = nn.Embedding(vocabulary, width)
        self.position = nn.Embedding(512, width)
        self.shape = nn.Embedding(len(SHAPES) + 1, width)
        self.gap = nn.Embedding(len(GAPS) + 1, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(width, 12, 4 * width, dropout) for _ in range(layers))
        nn.init.normal_(self.shape.weight, std=0.02)
        nn.init.normal_(self.gap.weight, std=0.02)

    def forward(self, ids: Tensor, shape: Tensor, gap: Tensor, pieces: Tensor | None = None) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.word(ids) + self.position(places) + self.shape(shape) + self.gap(gap)
        x = self.dropout(self.norm(x))
        mask = (
            None
            if pieces is None
            else torch.zeros_like(pieces, dtype=x.dtype).masked_fill(~pieces, -1e4)[:, None, None]
        )
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load_bert(self, path: Path) -> None:
        """Take the weights of a BERT checkpoint (safetensors); token type 0 goes into the positions."""
        from safetensors.torch import load_file

        given = load_file(path)
        own: dict[str, Tensor] = {
            "word.weight": given["embeddings.word_embeddings.weight"],
            "position.weight": given["embeddings.position_embeddings.weight"]
            + given["embeddings.token_type_embeddings.weight"][0],
        }
        for end in ("weight", "bias"):
            own[f"norm.{end}"] = given[f"embeddings.LayerNorm.{end}"]
            for n in range(len(self.layers)):
                for ours, theirs in NAMES.items():
                    own[f"layers.{n}.{ours}.{end}"] = given[f"encoder.layer.{n}.{theirs}.{end}"]
        missing, spare = self.load_state_dict(own, strict=False)
        if spare or set(missing) != {"shape.weight", "gap.weight"}:
            raise ValueError(f"{path}: not the expected encoder: {missing} {spare}")


def projection(width: int, size: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, size), nn.LeakyReLU(0.1), Dropout(dropout))


class Biaffine(nn.Module):
    """Scores of every word as the head of every other (Dozat and Manning 2017)."""

    def __init__(self, width: int, size: int, dropout: float):
        super().__init__()
        self.dependent, self.head = projection(width, size, dropout), projection(width, size, dropout)
        self.product = nn.Linear(size, size, bias=False)
        self.prior = nn.Linear(size, 1)
        nn.init.xavier_uniform_(self.product.weight)

    def forward(self, x: Tensor) -> Tensor:
        head = self.head(x)
        return self.product(self.dependent(x)) @ head.transpose(-1, -2) + self.prior(head).transpose(-1, -2)


class Pairs(nn.Module):
    """What one party did to another: their words, and what the two together attend to in their sentence."""

    def __init__(self, width: int, events: int, dropout: float):
        super().__init__()
        self.asked, self.key = nn.Linear(2 * width, PAIR), nn.Linear(width, PAIR)
        self.hidden = nn.Sequential(nn.Linear(3 * width, PAIR), nn.LeakyReLU(0.1), Dropout(dropout))
        self.event = nn.Linear(PAIR, events)

    def forward(self, x: Tensor, source: Tensor, target: Tensor, sentence: Tensor) -> Tensor:
        """x: (pairs, words, width), the others masks (pairs, words); returns (pairs, events)."""

        def mean(mask: Tensor) -> Tensor:
            weights = mask.to(x.dtype)
            return (weights[:, None] @ x)[:, 0] / weights.sum(-1, keepdim=True)

        parties = torch.cat([mean(source), mean(target)], -1)
        scores = (self.key(x) @ self.asked(parties)[:, :, None])[:, :, 0].float() / math.sqrt(PAIR)
        heeded = torch.softmax(scores.masked_fill(~sentence, -1e4), -1).to(x.dtype)
        found: Tensor = self.event(self.hidden(torch.cat([parties, (heeded[:, None] @ x)[:, 0]], -1)))
        return found


class Acts(nn.Module):
    """What each word tells: an act or none, of what type, how real, as history; and who did or suffered it.

    A pair of parties joined by a type is what some word of their sentence tells, with one as its actor and the other as
    its recipient: which word it is need not be known (`pairs`).
    """

    def __init__(self, width: int, types: int, modes: int, realis: int, mutual: Tensor, dropout: float):
        super().__init__()
        self.hidden = projection(width, PAIR, dropout)
        self.told, self.kind = nn.Linear(PAIR, 1), nn.Linear(PAIR, types)
        self.mode = nn.Linear(PAIR, modes)
        self.realis, self.background = nn.Linear(PAIR, realis), nn.Linear(PAIR, 1)
        self.trigger, self.party = projection(width, ROLE, dropout), projection(width, ROLE, dropout)
        self.product = nn.Linear(ROLE, 2 * ROLE, bias=False)
        self.prior, self.lack = nn.Linear(ROLE, 2), nn.Linear(ROLE, 2)
        nn.init.xavier_uniform_(self.product.weight)
        nn.init.constant_(self.told.bias, -4.0)
        nn.init.constant_(self.prior.bias, -2.0)
        self.register_buffer("mutual", mutual, persistent=False)

    def parties(self, trigger: Tensor, party: Tensor) -> Tensor:
        """Scores (n, 2, parties) of words as actor and recipient; trigger (n, ROLE), party (n, parties, ROLE)."""
        asked = self.product(trigger).view(len(trigger), 2, ROLE)
        scores = asked @ party.transpose(-1, -2) * (2 / math.sqrt(ROLE))
        return scores + self.prior(party).transpose(-1, -2) + self.lack(trigger)[:, :, None]

    def pairs(self, x: Tensor, source: Tensor, target: Tensor, sentence: Tensor) -> Tensor:
        """Log-probability (pairs, types) that some word of the sentence tells the act between the two.

        x: (pairs, words, width); source and target: places of their heads; sentence: a mask of words.
        """
        hidden = self.hidden(x)
        told = F.logsigmoid(self.told(hidden).float()) + torch.log_softmax(self.kind(hidden).float(), -1)
        row = torch.arange(len(x), device=x.device)
        parties = self.party(x)
        two = torch.stack([parties[row, source], parties[row, target]], 1)
        size, words = x.shape[:2]
        triggers = self.trigger(x).flatten(0, 1)
        scores = self.parties(triggers, two.repeat_interleave(words, 0)).float().view(size, words, 2, 2)
        sure = F.logsigmoid(scores)
        onward, back = sure[:, :, 0, 0] + sure[:, :, 1, 1], sure[:, :, 0, 1] + sure[:, :, 1, 0]
        either = torch.maximum(onward, back)[..., None]
        joint = told + torch.where(self.mutual, either, onward[..., None])
        joint = joint.masked_fill(~sentence[..., None], -1e4).clamp(max=-1e-4)
        none = torch.log1p(-joint.exp()).sum(1)
        return torch.log((1 - none.exp()).clamp(min=1e-7))


class Sayings(nn.Module):
    """Attributions: which words anchor one, and for each anchor the tags of all words of the window as a linear chain
    (Lafferty et al. 2001), so that source, cue and content are chosen together."""

    def __init__(self, width: int, tags: Sequence[str], dropout: float):
        super().__init__()
        self.anchor = nn.Sequential(*projection(width, SAID, dropout), nn.Linear(SAID, 1))
        self.word, self.asking = nn.Linear(width, 2 * SAID), nn.Linear(width, 2 * SAID)
        self.distance = nn.Embedding(DISTANCES, SAID)
        self.dropout = Dropout(dropout)
        self.tag = nn.Linear(SAID, len(tags))
        self.follows = nn.Parameter(torch.zeros(len(tags), len(tags)))
        self.begins = nn.Parameter(torch.zeros(len(tags)))
        inner = torch.tensor([name.startswith("I-") for name in tags])
        same = torch.tensor([[before[1:] == name[1:] for name in tags] for before in tags])
        self.register_buffer("barred", inner[None] & ~same, persistent=False)
        self.register_buffer("inner", inner, persistent=False)
        nn.init.normal_(self.distance.weight, std=0.02)
        nn.init.constant_(self.anchor[-1].bias, -3.0)
        with torch.no_grad():
            self.tag.bias[tags.index("O")] = 3.0

    def scores(self, x: Tensor, asking: Tensor, distance: Tensor) -> Tensor:
        """Scores (sayings, words, tags); x: words (sayings, words, width), asking: anchors (sayings, width)."""
        (word, gate), (own, heed) = self.word(x).chunk(2, -1), self.asking(asking)[:, None].chunk(2, -1)
        hidden = F.leaky_relu(word + own + gate * heed + self.distance(distance), 0.1)
        found: Tensor = self.tag(self.dropout(hidden))
        return found

    def losses(self, x: Tensor, batch: Batch) -> dict[str, Tensor]:
        found: dict[str, Tensor] = {}
        known = batch["says"] != IGNORE
        if known.any():
            logits = self.anchor(x).float()[..., 0][known]
            found["says"] = F.binary_cross_entropy_with_logits(logits, batch["says"][known])
        if len(rows := batch["say_window"]):
            own = x[rows]
            asking = own[torch.arange(len(rows), device=x.device), batch["say_word"]]
            found["said"] = self.unlikely(self.scores(own, asking, batch["say_distance"]).float(), batch["say_tags"])
        return found

    def unlikely(self, scores: Tensor, wanted: Tensor) -> Tensor:
        """Mean negative log-likelihood of the wanted tags; IGNORE ends a row."""
        follows, begins = self.follows.masked_fill(self.barred, -1e4), self.begins.masked_fill(self.inner, -1e4)
        inside = wanted != IGNORE
        tags = wanted.clamp(min=0)
        right = torch.where(inside, scores.gather(2, tags[..., None])[..., 0], 0).sum(1) + begins[tags[:, 0]]
        right = right + torch.where(inside[:, 1:], follows[tags[:, :-1], tags[:, 1:]], 0).sum(1)
        total = begins + scores[:, 0]
        for i in range(1, scores.shape[1]):
            further = (total[:, :, None] + follows).logsumexp(1) + scores[:, i]
            total = torch.where(inside[:, i, None], further, total)
        return (total.logsumexp(-1) - right).mean()


MUTUAL = ("AGREE", "CONSULT", "COOPERATE", "ASSAULT")
"""Types that hold both ways where both sides are named."""
TAGGERS = ("upos", "xpos", "feats", "lemma")
WEIGHTS = {
    "starts": 1.0, "upos": 0.7, "xpos": 0.5, "feats": 0.5, "lemma": 0.4, "head": 1.5, "deprel": 1.0,
    "ner": 1.5, "says": 8.0, "said": 0.15, "newswire": 0.2, "event": 0.3,
    "told": 12.0, "types": 0.6, "modes": 0.5, "realis": 0.4, "background": 0.3, "parties": 8.0, "joined": 0.4,
}  # fmt: skip


class Reader(nn.Module):
    """Everything that is read off a window, in one pass.

    What counts as a name differs between newswire and the other corpora ("Nairobi, Kenya" is one place or two, a
    hospital a facility or a place). `ner` tags as the newswire does; `ner_elsewhere` is what the others add,
    weighed at run time by how little the window reads like newswire.
    """

    def __init__(self, labels: Labels, dropout: float = 0.2, width: int = 384):
        super().__init__()
        self.encoder = Encoder(width=width)
        self.dropout = Dropout(dropout)
        sizes = {name: len(values) for name, values in labels.asdict().items()}
        self.tags = nn.ModuleDict({name: nn.Linear(width, sizes[name]) for name in TAGGERS})
        self.starts = nn.Linear(width, 2)
        self.ner = nn.Linear(width, sizes["ner"])
        self.newswire, self.ner_elsewhere = nn.Linear(width, 1), nn.Linear(width, sizes["ner"])
        nn.init.zeros_(self.ner_elsewhere.weight)
        nn.init.zeros_(self.ner_elsewhere.bias)
        self.arc = Biaffine(width, ARC, dropout)
        self.rel_dependent, self.rel_head = nn.Linear(width, REL), nn.Linear(width, REL)
        self.rel = nn.Linear(REL, sizes["deprel"])
        self.pairs = Pairs(width, sizes["events"], dropout)
        mutual = torch.tensor([name in MUTUAL for name in labels.types])
        self.acts = Acts(width, sizes["types"], sizes["modes"], sizes["realis"], mutual, dropout)
        self.sayings = Sayings(width, labels.says, dropout)
        self.families = [
            [n for n, name in enumerate(labels.types) if FAMILIES.get(name, name) == event] for event in labels.events
        ]

    def word_vectors(self, pieces: Tensor, first: Tensor, last: Tensor) -> Tensor:
        def pick(places: Tensor) -> Tensor:
            return torch.gather(pieces, 1, places[:, :, None].expand(-1, -1, pieces.shape[-1]))

        return (pick(first) + pick(last)) * 0.5

    def losses(self, batch: Batch) -> dict[str, Tensor]:
        """Mean loss of each task that the batch has labels for."""
        pieces = self.encoder(batch["ids"], batch["shape"], batch["gap"], batch["pieces"])
        x = self.dropout(self.word_vectors(pieces, batch["first"], batch["last"]))
        found: dict[str, Tensor] = {}

        def score(name: str, logits: Tensor, target: Tensor) -> None:
            if (target != IGNORE).any():
                found[name] = F.cross_entropy(logits.float().flatten(0, -2), target.flatten(), ignore_index=IGNORE)

        for name in TAGGERS:
            score(name, self.tags[name](x), batch[name])
        score("starts", self.starts(x), batch["starts"])

        known = batch["words"] & ~batch["ner"].all(-1)
        if known.any():
            elsewhere = (batch["newswire"] == 0)[:, None, None]
            logits = (self.ner(x) + elsewhere * self.ner_elsewhere(x)).float()[known]
            allowed = logits.masked_fill(~batch["ner"][known], -1e4)
            found["ner"] = (logits.logsumexp(-1) - allowed.logsumexp(-1)).mean()

        asked = batch["newswire"] != IGNORE
        if asked.any():
            style = self.newswire(pieces[:, 0]).float()[asked, 0]
            found["newswire"] = F.binary_cross_entropy_with_logits(style, batch["newswire"][asked].float())

        sentence = batch["sentence"]
        together = (sentence[:, :, None] == sentence[:, None, :]) & batch["words"][:, None, :]
        arcs = self.arc(x).float().masked_fill(~together, -1e4)
        score("head", arcs, batch["head"])
        heads = batch["head"].clamp(min=0)
        chosen = torch.gather(self.rel_head(x), 1, heads[:, :, None].expand(-1, -1, REL))
        hidden = self.dropout(F.leaky_relu(self.rel_dependent(x) + chosen, 0.1))
        score("deprel", self.rel(hidden), batch["deprel"].masked_fill(batch["head"] == IGNORE, IGNORE))
        if len(rows := batch["pair_window"]):
            events = self.pairs(x[rows], batch["pair_source"], batch["pair_target"], batch["pair_sentence"])
            score("event", events, batch["pair_event"])
            found["joined"] = self.joined(x[rows], batch)
        return found | self.told(x, batch) | self.sayings.losses(x, batch)

    def joined(self, x: Tensor, batch: Batch) -> Tensor:
        """How unlikely it is that the words of each pair's sentence tell its type, and no other, between the two."""
        logs = self.acts.pairs(x, batch["pair_from"], batch["pair_to"], batch["pair_sentence"])
        columns = [logs[:, own].logsumexp(-1) if own else logs.new_full((len(x),), -20.0) for own in self.families]
        events, wanted = torch.stack(columns, -1), batch["pair_event"]
        some = wanted > 0
        none = torch.log1p(-logs.exp().clamp(max=1 - 1e-4)).sum(-1)
        calm = -none[~some].sum()
        if not some.any():
            return calm / len(x)
        right = F.cross_entropy(events[some][:, 1:], wanted[some] - 1, reduction="sum")
        there = -events[some].gather(1, wanted[some][:, None]).clamp(max=-1e-4).sum()
        return (right + 0.3 * there + 0.3 * calm) / len(x)

    def told(self, x: Tensor, batch: Batch) -> dict[str, Tensor]:
        """Losses of what single words tell, and of the parties of those that tell an act."""
        found: dict[str, Tensor] = {}
        asked = batch["told"] != IGNORE
        if not asked.any():
            return found
        hidden = self.acts.hidden(x)
        found["told"] = F.binary_cross_entropy_with_logits(
            self.acts.told(hidden).float()[..., 0][asked], batch["told"][asked]
        )
        for name, head in (("types", self.acts.kind), ("modes", self.acts.mode), ("realis", self.acts.realis)):
            if (batch[name] != IGNORE).any():
                found[name] = F.cross_entropy(
                    head(hidden).float().flatten(0, 1), batch[name].flatten(), ignore_index=IGNORE
                )
        known = batch["background"] != IGNORE
        if known.any():
            logits = self.acts.background(hidden).float()[..., 0][known]
            found["background"] = F.binary_cross_entropy_with_logits(logits, batch["background"][known].float())
        if len(rows := batch["act_window"]):
            own = x[rows]
            trigger = self.acts.trigger(own[torch.arange(len(rows), device=x.device), batch["act_word"]])
            scores, wanted = self.acts.parties(trigger, self.acts.party(own)).float(), batch["act_parties"]
            asked = wanted != IGNORE
            found["parties"] = F.binary_cross_entropy_with_logits(scores[asked], wanted[asked])
        return found

    def forward(self, ids: Tensor, shape: Tensor, gap: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """One window, as the runtime runs it: places and word vectors in, what decode.py reads out."""
        pieces = self.encoder(ids[None], shape[None], gap[None])
        x = self.word_vectors(pieces, first[None], last[None])
        ner = self.ner(x) + torch.sigmoid(-self.newswire(pieces[:, :1])) * self.ner_elsewhere(x)
        tags = [self.tags[name](x)[0].argmax(-1) for name in TAGGERS]
        rows = (self.starts(x), ner, self.arc(x), self.rel_dependent(x), self.rel_head(x))
        return (*tags, *(row[0] for row in rows), x[0])


OUTPUTS = (*TAGGERS, "starts", "ner", "arcs", "rel_dependent", "rel_head", "vectors")


def save_labels(labels: Labels, path: Path) -> None:
    path.write_text(json.dumps(labels.asdict(), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
