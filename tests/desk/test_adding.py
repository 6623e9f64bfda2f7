"""Adding: texts, files and addresses become coded articles; what is wrong with one is said in words and costs no other."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import re
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from desk.conftest import SCHEMES, WIDTHS, Visit, faults
from sayso.desk import incoming, uploads
from sayso.desk.forms import Fault, addresses_of, text_of
from sayso.desk.jobs import Jobs
from sayso.desk.uploads import ending, shown_name
from sayso.ledger import Ledger
from sayso.reading.formats import READERS
from sayso.reading.guarded import guarded_client

Client = Callable[..., TestClient]
STORY = "BISHKEK, March 3 - Police shot dead two miners in Naryn on Thursday, officials said. Call +996 312 66 12 34 for more."
OTHER = "Soldiers arrested nine people in Osh on Wednesday, the interior ministry said."
RUSSIAN = "Полиция застрелила двух шахтёров в Нарыне в четверг, сообщили официальные лица страны журналистам."


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are sent go where a test can see that none is left."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(uploads, "TemporaryDirectory", partial(tempfile.TemporaryDirectory, dir=tmp_path / "tmp"))


def left(tmp_path: Path) -> list[str]:
    return [path.name for path in (tmp_path / "tmp").glob("sayso-added-*")]


def send(client: TestClient, *, files: dict[str, bytes] | None = None, **fields: str) -> str:
    """The address of the job's page."""
    parts = [("files", (name, io.BytesIO(data))) for name, data in (files or {}).items()]
    answer = client.post("/add", data=fields, files=parts or {"files": ("", b"")})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def done(client: TestClient, path: str) -> httpx.Response:
    """The page once the work is over: or where it leads."""
    until = time.monotonic() + 60
    while True:
        answer = client.get(path)
        if "hx-trigger" not in answer.text:
            return answer
        assert time.monotonic() < until, answer.text
        time.sleep(0.02)


def words(page: str) -> str:
    """The page's own text on one line."""
    main = page.split("<main")[-1].split("</main")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main.replace("&#39;", "'")).split())


# Texts


def test_a_text_is_coded_and_leads_to_its_article(client_of: Client, ledger: Ledger) -> None:
    client = client_of("coder")
    path = send(client, way="text", text=STORY, title="Two miners shot", outlet="Herald", published="2022-03-03")
    answer = done(client, path)
    assert answer.status_code == 303
    key = answer.headers["location"].removeprefix("/articles/")
    made = ledger.coding(key)
    assert made is not None
    article = made.article
    assert (article.title, article.outlet, article.published) == ("Two miners shot", "Herald", "2022-03-03")
    assert any(event.type == "ASSAULT" for event in made.events)


def test_going_back_shows_what_came_of_it_with_its_incidents(client_of: Client) -> None:
    client = client_of("coder")
    path = send(client, way="text", text=STORY, title="Two miners shot", published="2022-03-03")
    assert done(client, path).status_code == 303
    again = client.get(path)
    assert again.status_code == 200
    assert "1 article in the ledger" in words(again.text)
    assert "Assault, firearms" in again.text
    assert 'href="/incidents/' in again.text
    assert "Two miners shot" in client.get("/add").text


def test_personal_data_are_not_kept(client_of: Client, ledger: Ledger) -> None:
    client = client_of("coder")
    key = done(client, send(client, way="text", text=STORY)).headers["location"].removeprefix("/articles/")
    made = ledger.coding(key)
    assert made is not None
    assert "66 12 34" not in made.article.text
    assert ledger.raw(key) is None


def test_what_is_there_is_said_to_be_there(client_of: Client, app: FastAPI) -> None:
    client = client_of("coder")
    done(client, send(client, way="text", text=STORY))
    app.state.desk.code = lambda articles: pytest.fail("coded again")
    answer = done(client, send(client, way="text", text=STORY))
    assert answer.status_code == 200
    assert "1 article in the ledger, which was there already" in words(answer.text)


