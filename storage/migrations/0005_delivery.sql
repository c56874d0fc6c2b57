-- What goes to many: campaigns, what they say, how each row fared; and what coordinators announce.
ALTER TABLE accounts ADD COLUMN unreachable BIGINT;
ALTER TABLE accounts ADD COLUMN quiet TEXT;
CREATE TABLE mailboxes (
    person TEXT PRIMARY KEY REFERENCES people (code) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    unsubscribed BIGINT, bounced BIGINT, reason TEXT
);
CREATE TABLE campaigns (
    id {identity}, name TEXT NOT NULL UNIQUE, state TEXT NOT NULL, reason TEXT, begun BIGINT NOT NULL, ended BIGINT
);
CREATE TABLE bodies (
    id {identity}, campaign BIGINT NOT NULL REFERENCES campaigns (id), calls TEXT NOT NULL
);
ALTER TABLE outbox ADD COLUMN campaign BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN person TEXT;
ALTER TABLE outbox ADD COLUMN language TEXT;
ALTER TABLE outbox ADD COLUMN body BIGINT;
ALTER TABLE outbox ADD COLUMN if_unknown TEXT NOT NULL DEFAULT 'again';
ALTER TABLE outbox ADD COLUMN sent_as TEXT;
ALTER TABLE outbox ADD COLUMN settled BIGINT;
DROP INDEX outbox_by_state;
CREATE INDEX outbox_to_send ON outbox (campaign, state, channel, next_try, id);
CREATE TABLE announcements (
    id {identity}, author BIGINT REFERENCES accounts (id), content TEXT NOT NULL, state TEXT NOT NULL,
    version BIGINT NOT NULL, changed BIGINT NOT NULL, approved_by BIGINT REFERENCES accounts (id), starts BIGINT,
    campaign BIGINT REFERENCES campaigns (id), shown_in TEXT
);
CREATE INDEX announcements_by_state ON announcements (state);
CREATE TABLE responses (
    announcement BIGINT NOT NULL REFERENCES announcements (id), person TEXT NOT NULL, kind TEXT NOT NULL,
    given BIGINT NOT NULL, PRIMARY KEY (announcement, person, kind)
);
CREATE TABLE audit (
    id {identity}, at BIGINT NOT NULL, account BIGINT NOT NULL, name TEXT NOT NULL, action TEXT NOT NULL,
    subject TEXT NOT NULL, detail TEXT
);
