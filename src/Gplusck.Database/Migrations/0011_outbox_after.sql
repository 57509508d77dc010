-- 0011: a transaction that makes sense only after another one, such as a proof after its reservation; and one whose cost
-- depends on what others send meanwhile, such as the attestation that completes a quorum.
ALTER TABLE outbox.transaction
    ADD COLUMN after_key text REFERENCES outbox.transaction (key),
    ADD COLUMN gas_floor bigint NOT NULL DEFAULT 0 CHECK (gas_floor >= 0),
    ADD CHECK (after_key <> key);

COMMENT ON COLUMN outbox.transaction.after_key IS
    'The row stays queued until this one is in a block below the head, and fails when this one fails.';
COMMENT ON COLUMN outbox.transaction.gas_floor IS 'The gas limit is at least this, whatever the node estimates.';
