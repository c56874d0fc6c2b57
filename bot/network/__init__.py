"""The domain: organisations, people, events, deadlines, themes, audiences; frozen models and pure rules."""
