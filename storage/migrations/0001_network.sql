-- The network as its coordinator's tables tell it.
CREATE TABLE themes (
    id {identity}, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, spellings TEXT NOT NULL, axis TEXT NOT NULL
);
CREATE TABLE organisations (
    id {identity}, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, spellings TEXT NOT NULL, kind TEXT NOT NULL,
    country TEXT NOT NULL, time_zone TEXT NOT NULL, membership TEXT NOT NULL, dues_paid_until TEXT,
    groups TEXT NOT NULL, website TEXT
);
CREATE TABLE people (
    id {identity}, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (code) DEFERRABLE INITIALLY DEFERRED,
    function TEXT NOT NULL, role TEXT NOT NULL, languages TEXT NOT NULL, themes TEXT NOT NULL,
    email TEXT, phone TEXT, telegram_id BIGINT UNIQUE
);
CREATE INDEX people_by_organisation ON people (organisation);
CREATE TABLE events (
    id {identity}, code TEXT NOT NULL UNIQUE, title TEXT NOT NULL, kind TEXT NOT NULL, begins BIGINT NOT NULL,
    ends BIGINT NOT NULL, all_day BIGINT NOT NULL, time_zone TEXT NOT NULL, format TEXT NOT NULL,
    city TEXT REFERENCES organisations (code) DEFERRABLE INITIALLY DEFERRED, country TEXT, place TEXT, link TEXT,
    audience TEXT NOT NULL, themes TEXT NOT NULL, status TEXT NOT NULL,
    organiser TEXT REFERENCES organisations (code) DEFERRABLE INITIALLY DEFERRED,
    part_of TEXT REFERENCES events (code) DEFERRABLE INITIALLY DEFERRED,
    description TEXT, programme TEXT, registration_opens BIGINT, registration_closes BIGINT, registration_link TEXT
);
CREATE INDEX events_by_end ON events (ends);
CREATE TABLE deadlines (
    id {identity}, code TEXT NOT NULL UNIQUE, title TEXT NOT NULL, kind TEXT NOT NULL, opens BIGINT,
    due BIGINT NOT NULL, all_day BIGINT NOT NULL, time_zone TEXT NOT NULL, audience TEXT NOT NULL,
    organisations TEXT NOT NULL, event TEXT REFERENCES events (code) DEFERRABLE INITIALLY DEFERRED,
    themes TEXT NOT NULL, link TEXT, description TEXT
);
CREATE INDEX deadlines_by_due ON deadlines (due);
CREATE TABLE news (
    id {identity}, code TEXT NOT NULL UNIQUE, title TEXT NOT NULL, body TEXT, published TEXT NOT NULL,
    organisation TEXT REFERENCES organisations (code) DEFERRABLE INITIALLY DEFERRED, themes TEXT NOT NULL,
    link TEXT, audience TEXT NOT NULL
);
CREATE INDEX news_by_day ON news (published);
CREATE TABLE documents (
    id {identity}, code TEXT NOT NULL UNIQUE, title TEXT NOT NULL, kind TEXT NOT NULL, dated TEXT NOT NULL,
    languages TEXT NOT NULL, event TEXT REFERENCES events (code) DEFERRABLE INITIALLY DEFERRED,
    organisation TEXT REFERENCES organisations (code) DEFERRABLE INITIALLY DEFERRED, themes TEXT NOT NULL,
    file TEXT, link TEXT, audience TEXT NOT NULL
);
CREATE INDEX documents_by_event ON documents (event);
CREATE TABLE actions (
    id {identity}, code TEXT NOT NULL UNIQUE, number BIGINT NOT NULL, axis TEXT NOT NULL, title TEXT NOT NULL,
    state TEXT NOT NULL, done TEXT, planned TEXT, proposed TEXT, who TEXT, due TEXT, organisations TEXT NOT NULL,
    themes TEXT NOT NULL, audience TEXT NOT NULL
);
CREATE TABLE facts (
    name TEXT PRIMARY KEY, value TEXT NOT NULL
);
