-- The day (ISO) from which somebody who paused the reminders is reminded again; NULL: they are not paused.
ALTER TABLE accounts ADD COLUMN paused TEXT;
