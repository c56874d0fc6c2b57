"""What coordinators announce: its texts, whom it is for, and what became of it."""
