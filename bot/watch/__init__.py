"""The watch: what members give to it, and what goes to readers once a month."""
