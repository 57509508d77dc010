-- 0031: the course of the supply, and what came of comparing the tables with the chain. Both are facts at one block, which
-- is named by its hash too: a row whose block has left the chain is recognised and replaced.
CREATE SCHEMA supply;

CREATE TABLE supply.snapshot (
    block_number bigint PRIMARY KEY,
    block_hash bytea NOT NULL CHECK (length(block_hash) = 32),
    timestamp bigint NOT NULL,
    minted numeric(78, 0) NOT NULL,
    burned numeric(78, 0) NOT NULL,
    supply numeric(78, 0) NOT NULL,
    staked numeric(78, 0) NOT NULL,
    CHECK (supply = minted - burned)
);

COMMENT ON TABLE supply.snapshot IS 'GPUCK supply at one block, in wei; written by Gplusck.Tokenomics alone.';
COMMENT ON COLUMN supply.snapshot.minted IS 'Wei ever minted, the genesis supply included.';
COMMENT ON COLUMN supply.snapshot.burned IS 'Wei ever burned.';
COMMENT ON COLUMN supply.snapshot.staked IS 'Wei staked over all nodes, unbonding included.';

CREATE TABLE supply.reconciliation (
    block_number bigint PRIMARY KEY,
    block_hash bytea NOT NULL CHECK (length(block_hash) = 32),
    from_block bigint NOT NULL,
    checks integer NOT NULL CHECK (checks >= 0),
    differences jsonb NOT NULL CHECK (jsonb_typeof(differences) = 'array'),
    checked_at timestamptz NOT NULL
);

COMMENT ON TABLE supply.reconciliation IS
    'What the tables say at one block against what the chain answers for it; written by Gplusck.Tokenomics alone.';
COMMENT ON COLUMN supply.reconciliation.from_block IS 'First block whose events were counted.';
COMMENT ON COLUMN supply.reconciliation.checks IS 'Figures that were compared.';
COMMENT ON COLUMN supply.reconciliation.differences IS 'One sentence for each figure that differs; empty when all agree.';
