-- Reminders: what a deadline says of them, how people stand with what is due, and what they were reminded of.
ALTER TABLE deadlines ADD COLUMN form TEXT;
ALTER TABLE deadlines ADD COLUMN reminders TEXT NOT NULL DEFAULT '[]';
CREATE TABLE stances (
    person TEXT NOT NULL, duty TEXT NOT NULL, stance TEXT NOT NULL, day TEXT, colleague TEXT, given BIGINT NOT NULL,
    PRIMARY KEY (person, duty)
);
CREATE INDEX stances_by_duty ON stances (duty);
CREATE INDEX stances_by_colleague ON stances (colleague);
CREATE TABLE reminders (
    person TEXT NOT NULL, duty TEXT NOT NULL, occasion TEXT NOT NULL, due TEXT NOT NULL, state TEXT NOT NULL,
    noted BIGINT NOT NULL, bubble TEXT, PRIMARY KEY (person, duty, occasion, due)
);
CREATE INDEX reminders_by_time ON reminders (noted);