def test_what_was_forgotten_stays_out(client_of: Client, ledger: Ledger) -> None:
    client = client_of("coder")
    key = done(client, send(client, way="text", text=STORY)).headers["location"].removeprefix("/articles/")
    ledger.forget(key, who="test")
    assert "taken out of the ledger before" in done(client, send(client, way="text", text=STORY)).text
    assert ledger.coding(key) is None


def test_who_added_what_is_in_the_audit_log(client_of: Client, ledger: Ledger) -> None:
    client = client_of("coder")
    key = done(client, send(client, way="text", text=STORY)).headers["location"].removeprefix("/articles/")
    assert any(
        (line["who"], line["action"], line["target"]) == ("the-coder", "add", key) for line in ledger.audit_log()
    )


def test_an_article_that_cannot_be_coded_is_refused_in_words(client_of: Client) -> None:
    client = client_of("coder")
    assert "Not in English (ru)." in done(client, send(client, way="text", text=RUSSIAN)).text
    assert "A word of 6,000 characters." in done(client, send(client, way="text", text=f"Police {'a' * 6000}")).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"way": "text", "text": " \n"}, "Paste the text of a report here."),
        ({"way": "text", "text": "a" * 300_001}, "300,001 characters; at most 300,000"),
        ({"way": "text", "text": STORY, "published": "soon"}, "“soon” is no day"),
        ({"way": "text", "text": STORY, "title": "x" * 501}, "At most 500 characters"),
        ({"way": "web", "addresses": ""}, "Give the address of a report"),
        ({"way": "web", "addresses": "file:///etc/passwd"}, "“file:///etc/passwd” is no address of the web"),
        ({"way": "web", "addresses": "/etc/passwd"}, "no address of the web"),
        ({"way": "web", "addresses": "-"}, "no address of the web"),
        ({"way": "web", "addresses": "https://a.example/ b"}, "no address of the web"),
        ({"way": "web", "addresses": "https://a.example/" + "a" * 2000}, "too long"),
        ({"way": "web", "addresses": "\n".join(f"https://a.example/{n}" for n in range(21))}, "At most 20 addresses"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(fields: dict[str, str], said: str) -> None:
    with pytest.raises(Fault) as found:
        _ = text_of(fields), addresses_of(fields)
    assert said in found.value.words


def test_a_form_comes_back_with_what_was_written(client_of: Client) -> None:
    client = client_of("coder")
    answer = client.post("/add", data={"way": "text", "text": STORY, "outlet": "Herald", "published": "soon"})
    assert answer.status_code == 422
    assert "“soon” is no day that can be read" in answer.text
    assert STORY in answer.text
    assert 'value="Herald"' in answer.text
    for nothing in ({}, {"way": "files"}):
        answer = client.post("/add", data=nothing)
        assert answer.status_code == 422
        assert "Paste a text, give an address, or choose files." in answer.text


def test_an_address_may_be_given_without_its_beginning() -> None:
    given = "news.example/story\n\n https://b.example/ \nhttps://b.example/"
    assert addresses_of({"addresses": given}) == ("https://news.example/story", "https://b.example/")


def test_what_was_written_is_never_markup(client_of: Client) -> None:
    client = client_of("coder")
    hostile = "</textarea><script>alert(1)</script>"
    answer = client.post("/add", data={"way": "text", "text": hostile, "published": "<b>x</b>"})
    assert "<script>alert" not in answer.text
    assert "<b>x" not in answer.text
    page = done(client, send(client, way="text", text=f"{hostile} {STORY}", title="<i>t</i>"))
    assert "<i>t" not in client.get("/add").text
    assert page.status_code == 303


# Files


def parquet(*texts: str) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"text": list(texts), "date": ["2022-03-03"] * len(texts)}), buffer)
    return buffer.getvalue()


