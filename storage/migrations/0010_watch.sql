-- The watch: what members give to it, its issues, and how each reader wants it.
CREATE TABLE contributions (
    id {identity}, account BIGINT NOT NULL REFERENCES accounts (id), organisation TEXT, content TEXT NOT NULL,
    state TEXT NOT NULL, version BIGINT NOT NULL, changed BIGINT NOT NULL, sent BIGINT, later BIGINT,
    decided_by TEXT, reason TEXT, merged TEXT
);
CREATE INDEX contributions_by_state ON contributions (state);
CREATE INDEX contributions_by_account ON contributions (account, state);
CREATE TABLE issues (
    id {identity}, month TEXT NOT NULL UNIQUE, content TEXT NOT NULL, state TEXT NOT NULL, version BIGINT NOT NULL,
    changed BIGINT NOT NULL, approved_by TEXT, starts BIGINT, campaign BIGINT REFERENCES campaigns (id)
);
CREATE TABLE followed (
    person TEXT PRIMARY KEY REFERENCES people (code) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    frequency TEXT NOT NULL, themes TEXT, snoozed BIGINT
);
ALTER TABLE bodies ADD COLUMN holds TEXT;
