"""Time expressions: `words` gives each word its class, `rules` is the grammar over those classes, `calendar`
the intervals, `context` what an expression is relative to."""
