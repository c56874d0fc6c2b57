-- Forms, what people have begun to answer, and what they have sent.
CREATE TABLE forms (
    id {identity}, code TEXT NOT NULL UNIQUE, title TEXT NOT NULL, kind TEXT NOT NULL, description TEXT,
    event TEXT REFERENCES events (code) DEFERRABLE INITIALLY DEFERRED, audience TEXT NOT NULL,
    organisations TEXT NOT NULL, opens BIGINT, closes BIGINT, change_until BIGINT, time_zone TEXT NOT NULL,
    answers TEXT NOT NULL, anonymous BIGINT NOT NULL, confirmed BIGINT NOT NULL, places BIGINT,
    places_per_city BIGINT, waiting_list BIGINT NOT NULL, offer_hours BIGINT NOT NULL, seen_by TEXT NOT NULL,
    secret_until_closed BIGINT NOT NULL, quorum BIGINT, keep_days BIGINT, next_steps TEXT
);
CREATE TABLE questions (
    id {identity}, code TEXT NOT NULL UNIQUE,
    form TEXT NOT NULL REFERENCES forms (code) DEFERRABLE INITIALLY DEFERRED, name TEXT NOT NULL,
    number BIGINT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL, help TEXT, example TEXT,
    required BIGINT NOT NULL, options TEXT NOT NULL, choices TEXT, at_least TEXT, at_most TEXT,
    accepts TEXT NOT NULL, condition TEXT, each_person BIGINT NOT NULL, known TEXT
);
CREATE INDEX questions_by_form ON questions (form, number);
CREATE TABLE drafts (
    form TEXT NOT NULL, owner TEXT NOT NULL, session TEXT NOT NULL, version BIGINT NOT NULL,
    account BIGINT NOT NULL REFERENCES accounts (id), changed BIGINT NOT NULL, reminded BIGINT,
    PRIMARY KEY (form, owner)
);
CREATE TABLE submissions (
    id {identity}, form TEXT NOT NULL, owner TEXT NOT NULL, account BIGINT, person TEXT, organisation TEXT,
    language TEXT NOT NULL, definition TEXT NOT NULL, answers TEXT NOT NULL, people BIGINT NOT NULL,
    state TEXT NOT NULL, place BIGINT NOT NULL, sent BIGINT NOT NULL, changed BIGINT NOT NULL,
    version BIGINT NOT NULL, offered_until BIGINT, reason TEXT, proposed TEXT, arrived BIGINT, UNIQUE (form, owner)
);
CREATE INDEX submissions_by_form ON submissions (form, state, place);
CREATE INDEX submissions_by_person ON submissions (person);
CREATE INDEX submissions_by_organisation ON submissions (organisation);
CREATE TABLE answered (
    form TEXT NOT NULL, owner TEXT NOT NULL, PRIMARY KEY (form, owner)
);
CREATE TABLE form_turns (
    form TEXT PRIMARY KEY, turn BIGINT NOT NULL
);
