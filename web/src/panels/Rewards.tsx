import type { RewardEpoch } from '../api/types';
import { useApi } from '../api/useApi';
import { count, gpuck, shortHex } from '../format/amounts';
import { Empty, Panel } from './Panel';

export function Rewards() {
  const { data, error } = useApi<{ epochs: RewardEpoch[] }>('rewards?limit=8', 3_000);
  const epochs = data?.epochs ?? [];
  return (
    <Panel title="Green rewards" note="One Merkle root an epoch, for verified work on clean electricity" error={error}>
      {epochs.length === 0 ? <Empty>The first epoch has not closed yet.</Empty> : (
        <div className="scroll">
          <table>
            <thead>
              <tr><th>Epoch</th><th>Root</th><th className="number">Budget</th><th className="number">Accounts</th><th className="number">Claims</th></tr>
            </thead>
            <tbody>
              {epochs.map((epoch) => (
                <tr key={epoch.epoch}>
                  <td>{epoch.epoch}</td>
                  <td title={epoch.root}>{shortHex(epoch.root)}</td>
                  <td className="number">{gpuck(epoch.budgetWei)}</td>
                  <td className="number">{count(epoch.accounts)}</td>
                  <td className="number">{count(epoch.claims)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
