-- Who speaks where, what came in, what was answered, and what the assistant starts by itself.
CREATE TABLE accounts (
    id {identity}, channel TEXT NOT NULL, address BIGINT NOT NULL, name TEXT NOT NULL,
    person TEXT REFERENCES people (code) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    language TEXT NOT NULL, language_chosen BIGINT NOT NULL, time_zone TEXT, digits TEXT NOT NULL,
    awaiting TEXT, first_seen BIGINT NOT NULL, UNIQUE (channel, address)
);
CREATE INDEX accounts_by_person ON accounts (person);
CREATE TABLE updates (
    id {identity}, channel TEXT NOT NULL, update_id BIGINT NOT NULL, chat BIGINT NOT NULL, payload TEXT NOT NULL,
    received BIGINT NOT NULL, state TEXT NOT NULL, calls TEXT, failure TEXT, UNIQUE (channel, update_id)
);
CREATE INDEX updates_by_state ON updates (state);
CREATE TABLE outbox (
    id {identity}, message_key TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, address BIGINT NOT NULL,
    calls TEXT NOT NULL, state TEXT NOT NULL, queued BIGINT NOT NULL, next_try BIGINT NOT NULL,
    attempts BIGINT NOT NULL, failure TEXT
);
CREATE INDEX outbox_by_state ON outbox (state, next_try);
CREATE TABLE invitations (
    id {identity}, digest TEXT NOT NULL UNIQUE, role TEXT NOT NULL,
    organisation TEXT REFERENCES organisations (code) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    person TEXT REFERENCES people (code) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    expires BIGINT NOT NULL, used_by BIGINT REFERENCES accounts (id), used BIGINT
);
CREATE TABLE join_requests (
    id {identity}, account BIGINT NOT NULL REFERENCES accounts (id), name TEXT NOT NULL, organisation TEXT NOT NULL,
    function TEXT NOT NULL, asked BIGINT NOT NULL, state TEXT NOT NULL,
    decided_by BIGINT REFERENCES accounts (id), decided BIGINT
);
CREATE TABLE web_messages (
    chat BIGINT NOT NULL, message_id BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (chat, message_id)
);
CREATE TABLE web_files (
    id {identity}, name TEXT NOT NULL, mime TEXT NOT NULL, size BIGINT NOT NULL, path TEXT NOT NULL
);
