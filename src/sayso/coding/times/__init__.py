"""Time expressions: `cells` gives each word its class, `rules`, `periods` and `relative` are the grammar over those
classes, `calendar` the intervals, `context` what an expression is relative to, `find` puts them together."""

from sayso.coding.times import periods, relative, rules

__all__ = ["periods", "relative", "rules"]
