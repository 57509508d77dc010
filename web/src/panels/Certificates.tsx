import type { Certificate, Network } from '../api/types';
import { useApi } from '../api/useApi';
import { carbon, count, energy } from '../format/amounts';
import { Empty, Panel } from './Panel';
import { Source } from './Source';

export function Certificates({ network }: { network?: Network }) {
  const { data, error } = useApi<{ certificates: Certificate[] }>('certificates?limit=8', 3_000);
  const certificates = data?.certificates ?? [];
  const sources = Object.entries(network?.certificatesBySource ?? {}).filter(([, total]) => total.count > 0);
  return (
    <Panel title="Carbon certificates" note="Wh of compute by electricity source; a record, not an offset" error={error}>
      {certificates.length === 0 ? <Empty>No batch has settled yet.</Empty> : (
        <>
          <p className="sources">
            {sources.map(([name, total]) => (
              <span key={name}><Source name={name} /> {energy(total.wh)} in {count(total.count)}</span>
            ))}
          </p>
          <div className="scroll">
            <table>
              <thead>
                <tr>
                  <th>Source</th><th>Node</th><th>Hour (UTC)</th><th>Reading</th><th className="number">Energy</th>
                  <th className="number">Footprint</th><th className="number">Retired</th>
                </tr>
              </thead>
              <tbody>
                {certificates.map((certificate) => (
                  <tr key={certificate.id}>
                    <td><Source name={certificate.source} /></td>
                    <td>{certificate.nodeId}</td>
                    <td>{hour(certificate.hour)}</td>
                    <td>{certificate.tier}</td>
                    <td className="number">{energy(certificate.wh)}</td>
                    <td className="number" title={`${certificate.gramsPerKwh} gCO2e/kWh`}>{carbon(certificate.footprintMg)}</td>
                    <td className="number">{energy(certificate.retiredWh)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Panel>
  );
}

function hour(hoursSinceEpoch: number): string {
  return new Date(hoursSinceEpoch * 3_600_000).toISOString().slice(0, 13).replace('T', ' ') + ':00';
}
