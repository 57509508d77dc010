import type { Fault } from '../api/types';
import { useApi } from '../api/useApi';
import { ago, gpuck, shortHex } from '../format/amounts';
import { Empty, Panel } from './Panel';

const DEEDS: Record<string, string> = {
  malformedCell: 'committed a cell that nobody could judge',
  dataWithheld: 'did not open what it had committed',
  equivocation: 'said two things about one cell',
};

function deed(fault: Fault) {
  return DEEDS[fault.kind] ?? `claimed C[${fault.row}, ${fault.column}] = ${fault.claimed}; it is ${fault.actual}`;
}

export function Faults() {
  const { data, error } = useApi<{ faults: Fault[] }>('faults?limit=8');
  const faults = data?.faults ?? [];
  const now = Date.now() / 1_000;
  return (
    <Panel title="Latest faults" note="Each was proved to a contract, most by one row, one column and one element" error={error}>
      {faults.length === 0 ? <Empty>No operator has been caught yet.</Empty> : (
        <ol className="faults">
          {faults.map((fault) => (
            <li key={fault.faultId}>
              <b>Node {fault.nodeId}</b> {deed(fault)}.
              Slashed <b>{gpuck(fault.slashedWei)} GPUCK</b>.
              <small>
                fault {shortHex(`0x${BigInt(fault.faultId).toString(16)}`)} · batch {fault.batchId} · cell {fault.cellIndex} · block {fault.blockNumber}{' '}
                · {ago(fault.timestamp, now)} · found by {shortHex(fault.finder)} ·{' '}
                <a href={`/api/v1/faults/${fault.faultId}`}>evidence</a>
              </small>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
