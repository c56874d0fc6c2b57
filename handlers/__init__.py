"""One file a conversation: an update comes in, a capability is called, a reply goes out."""
