-- The hours in which a message's reader is not disturbed (`21-7@Asia/Phnom_Penh`); NULL: it may be sent at any hour.
-- A body's version: of the announcement, as a correction has it; NULL: as it was first sent off.
ALTER TABLE outbox ADD COLUMN quiet TEXT;
ALTER TABLE bodies ADD COLUMN version BIGINT;