FORMS: dict[str, bytes] = {
    "a.txt": STORY.encode(),
    "a.md": STORY.encode(),
    "a.html": f"<html><body><article><p>{STORY}</p></article></body></html>".encode(),
    "a.jsonl": json.dumps({"text": STORY}).encode(),
    "a.json": json.dumps([{"text": STORY}]).encode(),
    "a.csv": f'text,date\n"{STORY}",2022-03-03\n'.encode(),
    "a.tsv": f"text\tdate\n{STORY}\t2022-03-03\n".encode(),
    "a.parquet": parquet(STORY),
    "a.txt.gz": gzip.compress(STORY.encode()),
    "a.JSONL.GZ": gzip.compress(json.dumps({"text": STORY}).encode()),
    "b.txt.bz2": bz2.compress(STORY.encode()),
    "without end": STORY.encode(),
}


def test_every_format_is_read(client_of: Client, ledger: Ledger, tmp_path: Path) -> None:
    client = client_of("coder")
    said = words(done(client, send(client, way="files", files=FORMS)).text)
    assert f"{len(FORMS)} articles in the ledger." in said
    assert {*FORMS} <= {one.article.source for one in ledger.codings()}
    assert left(tmp_path) == []


def test_one_bad_file_or_row_costs_no_other(client_of: Client, ledger: Ledger, tmp_path: Path) -> None:
    rows = "\n".join(
        [json.dumps({"text": STORY}), "{broken", json.dumps({"text": RUSSIAN}), json.dumps({"text": OTHER})]
    )
    client = client_of("coder")
    files = {
        "r.jsonl": rows.encode(),
        "p.pdf": b"%PDF-1.7 x",
        "e.txt": b"",
        "g.gz": b"no",
        "q.parquet": b"no",
        "z.txt": OTHER.encode(),
    }
    page = done(client, send(client, way="files", files=files)).text
    said = words(page)
    assert "3 articles in the ledger. 6 could not be added." in said
    for reason in (
        "r.jsonl:2 Broken JSON",
        "Not in English (ru).",
        "p.pdf A broken PDF file",
        "e.txt The text is empty.",
        "g.gz Broken .gz data.",
    ):
        assert reason in said
    assert str(tmp_path) not in page
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "..\\..\\boot.ini", "/etc/cron.d/x.txt", "a\0b.txt", "..", ".", "", "x" * 5000 + ".txt", "<img src=x>.txt",
     "\u202egpj.txt", "con.txt", "a/b/c.jsonl/../../d.txt", "-", "http://127.0.0.1/x.txt"],
)  # fmt: skip
def test_a_hostile_name_is_shown_and_never_a_path(tmp_path: Path, name: str) -> None:
    held = uploads.Uploads(1000)
    held.take(name, io.BytesIO(STORY.encode()))
    (one,) = held.files
    assert one.path.parent.parent == tmp_path / "tmp"
    assert re.fullmatch(r"0(\.[a-z]+)?", one.path.name)
    assert "/" not in one.name
    assert len(one.name) < 200
    (article,) = one.articles(10_000)
    assert getattr(article, "text", None) == STORY
    held.close()
    assert left(tmp_path) == []


@given(st.text(max_size=200))
def test_no_name_makes_a_path(name: str) -> None:
    shown = shown_name(name)
    assert shown.strip(".")
    assert not set("/\\\0\n") & set(shown)
    assert re.fullmatch(r"(\.[a-z]+)?(\.gz|\.bz2|\.zst)?", ending(shown))
    assert re.sub(r"\.(gz|bz2|zst)$", "", ending(shown)) in {*READERS, ""}


def test_too_many_and_too_large_files_are_refused_in_words(client_of: Client, app: FastAPI, tmp_path: Path) -> None:
    client = client_of("coder")
    many = [("files", (f"{n}.txt", io.BytesIO(b"x"))) for n in range(51)]
    answer = client.post("/add", data={"way": "files"}, files=many)
    assert answer.status_code == 422
    assert "At most 50 files" in answer.text
    answer = client.post("/add", data={"way": "files"}, files=many * 2)
    assert answer.status_code == 400
    most = app.state.desk.settings.most_upload
    answer = client.post("/add", data={"way": "files"}, files={"files": ("a.txt", b"x" * (most + 1))})
    assert answer.status_code == 413
    assert left(tmp_path) == []


