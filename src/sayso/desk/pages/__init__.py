"""The pages, one module each."""

from sayso.desk.pages import (
    account,
    adding,
    article,
    deciding,
    entering,
    exporting,
    incident,
    people,
    reports,
    searching,
    signing,
    situation,
    sources,
    talking,
    viewing,
)

PAGES = (
    exporting.router,
    entering.router,
    adding.router,
    situation.router,
    incident.router,
    deciding.router,
    signing.router,
    account.router,
    people.router,
    viewing.router,
    reports.router,
    talking.router,
    article.router,
    searching.router,
    sources.router,
)
"""In the order in which their addresses are tried."""
