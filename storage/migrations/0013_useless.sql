-- The second from which on a message is of no use: then it is skipped, never sent; NULL: it always is of use.
ALTER TABLE outbox ADD COLUMN useless_after BIGINT;
CREATE INDEX outbox_useless ON outbox (campaign) WHERE state = 'skipped' AND failure IS NOT NULL;
