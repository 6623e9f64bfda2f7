"""What the API's description promises holds for whatever is sent: schemathesis makes it up, from the description alone."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from sayso.coding.coder import Coder
from sayso.desk import Settings, create_app
from sayso.desk.api.application import make
from sayso.ledger import Ledger
from sayso.ledger.database import writing
from sayso.ledger.people.accounts import grant, open_account
from sayso.records import Coding

SEED = 20220106
SECRET = "known-before-there-is-a-desk"
EXAMPLES = 10
"""Requests that are made up for each operation beside those that try every limit: some fifteen seconds in all."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, six: list[Coding], coder: Coder) -> Iterator[None]:
    """A desk over a ledger in SQLite, and a token that may do whatever a token may."""
    url = str(tmp_path_factory.mktemp("schema") / "ledger.db")
    with Ledger.open(url) as ledger:
        ledger.settle([ledger.add(one).article for one in six])
        ledger.refresh()
    app = create_app(Settings(ledger=url, team=True, hosts=("127.0.0.1", "localhost", "testserver")))
    app.state.desk.__dict__["coder"] = coder
    with writing(app.state.desk.ledger.engine) as connection:
        who = open_account(connection, "the-editor", "editor", None, who="test")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(secrets, "token_urlsafe", lambda size: SECRET)
            grant(connection, who.id, "token", "test", timedelta(hours=1), "write")
    CURRENT["app"] = app
    with TestClient(app):
        yield


CURRENT: dict[str, FastAPI] = {}


async def served_now(scope: Scope, receive: Receive, send: Send) -> None:
    """The desk of the test that runs: the description is read before there is one."""
    await CURRENT["app"](scope, receive, send)


schema = schemathesis.openapi.from_dict(
    make().openapi(),
    config=SchemathesisConfig(
        seed=SEED, projects=ProjectsConfig(default=ProjectConfig(generation=GenerationConfig(deterministic=True)))
    ),
)
schema.app = served_now
UNTOLD = {"POST /code", "POST /articles", "POST /annotations", "GET /search"}
"""Operations that refuse (422) what no schema can tell: texts that are not English, words that the article does not have, and a search
for neither words nor filters."""


@schema.auth()
class Signed:
    """Every request has the token, but for those that try what happens without."""

    def get(self, case: schemathesis.Case, context: schemathesis.AuthContext) -> str:
        return f"Bearer {SECRET}"

    def set(self, case: schemathesis.Case, data: str, context: schemathesis.AuthContext) -> None:
        case.headers["Authorization"] = data


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.usefixtures("served")
def test_the_description_holds(case: schemathesis.Case) -> None:
    untold = [positive_data_acceptance] if case.operation.label in UNTOLD else []
    case.call_and_validate(excluded_checks=untold)
