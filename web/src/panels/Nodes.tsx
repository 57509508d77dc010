import type { Node } from '../api/types';
import { useApi } from '../api/useApi';
import { count, energy, gpuck, shortHex } from '../format/amounts';
import { Empty, Panel } from './Panel';
import { Source } from './Source';

export function Nodes() {
  const { data, error } = useApi<{ nodes: Node[] }>('nodes');
  const nodes = data?.nodes ?? [];
  return (
    <Panel title="Nodes" note="Who computes, on which electricity, and where they stand" wide error={error}>
      {nodes.length === 0 ? <Empty>No node has registered yet.</Empty> : (
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th>Node</th><th>Electricity</th><th>Status</th><th className="number">Stake</th>
                <th className="number">Committed</th><th className="number">Verified</th><th className="number">Settled</th>
                <th className="number">Energy</th><th className="number">Earned</th><th className="number">Faults</th>
                <th className="number">Slashed</th>
              </tr>
            </thead>
            <tbody>
              {nodes.map((node) => (
                <tr key={node.nodeId}>
                  <td title={node.operator}>{node.nodeId} · {shortHex(node.operator)} · {node.jurisdiction}</td>
                  <td><Source name={node.source} /></td>
                  <td><span className={`status ${node.status}`}>{node.status}</span></td>
                  <td className="number">{gpuck(node.stakeWei, 0)}</td>
                  <td className="number">{count(node.cellsCommitted)}</td>
                  <td className="number">{count(node.cellsVerified)}</td>
                  <td className="number">{count(node.cellsSettled)}</td>
                  <td className="number">{energy(node.energyWh)}</td>
                  <td className="number">{gpuck(node.earnedWei)}</td>
                  <td className="number">{count(node.faults)}</td>
                  <td className="number">{gpuck(node.slashedWei, 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
