-- 0010: transactions to the chain. Whoever decides that one must be sent writes a row here in the same database transaction
-- as its own rows, under a key of its choosing; the sender of the account does the rest. A crash between deciding and
-- sending then loses nothing, and deciding twice sends once.
CREATE SCHEMA outbox;

CREATE TABLE outbox.transaction (
    key text PRIMARY KEY CHECK (key <> ''),
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    sender bytea NOT NULL CHECK (length(sender) = 20),
    recipient bytea NOT NULL CHECK (length(recipient) = 20),
    data bytea NOT NULL,
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'confirmed', 'failed')),
    final boolean NOT NULL DEFAULT false,
    nonce bigint CHECK (nonce >= 0),
    gas_limit bigint CHECK (gas_limit > 0),
    max_fee_per_gas_wei numeric(78, 0),
    max_priority_fee_per_gas_wei numeric(78, 0),
    raw bytea,
    hashes bytea[] NOT NULL DEFAULT '{}',
    attempts integer NOT NULL DEFAULT 0,
    signed_at_block bigint,
    transaction_hash bytea CHECK (length(transaction_hash) = 32),
    block_number bigint,
    block_hash bytea CHECK (length(block_hash) = 32),
    gas_used bigint,
    error text,
    enqueued_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    CHECK (state <> 'queued' OR nonce IS NULL),
    CHECK (state <> 'sent' OR (nonce IS NOT NULL AND raw IS NOT NULL AND signed_at_block IS NOT NULL)),
    CHECK (state <> 'confirmed' OR (transaction_hash IS NOT NULL AND block_hash IS NOT NULL)),
    CHECK (state <> 'failed' OR error IS NOT NULL)
);

COMMENT ON TABLE outbox.transaction IS 'One row for each transaction that was to be sent; written by Gplusck.Outbox alone.';
COMMENT ON COLUMN outbox.transaction.key IS 'What the transaction is for, such as settle:42; the same key is never sent twice.';
COMMENT ON COLUMN outbox.transaction.sequence IS 'Order of the nonces among the queued rows of one account.';
COMMENT ON COLUMN outbox.transaction.state IS
    'queued: no nonce yet. sent: signed, in no block yet. confirmed: in a block. failed: refused, or reverted in a block.';
COMMENT ON COLUMN outbox.transaction.final IS
    'The block is deeper than the confirmation depth; until then its hash is compared with the chain and the row may go back to sent.';
COMMENT ON COLUMN outbox.transaction.raw IS 'The signed bytes last broadcast: after a crash the same bytes go out again.';
COMMENT ON COLUMN outbox.transaction.hashes IS 'Hashes of every version signed (fee bumps); at most one of them can be mined.';
COMMENT ON COLUMN outbox.transaction.attempts IS 'Versions signed so far.';
COMMENT ON COLUMN outbox.transaction.signed_at_block IS 'Head of the chain when raw was signed; the age of a stuck transaction counts from here.';
COMMENT ON COLUMN outbox.transaction.transaction_hash IS 'The version that was mined.';
COMMENT ON COLUMN outbox.transaction.error IS 'Why it failed; on a queued or sent row, what the node said last.';

CREATE INDEX transaction_open ON outbox.transaction (sender, sequence) WHERE state IN ('queued', 'sent');
CREATE INDEX transaction_unfinal ON outbox.transaction (sender, nonce) WHERE NOT final AND nonce IS NOT NULL;
CREATE INDEX transaction_block ON outbox.transaction (sender, block_number) WHERE block_number IS NOT NULL;
