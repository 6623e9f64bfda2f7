"""What the codebooks know: PLOVER's types, modes and contexts, CAMEO's codes, ACLED's event types.

PLOVER: manual 0.8, with the modes that the NGEC codebook adds. CAMEO: codebook 1.1b3. ACLED: codebook of 2023 and later.
Like `records` this imports nothing of sayso. The lexicon is checked against it, and so is what people correct.
"""

from __future__ import annotations

import re


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("·"))


PLOVER: dict[str, tuple[str, ...]] = {
    "AGREE": (),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "CONSULT": _listed("visit · third-party · multilateral · phone"),
    "RETREAT": _listed("withdraw · release · disarm · ceasefire · access · resign · return"),
    "REQUEST": _listed("assist · change · yield · meet"),
    "REJECT": _listed("assist · change · yield · meet"),
    "ACCUSE": _listed("disapprove · investigate · allege"),
    "THREATEN": _listed("restrict · arrest · relations · expel · territory · violence · ban · rights"),
    "PROTEST": _listed("demo · riot · strike · hunger · boycott · obstruct · vandalize"),
    "SANCTION": _listed("convict · expel · withdraw · discontinue"),
    "MOBILIZE": _listed("troops · weapons · police · militia"),
    "COERCE": _listed(
        "seize · restrict · censor · curfew · martial-law · arrest · deport · withhold · misinformation · cyber · ban"
    ),
    "ASSAULT": _listed(
        "abduct · beat · torture · sexual · targeted · destroy · primitive · firearms · explosives · suicide-attack · aerial · "
        "drone · heavy-weapons · crowd-control · unconventional · execute · assassinate · cleansing · massacre"
    ),
}
"""Every type with its modes; five have none."""

MODES = frozenset(mode for modes in PLOVER.values() for mode in modes)

CONTEXTS = frozenset(
    _listed(
        "military · intelligence · executive · legislative · election · political_institutions · pro_democracy · "
        "pro_autocracy · economic · legal · reparations · human_rights · rights_freedoms · repression · human_security · "
        "gender · lgbt · religion_ethnicity · inequality · diplomatic · territory · peacekeeping · health · asylum · "
        "migration · disasters · natural_resource · environment · technology · terrorism · cbrn · cyber · misinformation · "
        "crime · corruption · illegal_drugs · trafficking"
    )
)

ACLED: dict[str, tuple[str, ...]] = {
    "Battles": _listed("Government regains territory · Non-state actor overtakes territory · Armed clash"),
    "Protests": _listed("Excessive force against protesters · Protest with intervention · Peaceful protest"),
    "Riots": _listed("Violent demonstration · Mob violence"),
    "Explosions/Remote violence": _listed(
        "Chemical weapon · Air/drone strike · Suicide bomb · Shelling/artillery/missile attack · "
        "Remote explosive/landmine/IED · Grenade"
    ),
    "Violence against civilians": _listed("Sexual violence · Attack · Abduction/forced disappearance"),
    "Strategic developments": _listed(
        "Agreement · Arrests · Change to group/activity · Disrupted weapons use · Headquarters or base established · "
        "Looting/property destruction · Non-violent transfer of territory · Other"
    ),
}
"""Every event type with its sub-event types."""

_THIRD = dict(
    zip(
        (f"{root:02}" for root in range(1, 21)),
        (9, 8, 9, 6, 7, 4, 5, 7, 4, 8, 6, 9, 9, 5, 5, 6, 6, 6, 6, 4),
        strict=True,
    )
)
"""CAMEO's roots, and the highest third digit below each; 0 is the root's general form."""
_FOURTH = {
    4: "021 023 024 031 033 034 083 087 101 103 104 122 123 132 141 142 143 144 145 172 183",
    6: "025 035 105 124",
    3: "086 131 162 166 182",
    2: "084 121 171 195 204",
    5: "112 138",
}
"""The highest fourth digit → the codes that have codes below them, from 1 on."""
_CODE = re.compile(
    "|".join(
        [
            *(f"{root}[0-{third}]?" for root, third in _THIRD.items()),
            *(f"{code}[1-{most}]" for most, codes in _FOURTH.items() for code in codes.split()),
        ]
    ),
    re.ASCII,
)


def is_cameo(code: str) -> bool:
    """Whether CAMEO has this code: a root ("14"), or a code of three or four digits ("145", "1451")."""
    return _CODE.fullmatch(code) is not None