def test_all_files_together_are_bounded(tmp_path: Path) -> None:
    held = uploads.Uploads(10)
    held.take("a.txt", io.BytesIO(b"123456"))
    with pytest.raises(uploads.TooLarge):
        held.take("b.txt", io.BytesIO(b"12345"))
    held.close()
    assert left(tmp_path) == []


def test_a_file_that_unpacks_without_end_is_left(
    monkeypatch: pytest.MonkeyPatch, client_of: Client, tmp_path: Path
) -> None:
    monkeypatch.setattr(uploads, "UNPACKED", 1_000_000)
    big = "x " * 1_000_000
    files = {"bomb.txt.gz": gzip.compress(big.encode()), "bomb.parquet": parquet(big), "good.txt": OTHER.encode()}
    client = client_of("coder")
    said = words(done(client, send(client, way="files", files=files)).text)
    assert "bomb.txt.gz Unpacks to more than 1 MB." in said
    assert "bomb.parquet Unpacks to more than 1 MB." in said
    assert "1 article in the ledger. 2 could not be added." in said
    assert left(tmp_path) == []


def test_more_articles_than_are_taken_at_once_are_left_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, client_of: Client
) -> None:
    monkeypatch.setattr(incoming, "MOST_ARTICLES", 2)
    rows = "\n".join(json.dumps({"text": f"{OTHER} It was number {n}."}) for n in range(5))
    client = client_of("coder")
    said = words(done(client, send(client, way="files", files={"a.jsonl": rows.encode()})).text)
    assert "2 articles in the ledger" in said
    assert "There was more: at most 2 articles" in said


# Addresses


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = (
            f"<html><head><title>At Naryn</title></head><body><article><p>{STORY}</p></article></body></html>".encode()
        )
        self.send_response(302 if self.path == "/inner" else 200)
        self.send_header("location", "http://169.254.169.254/latest/meta-data/")
        self.send_header("content-type", "text/html")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *given: Any) -> None:
        pass


