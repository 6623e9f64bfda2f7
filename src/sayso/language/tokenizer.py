"""spaCy's English tokenizer, moved towards the words of Universal Dependencies.

The English treebanks keep a prefix with its hyphen in one word ("pro-Beijing", "re-elected"), keep a run of
marks in one word ("!!!", "----"), keep the stop of an abbreviation ("Sgt."), and divide words at a slash
("and/or"). spaCy's rules do otherwise; on the training part of EWT these changes bring 98.3 % of words to 99.1 %.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import spacy
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

PREFIXES = """
    anti bi co counter cross cyber de di e ex extra hyper inter intra mega meta micro mid mini multi non
    over para post pre pro pseudo re semi sub super trans tri ultra under vice
""".split()
"""First parts that the treebanks leave joined to what follows the hyphen."""

ABBREVIATIONS = """
    Adjt Asst Atty Ave Blvd Brig Capt Cmdr Col Comdr Cpl Cpt Det Dept Dist Ft Hon Insp Lieut Lt Maj Messrs Mlle Mme Pfc
    Pres Pvt Rte Sgt Sr Supt Univ Vol al approx ca cf dept eds pp
""".split()
"""Abbreviations whose stop belongs to them, which spaCy's own list lacks."""
NOT_CONTRACTED = {"and/or", "wed", "Wed", "id", "Id"}
"""Words that spaCy's list takes apart and the treebanks do not."""

RUNS = r"(?:[!?]{2,}|={2,}|_{2,}|\*{2,}|~{2,}|>{2,}|<{2,}|\+{2,})"
LETTER = r"[^\W\d_]"
_ICON = r"[\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
EMOJI = rf"{_ICON}(?:[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]|\u200d{_ICON})+"
"""A sign with what says how it is drawn, or joined to others (Unicode Technical Standard 51): spaCy's rules leave these to the next word."""


def _infixes(defaults: Iterable[str | re.Pattern[str]]) -> list[str]:
    kept = [rule for rule in map(str, defaults) if "-|–|—|--|---|——|~" not in rule]
    spared = "".join(rf"(?<!\b{prefix})" for prefix in PREFIXES)
    return [
        EMOJI,
        *kept,
        rf"(?i:(?<=[^\W_]){spared}(?:-|–|—|--|---|——|~)(?=[^\W_]))",
        rf"(?<={LETTER}{{2}})/(?={LETTER}{{2}})",
    ]


def make_tokenizer(nlp: Language) -> Tokenizer:
    """The tokenizer for `nlp`'s vocabulary."""
    defaults = nlp.Defaults
    prefixes = [EMOJI, RUNS, *(defaults.prefixes or [])]
    suffixes = [EMOJI, RUNS, *(defaults.suffixes or [])]
    return Tokenizer(
        nlp.vocab,
        rules={
            **{word: rule for word, rule in defaults.tokenizer_exceptions.items() if word not in NOT_CONTRACTED},
            **{f"{word}.": [{ORTH: f"{word}."}] for word in ABBREVIATIONS},
        },
        prefix_search=compile_prefix_regex(prefixes).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(_infixes(defaults.infixes or ())).finditer,
        token_match=defaults.token_match,
        url_match=defaults.url_match,
    )


@registry.tokenizers("sayso_tokenizer")  # type: ignore[untyped-decorator]
def tokenizer_factory() -> Callable[[Language], Tokenizer]:
    """The tokenizer by its name in a spaCy config."""
    return make_tokenizer


def blank() -> Language:
    """An English pipeline with this tokenizer and no components."""
    return spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "sayso_tokenizer"}}})
