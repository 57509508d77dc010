import type { Network } from './api/types';
import { useApi } from './api/useApi';
import { Certificates } from './panels/Certificates';
import { Faults } from './panels/Faults';
import { Freshness } from './panels/Freshness';
import { LatestCells } from './panels/LatestCells';
import { NetworkFigures } from './panels/NetworkFigures';
import { Nodes } from './panels/Nodes';
import { Retirements } from './panels/Retirements';
import { Rewards } from './panels/Rewards';
import { Supply } from './panels/Supply';
import { Training } from './panels/Training';

export function App() {
  const { data: network, error } = useApi<Network>('network', 1_000);

  return (
    <>
      <header>
        <h1>Gplusck</h1>
        <p>Compute, paid, checked, slashed and certified on a chain.</p>
        <Freshness network={network} error={error} />
      </header>
      {network?.emulated && (
        <p className="notice">
          A development network: its four operators share one machine, and their electricity is <b>emulated</b>.
        </p>
      )}
      <main>
        <NetworkFigures network={network} />
        <Training />
        <Supply network={network} />
        <Nodes />
        <LatestCells />
        <Faults />
        <Certificates network={network} />
        <Retirements />
        <Rewards />
      </main>
      <footer>
        <a href="/docs">API</a> · <a href="/openapi/v1.json">OpenAPI</a> · <a href="/metrics">Metrics</a>
      </footer>
    </>
  );
}
