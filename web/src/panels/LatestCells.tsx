import type { Cell } from '../api/types';
import { useApi } from '../api/useApi';
import { Empty, Panel } from './Panel';

const states = ['committed', 'verified', 'settled', 'wrong', 'voided'] as const;

/** One square a cell, newest first. */
export function LatestCells() {
  const { data, error } = useApi<{ cells: Cell[] }>('cells?limit=240', 1_500);
  const cells = data?.cells ?? [];
  return (
    <Panel title="Latest cells" note="One square a microcell, newest first" error={error}>
      {cells.length === 0 ? <Empty>No cell has been committed yet.</Empty> : (
        <ul className="cells" aria-label="Latest cells">
          {cells.map((cell) => (
            <li key={`${cell.batchId}-${cell.position}`} className={cell.state} title={describe(cell)} />
          ))}
        </ul>
      )}
      <p className="legend">
        {states.map((state) => <span key={state} className={state}>{state}</span>)}
      </p>
    </Panel>
  );
}

function describe(cell: Cell): string {
  const place = `batch ${cell.batchId}, position ${cell.position}, node ${cell.nodeId}`;
  if (cell.cellIndex === null) return `${place}: ${cell.state}`;
  return `cell ${cell.cellIndex} of job ${cell.jobId} (${place}), ${cell.m}×${cell.n}×${cell.k}: ${cell.state}`;
}
