import type { Retirement } from '../api/types';
import { useApi } from '../api/useApi';
import { ago, carbon, energy } from '../format/amounts';
import { Empty, Panel } from './Panel';

export function Retirements() {
  const { data, error } = useApi<{ retirements: Retirement[] }>('retirements?limit=6', 3_000);
  const retirements = data?.retirements ?? [];
  const now = Date.now() / 1_000;
  return (
    <Panel title="Retirements" note="Certificates taken out of circulation for good, and for whom" error={error}>
      {retirements.length === 0 ? <Empty>Nothing has been retired yet.</Empty> : (
        <ol className="faults">
          {retirements.map((retirement) => (
            <li key={retirement.retirementId}>
              <b>{energy(retirement.wh)}</b> ({carbon(retirement.footprintMg)} CO₂e) for <b>{retirement.beneficiaryName}</b>
              <small>{retirement.reason} · {ago(retirement.timestamp, now)}</small>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
