"""What people do in a ledger: annotate, correct, review, decide; and the log of it."""
