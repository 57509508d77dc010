import { useMemo } from 'react';
import type { Network, SupplyPoint } from '../api/types';
import { useApi } from '../api/useApi';
import { LineChart } from '../charts/LineChart';
import { gpuck } from '../format/amounts';
import { Empty, Panel } from './Panel';

const weiPerGpuck = 10n ** 18n;

export function Supply({ network }: { network?: Network }) {
  const { data, error } = useApi<{ series: SupplyPoint[] }>('supply', 3_000);
  const series = data?.series ?? [];
  const first = series[0];
  const last = series.at(-1);
  const times = useMemo(() => series.map((point) => point.timestamp), [data]);
  // The genesis supply would flatten both lines: they start where the chain started.
  const lines = useMemo(() => [
    { label: 'minted', colour: '--chart-2', values: series.map((point) => since(first!.mintedWei, point.mintedWei)) },
    { label: 'burned', colour: '--chart-3', values: series.map((point) => since(first!.burnedWei, point.burnedWei)) },
  ], [data]);

  return (
    <Panel
      title="Minted against burned"
      note={network && first && last
        ? `${direction(first, last)}: supply ${gpuck(network.supplyWei, 0)} GPUCK, burned ${gpuck(network.burnedWei)}`
        : 'GPUCK since genesis'}
      error={error}
    >
      {series.length > 1 ? <LineChart title="Minted against burned since genesis" x={times} lines={lines} time format={String} />
        : <Empty>Nothing has been minted or burned since genesis.</Empty>}
    </Panel>
  );
}

function direction(first: SupplyPoint, last: SupplyPoint): string {
  const change = BigInt(last.supplyWei) - BigInt(first.supplyWei);
  if (change === 0n) return 'Supply unchanged';
  return change > 0n ? `Inflationary, +${gpuck(String(change))}` : `Deflationary, ${gpuck(String(change))}`;
}

function since(start: string, now: string): number {
  return Number(((BigInt(now) - BigInt(start)) * 100n) / weiPerGpuck) / 100;
}
