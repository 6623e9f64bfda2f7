"""What it says: a parsed article into a coding. `coder.py` has the rooms in their order; each module answers one question."""
