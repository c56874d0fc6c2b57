"""From a member's words to a request: normalising, intents, places, periods, themes and kinds, in five languages."""
