"""What was published: files, folders, addresses and streams, read into articles."""

from sayso.reading.articles import LIMIT_CHARS, make_article
from sayso.reading.blocks import segment
from sayso.reading.language import english, guess
from sayso.reading.sources import open_articles, open_named

__all__ = ["LIMIT_CHARS", "english", "guess", "make_article", "open_articles", "open_named", "segment"]
