import type { Network } from '../api/types';
import { count, gpuck } from '../format/amounts';

interface Figure {
  name: string;
  meaning: string;
  value: (network: Network) => string;
}

const figures: Figure[] = [
  { name: 'Cells committed', meaning: 'Microcells whose result roots operators wrote to the chain', value: (n) => count(n.cellsCommitted) },
  { name: 'Cells verified', meaning: 'Committed cells a verifier has screened, every element', value: (n) => count(n.cellsVerified) },
  { name: 'Cells settled', meaning: 'Cells paid after an unchallenged window', value: (n) => count(n.cellsSettled) },
  { name: 'Faults proved', meaning: 'Wrong elements a contract has checked itself', value: (n) => count(n.faultsProved) },
  { name: 'Nodes active', meaning: 'Nodes with enough stake that are not jailed', value: (n) => count(n.nodesActive) },
  { name: 'Nodes slashed', meaning: 'Nodes that have lost stake to a proved fault', value: (n) => count(n.nodesSlashed) },
  { name: 'Staked', meaning: 'GPUCK behind nodes, unbonding included', value: (n) => gpuck(n.stakedWei, 0) },
  { name: 'Reward claims', meaning: 'Claims paid from reward roots on chain', value: (n) => count(n.rewardsClaimed) },
];

export function NetworkFigures({ network }: { network?: Network }) {
  return (
    <dl className="figures wide">
      {figures.map(({ name, meaning, value }) => (
        <div key={name} title={meaning}>
          <dt>{name}</dt>
          <dd>{network ? value(network) : '…'}</dd>
        </div>
      ))}
    </dl>
  );
}
