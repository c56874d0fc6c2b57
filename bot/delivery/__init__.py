"""What comes in and what goes out: the inbox, the outbox, and the channels that carry them."""
