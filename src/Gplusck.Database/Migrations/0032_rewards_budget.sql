-- 0032: what an epoch distributes is no longer its emission: it follows from what was minted and from what the nodes burned.
COMMENT ON COLUMN rewards.epoch.budget IS 'Wei this epoch distributes: 0 when it gives nothing.';
