"""Who belongs to the network: who speaks, invitations, requests to join."""
