"""From an answer to what is read: replies, cards, lists and dates in the reader's language."""
