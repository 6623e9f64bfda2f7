"""The people of a ledger and what they say of its articles: accounts, annotations, corrections, replies, categories; and the log of it."""
