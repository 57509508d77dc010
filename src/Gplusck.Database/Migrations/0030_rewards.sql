-- 0030: green rewards are computed off chain and claimed on chain. Each closed epoch keeps the whole computation: the inputs
-- that anyone can compute it from again, its root, and for each account the leaf and the proof that a claim needs.
CREATE SCHEMA rewards;

CREATE TABLE rewards.epoch (
    epoch bigint PRIMARY KEY CHECK (epoch >= 0),
    budget numeric(78, 0) NOT NULL CHECK (budget >= 0),
    inputs_hash bytea NOT NULL CHECK (length(inputs_hash) = 32),
    inputs jsonb NOT NULL,
    root bytea CHECK (length(root) = 32),
    total numeric(78, 0) NOT NULL CHECK (total >= 0),
    leaves integer NOT NULL CHECK (leaves >= 0),
    closed_at_block bigint NOT NULL,
    CHECK ((root IS NULL) = (leaves = 0))
);

COMMENT ON TABLE rewards.epoch IS 'One row for each closed epoch, in order and without gaps; written by Gplusck.Tokenomics alone.';
COMMENT ON COLUMN rewards.epoch.budget IS 'Wei this epoch distributes: its emission, or 0 when it had no green work.';
COMMENT ON COLUMN rewards.epoch.inputs IS 'What the rewards are computed from; docs/rewards.md describes it.';
COMMENT ON COLUMN rewards.epoch.inputs_hash IS 'keccak-256 of the inputs as canonical JSON (RFC 8785).';
COMMENT ON COLUMN rewards.epoch.root IS 'Merkle root over the leaves; null when there was nothing to distribute: nothing is proposed then.';
COMMENT ON COLUMN rewards.epoch.total IS 'Wei over all epochs up to this one.';
COMMENT ON COLUMN rewards.epoch.closed_at_block IS 'The indexed block at which the epoch was closed.';

CREATE TABLE rewards.leaf (
    epoch bigint NOT NULL REFERENCES rewards.epoch,
    account bytea NOT NULL CHECK (length(account) = 20),
    earned numeric(78, 0) NOT NULL CHECK (earned >= 0),
    cumulative numeric(78, 0) NOT NULL CHECK (cumulative >= earned),
    proof bytea[] NOT NULL,
    PRIMARY KEY (epoch, account)
);

COMMENT ON TABLE rewards.leaf IS 'One row for each account of each root; written by Gplusck.Tokenomics alone.';
COMMENT ON COLUMN rewards.leaf.earned IS 'Wei earned in this epoch.';
COMMENT ON COLUMN rewards.leaf.cumulative IS 'Wei earned in all epochs up to this one: the amount of the leaf.';
COMMENT ON COLUMN rewards.leaf.proof IS 'Sibling hashes from the leaf to the root.';
