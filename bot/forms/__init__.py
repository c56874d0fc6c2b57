"""Forms: questions as data, asked one at a time by a pure engine, kept at every answer."""
