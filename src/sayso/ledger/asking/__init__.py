"""What a ledger is asked: incidents with their articles, words, SQL."""
