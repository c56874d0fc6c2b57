"""The web channel: the page that looks like a phone's messenger, and the Bot API that the assistant finds behind it."""
