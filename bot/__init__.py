"""Relais, the secretariat of a network of cities, in a chat."""
