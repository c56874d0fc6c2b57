-- Reminders that wait, and what decides when people are reminded: found without reading everybody.
CREATE INDEX reminders_waiting ON reminders (person) WHERE state IN ('full', 'held', 'quiet');
CREATE INDEX stances_by_day ON stances (day) WHERE day IS NOT NULL;
CREATE INDEX accounts_by_habits ON accounts (time_zone, quiet) WHERE time_zone IS NOT NULL OR quiet IS NOT NULL;
CREATE INDEX followed_by_frequency ON followed (frequency);