def test_an_address_is_fetched_coded_and_kept_with_where_it_comes_from(
    client_of: Client, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with HTTPServer(("127.0.0.1", 0), Site) as server:
        port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()

        def reaches_here() -> httpx.Client:
            here = "127.0.0.1"
            return guarded_client(resolve=lambda host, port: [here], is_allowed=lambda one: one == here, ports=(port,))

        monkeypatch.setattr(incoming, "guarded_client", reaches_here)
        client = client_of("coder")
        given = f"http://news.example:{port}/a\nhttp://news.example:{port}/inner\n"
        said = words(done(client, send(client, way="web", addresses=given)).text)
        server.shutdown()
    assert "1 article in the ledger. 1 could not be added." in said
    assert "At Naryn" in said
    assert f"http://news.example:{port}/a" in [one.article.source for one in ledger.codings()]


REFUSED = {
    "http://127.0.0.1/": "not on the public internet",
    "http://169.254.169.254/latest/meta-data/": "not on the public internet",
    "http://[::1]/": "not on the public internet",
    "http://2130706433/": "usual spelling",
    "http://news.example:8080/": "port 8080 is not asked",
    "http://me:pw@news.example/": "user's name or password",
    "https://news.example/story": "is there a network?",
}


def test_an_address_that_cannot_be_had_is_said_in_words(client_of: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def offline(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(incoming, "guarded_client", lambda: guarded_client(resolve=offline))
    client = client_of("coder")
    page = done(client, send(client, way="web", addresses="\n".join(REFUSED))).text
    reasons = re.findall(r'<li class="bad"><b>(.*?)</b> <span>(.*?)</span>', page)
    assert [address for address, _ in reasons] == list(REFUSED)
    for address, reason in reasons:
        assert REFUSED[address] in reason.replace("&#39;", "'")


# Who, and how much


def test_readers_and_strangers_may_not_add(client_of: Client) -> None:
    assert client_of("reader").get("/add").status_code == 403
    assert client_of("reader").post("/add", data={"text": STORY}).status_code == 403
    assert client_of(None).get("/add").headers["location"].startswith("/sign-in")
    assert client_of(None).post("/add", data={"text": STORY}).status_code in (303, 401)


def test_another_site_cannot_add(client_of: Client) -> None:
    answer = client_of("coder").post("/add", data={"text": STORY}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_a_job_is_shown_to_nobody_else(client_of: Client) -> None:
    path = send(client_of("coder"), way="text", text=STORY, title="Mine alone")
    done(client_of("coder"), path)
    other = client_of("admin")
    assert other.get(path).status_code == 404
    assert "does not know this any more" in other.get(path).text
    assert "Mine alone" not in other.get("/add").text


def test_the_page_of_what_a_former_desk_was_at_says_so_and_what_to_do(client_of: Client, app: FastAPI) -> None:
    """The same ledger, another desk: what was not done is to be sent again, and what was done is not added twice."""
    path = send(client_of("coder"), way="text", text=STORY, title="Before")
    done(client_of("coder"), path)
    app.state.desk.jobs = Jobs()
    answer = client_of("coder").get(path)
    told = words(answer.text)
    assert answer.status_code == 404
    assert "The desk was started on" in told
    assert "Send the same text, addresses or files again" in told
    assert 'href="/add"' in answer.text
    again = words(done(client_of("coder"), send(client_of("coder"), way="text", text=STORY, title="Before")).text)
    assert "there already" in again


def test_too_much_at_once_is_refused_and_what_was_written_stays(client_of: Client, app: FastAPI) -> None:
    held, code = threading.Event(), app.state.desk.code

    def slow(articles: Any) -> Any:
        held.wait(30)
        return code(articles)

    app.state.desk.code = slow
    client = client_of("coder")
    paths = [send(client, way="text", text=f"{STORY} It was number {n}.") for n in range(4)]
    page = client.get(paths[-1]).text
    assert "additions come first" in page or "addition comes first" in page
    assert '<meta http-equiv="refresh"' in page
    answer = client.post("/add", data={"way": "text", "text": "My fifth text."})
    held.set()
    assert answer.status_code == 429
    assert "4 of your additions are not done yet" in answer.text
    assert "My fifth text." in answer.text
    for path in paths:
        done(client, path)


def test_htmx_is_told_the_part_and_then_where_to_go(client_of: Client) -> None:
    client = client_of("coder")
    path = send(client, way="text", text=STORY)
    until = time.monotonic() + 60
    while "hx-redirect" not in (answer := client.get(path, headers={"hx-request": "true"})).headers:
        assert "<html" not in answer.text
        assert "<progress" in answer.text
        assert time.monotonic() < until
        time.sleep(0.02)
    assert answer.headers["hx-redirect"].startswith("/articles/")


def test_where_something_breaks_the_desk_goes_on(client_of: Client, app: FastAPI, tmp_path: Path) -> None:
    client, code = client_of("coder"), app.state.desk.code

    def broken(articles: Any) -> Any:
        raise ZeroDivisionError

    app.state.desk.code = broken
    assert "It could not be coded (ZeroDivisionError)." in done(client, send(client, way="text", text=STORY)).text
    app.state.desk.code = code
    assert done(client, send(client, way="text", text=STORY)).status_code == 303


# In a browser


def test_a_pasted_text_is_coded_before_ones_eyes(visit: Visit) -> None:
    page = visit("/add", role="coder")
    page.wait_for_selector(".is-live")
    page.fill("#text", STORY)
    page.wait_for_selector(f"text={len(STORY)} of at most")
    page.get_by_label("Title").fill("Two miners shot")
    page.get_by_label("Published").fill("2022-03-03")
    page.click("text=Add this text")
    page.wait_for_url("**/articles/*")


def test_files_are_dropped_listed_left_out_and_sent(visit: Visit) -> None:
    page = visit("/add", role="coder")
    page.wait_for_selector(".is-live")
    page.evaluate(
        """([story, other]) => {
            const held = new DataTransfer();
            held.items.add(new File([story], 'one.txt'));
            held.items.add(new File(['%PDF-1.7'], 'two.pdf'));
            held.items.add(new File([other], 'three.txt'));
            document.querySelector('h1').dispatchEvent(new DragEvent('drop', {dataTransfer: held, bubbles: true, cancelable: true}));
        }""",
        [STORY, OTHER],
    )
    assert page.locator(".chosen li").count() == 3
    page.click("text=Leave out >> nth=2")
    assert page.locator(".chosen li span").all_inner_texts() == ["one.txt", "two.pdf"]
    page.click("text=Add these files")
    page.wait_for_selector("text=Add more")
    assert "1 article in the ledger. 1 could not be added." in page.inner_text(".state")
    assert "A broken PDF file" in page.inner_text(".bad")


def test_files_are_pasted(visit: Visit) -> None:
    page = visit("/add", role="coder")
    page.wait_for_selector(".is-live")
    page.evaluate(
        """() => {
            const held = new DataTransfer();
            held.items.add(new File(['x'], 'pasted.txt'));
            document.querySelector('#text').dispatchEvent(new ClipboardEvent('paste', {clipboardData: held, bubbles: true, cancelable: true}));
        }"""
    )
    assert page.locator(".chosen li span").all_inner_texts() == ["pasted.txt"]


def test_what_is_too_much_is_said_before_it_is_sent(visit: Visit) -> None:
    page = visit("/add", role="coder")
    page.wait_for_selector(".is-live")
    page.click("text=Add these files")
    assert page.inner_text("[data-wrong]") == "Choose files first."
    page.evaluate(
        """() => {
            const held = new DataTransfer();
            held.items.add(new File([new Uint8Array(21e6)], 'big.txt'));
            document.dispatchEvent(new DragEvent('drop', {dataTransfer: held, bubbles: true, cancelable: true}));
        }"""
    )
    assert page.inner_text("[data-wrong]") == "These are 21 MB; at most 20 MB are taken at once."
    page.click("text=Add these files")
    assert page.url.endswith("/add")


def test_without_scripts_a_text_and_a_file_are_added(visit: Visit, tmp_path: Path) -> None:
    page = visit("/add", role="coder", script=False)
    (tmp_path / "one.txt").write_text(STORY)
    (tmp_path / "two.txt").write_text(RUSSIAN)
    page.set_input_files("#files", [tmp_path / "one.txt", tmp_path / "two.txt"])
    page.click("text=Add these files")
    page.wait_for_selector("text=Add more")
    assert "1 article in the ledger. 1 could not be added." in page.inner_text(".state")
    page.click("text=Add more")
    page.fill("#text", OTHER)
    page.click("text=Add this text")
    page.wait_for_url("**/articles/*")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_its_pages_are_for_everybody(visit: Visit, width: int, scheme: str) -> None:
    page = visit("/add", role="coder", width=width, scheme=scheme)
    page.wait_for_selector(".is-live")
    assert faults(page) == []
    page.fill("#addresses", "ftp://example.org/")
    with page.expect_response("**/add"):
        page.click("text=Fetch and add")
    page.wait_for_selector(".is-live")
    assert page.inner_text("#wrong-addresses").startswith("“ftp://example.org/” is no address")
    assert faults(page) == []
    page.set_input_files("#files", [
        {"name": "a.jsonl", "mimeType": "", "buffer": f"{json.dumps({'text': STORY})}\n{json.dumps({'text': OTHER})}\n{{".encode()},
    ])  # fmt: skip
    assert faults(page) == []
    page.click("text=Add these files")
    page.wait_for_selector("text=Add more")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
