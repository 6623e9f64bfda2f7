"""Reports of one thing: how they are compared, which incident each is of, and what an incident amounts to."""
