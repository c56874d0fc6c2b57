"""What the assistant starts by itself, by the clock."""
