-- Questions that were not understood, without who asked; and the words that a coordinator has taught.
CREATE TABLE misses (
    id {identity}, language TEXT NOT NULL, words TEXT NOT NULL, outcome TEXT NOT NULL, times BIGINT NOT NULL,
    last_asked TEXT NOT NULL, UNIQUE (language, words)
);
CREATE INDEX misses_by_day ON misses (last_asked);
CREATE TABLE taught (
    id {identity}, language TEXT NOT NULL, word TEXT NOT NULL, meaning TEXT NOT NULL, code TEXT NOT NULL,
    UNIQUE (language, word)
);
