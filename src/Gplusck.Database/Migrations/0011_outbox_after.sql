-- 0011: a transaction that makes sense only after another one, such as a proof after its reservation.
ALTER TABLE outbox.transaction
    ADD COLUMN after_key text REFERENCES outbox.transaction (key),
    ADD CHECK (after_key <> key);

COMMENT ON COLUMN outbox.transaction.after_key IS
    'The row stays queued until this one is in a block below the head, and fails when this one fails.';
