"""The pages, one module each."""

from sayso.desk.pages import entering, situation

PAGES = (entering.router, situation.router)
"""In the order in which their addresses are tried."""
