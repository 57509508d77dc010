import type { Network } from '../api/types';

const amberBlocks = 5;
const redBlocks = 50;

/** How far the figures on this page are behind the chain. */
export function Freshness({ network, error }: { network?: Network; error?: string }) {
  if (error) return <p className="freshness red" role="status">not connected: {error}</p>;
  if (!network) return <p className="freshness" role="status">connecting …</p>;
  const behind = network.headBlock - network.indexedBlock;
  const colour = behind > redBlocks ? 'red' : behind > amberBlocks ? 'amber' : 'green';
  return (
    <p className={`freshness ${colour}`} role="status">
      block {network.indexedBlock} of {network.headBlock}
    </p>
  );
}
