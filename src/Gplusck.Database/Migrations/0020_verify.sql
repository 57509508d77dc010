-- 0020: what our verifiers found. A batch is screened once for each root it was committed with; its cells are rows so that
-- rewards can count verified work, and a fault keeps the whole evidence so that anyone can judge it without this database.
CREATE SCHEMA verify;

CREATE TABLE verify.batch (
    batch_id numeric(78, 0) PRIMARY KEY,
    node_id bigint NOT NULL,
    cells_root bytea NOT NULL CHECK (length(cells_root) = 32),
    cells integer NOT NULL CHECK (cells > 0),
    state text NOT NULL CHECK (state IN ('found', 'verified', 'faulty', 'unavailable', 'inconclusive')),
    detail text,
    attempts integer NOT NULL DEFAULT 0,
    found_at timestamptz NOT NULL,
    screened_at timestamptz
);

COMMENT ON TABLE verify.batch IS 'One row for each committed batch that a verifier has taken up; written by Gplusck.GpuVerify alone.';
COMMENT ON COLUMN verify.batch.cells_root IS 'The root that was screened; a reorg can commit the same id with another one, which is screened anew.';
COMMENT ON COLUMN verify.batch.state IS
    'found: waiting for a verifier. verified: every cell is right. faulty: see verify.fault. unavailable: the operator does not serve what it committed. inconclusive: our own implementations disagree.';
COMMENT ON COLUMN verify.batch.detail IS 'What was missing, or which implementations disagree.';
COMMENT ON COLUMN verify.batch.found_at IS 'When it was last handed to a verifier.';

CREATE INDEX batch_open ON verify.batch (found_at) WHERE state IN ('found', 'unavailable', 'inconclusive');

CREATE TABLE verify.cell (
    batch_id numeric(78, 0) NOT NULL REFERENCES verify.batch ON DELETE CASCADE,
    position integer NOT NULL CHECK (position >= 0),
    job_id numeric(78, 0) NOT NULL,
    cell_index bigint NOT NULL,
    m integer NOT NULL,
    n integer NOT NULL,
    k integer NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('correct', 'wrong', 'unassigned')),
    backend text NOT NULL,
    elapsed_us bigint NOT NULL,
    PRIMARY KEY (batch_id, position)
);

COMMENT ON TABLE verify.cell IS 'Every cell of every screened batch.';
COMMENT ON COLUMN verify.cell.position IS 'Index of the cell in its batch''s tree.';
COMMENT ON COLUMN verify.cell.outcome IS
    'correct: C = A · B as the requester ordered it. wrong: C differs. unassigned: C is right, but the requester signed no order for these operands and this operator.';
COMMENT ON COLUMN verify.cell.backend IS 'freivalds for the screen; + the backend that computed the whole product again, for cells drawn as a control.';
COMMENT ON COLUMN verify.cell.elapsed_us IS 'Microseconds of computing, without fetching.';

CREATE TABLE verify.fault (
    batch_id numeric(78, 0) PRIMARY KEY REFERENCES verify.batch ON DELETE CASCADE,
    position integer NOT NULL,
    row_index integer NOT NULL,
    column_index integer NOT NULL,
    claimed integer NOT NULL,
    actual integer NOT NULL,
    proof jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('located', 'sent', 'proved', 'refused')),
    outbox_key text,
    fault_id numeric(78, 0),
    located_at timestamptz NOT NULL,
    CHECK (claimed <> actual),
    CHECK (state <> 'sent' OR outbox_key IS NOT NULL),
    CHECK (state <> 'proved' OR fault_id IS NOT NULL)
);

COMMENT ON TABLE verify.fault IS 'The wrong element a batch is accused of; one is enough to void the batch.';
COMMENT ON COLUMN verify.fault.proof IS 'The evidence document: openings, roots, the implementations that agree. Enough to judge it without this database.';
COMMENT ON COLUMN verify.fault.state IS
    'located: found too late to be proved. sent: the proof is in the outbox. proved: the court took it. refused: the transaction failed.';
COMMENT ON COLUMN verify.fault.fault_id IS 'The court''s number of the fault.';
