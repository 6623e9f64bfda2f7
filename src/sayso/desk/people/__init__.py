"""What keeps the doors of a team's desk: passwords, and waits for who tries too often."""
