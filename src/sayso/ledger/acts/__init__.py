"""What people do in a ledger: each act is a transaction, with its line in the audit log."""
