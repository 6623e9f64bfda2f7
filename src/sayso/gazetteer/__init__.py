"""Places by name: countries (no file needed) and the world's settlements and regions (one SQLite file)."""

from sayso.gazetteer.countries import Country, country, country_of, is_demonym

__all__ = ["Country", "country", "country_of", "is_demonym"]
