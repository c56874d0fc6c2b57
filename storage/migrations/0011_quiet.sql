-- The hours in which a message's reader is not disturbed (`21-7@Asia/Phnom_Penh`); NULL: it may be sent at any hour.
ALTER TABLE outbox ADD COLUMN quiet TEXT;
