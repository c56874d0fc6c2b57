"""The answers: what a reader asked for, found in the tables as far as the reader may see, as frozen values."""
