"""However many speak in an article, no two of them are taken for one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from desk.conftest import SCHEMES, Visit, faults
from sayso.coding.coder import Coder
from sayso.exports.marks import HUES
from sayso.exports.page import page as as_page
from sayso.ledger import Ledger
from sayso.records import Article, Coding

Client = Callable[..., TestClient]
SPEAKERS = ("Anna Berg", "Boris Kim", "Carla Diaz", "David Owen", "Elena Petrova", "Frank Miller", "Greta Lund", "Hugo Silva",
            "Irene Wolf", "Jonas Weber", "Karin Holm")  # fmt: skip
TEXT = "Many words\n\n" + "\n\n".join(
    f"Soldiers shot dead {number} protesters in Almaty on Wednesday, {name} said."
    for number, name in enumerate(SPEAKERS, 2)
)
LUMINANCE = """([element, pseudo]) => {
  const channels = colour => { const pen = new OffscreenCanvas(1, 1).getContext('2d'); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
    return Array.from(pen.getImageData(0, 0, 1, 1).data).slice(0, 3); };
  const light = colour => channels(colour).map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [.2126, .7152, .0722][at], 0);
  const shown = getComputedStyle(document.querySelector(element), pseudo).color;
  const [one, other] = [light(shown), light(getComputedStyle(document.body).backgroundColor)].sort((a, b) => b - a);
  return (one + .05) / (other + .05);
}"""


@pytest.fixture(scope="module")
def many(coder: Coder) -> Coding:
    """The coding of an article in which eleven people speak."""
    return coder.code(Article(id="many", text=TEXT, source="many.txt", outlet="Herald", published="2022-01-06"))


def ways(marked: str) -> list[tuple[str, str]]:
    """Colour and number of what is said, in the order of the text."""
    found = re.findall(r'<\w+ class="says (v\w)" [^>]*?(?:data-voice="(\d+)")?(?: title="[^"]*")?>', marked)
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("where", ["desk", "file"])
def test_no_two_voices_look_alike(client_of: Client, ledger: Ledger, many: Coding, where: str) -> None:
    """The first have colours, the others a number in a colour that they share; so has what they are named by."""
    ledger.add(many)
    text = client_of().get("/articles/many").text if where == "desk" else as_page(many)
    found = ways(text)
    assert len(found) == len(SPEAKERS)
    assert found[:HUES] == [(f"v{number}", "") for number in range(HUES)]
    assert found[HUES:] == [("vx", "9"), ("vx", "10"), ("vx", "11")]
    for sign, name in zip(("9", "10", "11"), SPEAKERS[HUES:], strict=True):
        assert re.search(rf'<span class="sign">{sign}</span> [oO]n the word of {name}', text), name


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_number_of_a_voice_can_be_read(visit: Visit, ledger: Ledger, many: Coding, scheme: str) -> None:
    """In the text as beside it; it is no part of the words, and comes and goes with their layer."""
    ledger.add(many)
    page = visit("/articles/many", scheme=scheme)
    sign = "getComputedStyle(document.querySelector('.text .says.vx'), '::before').content"
    assert page.evaluate(sign) == '"9 "'
    assert page.evaluate(LUMINANCE, [".text .says.vx", "::before"]) >= 4.5
    assert page.evaluate(LUMINANCE, [".note.vx .sign", None]) >= 4.5
    assert page.locator(".text").evaluate("text => text.textContent").count("9") == TEXT.count("9")
    assert faults(page) == []
    page.uncheck("#layer-statements")
    assert page.evaluate(sign) in ("none", "normal")
