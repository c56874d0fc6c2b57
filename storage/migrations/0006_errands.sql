-- Work that is owed to somebody: a row an errand, gone once it is done.
CREATE TABLE errands (
    id {identity}, errand_key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    account BIGINT NOT NULL REFERENCES accounts (id), details TEXT NOT NULL, next_try BIGINT NOT NULL,
    attempts BIGINT NOT NULL
);
