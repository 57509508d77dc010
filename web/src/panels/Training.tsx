import { useMemo } from 'react';
import type { TrainingPoint } from '../api/types';
import { useApi } from '../api/useApi';
import { LineChart } from '../charts/LineChart';
import { Empty, Panel } from './Panel';

const million = 1_000_000;

export function Training() {
  const { data, error } = useApi<{ points: TrainingPoint[] }>('training');
  const points = data?.points ?? [];
  const steps = useMemo(() => points.map((point) => point.step), [data]);
  const lines = useMemo(
    () => [{ label: 'loss', colour: '--chart-1', values: points.map((point) => point.lossMicro / million) }],
    [data],
  );
  const latest = points.at(-1);

  return (
    <Panel
      title="Training loss"
      note={latest
        ? `Cross-entropy ${(latest.lossMicro / million).toFixed(3)} at step ${latest.step}, written to the chain by the requester`
        : 'Cross-entropy on handwritten digits, written to the chain by the requester'}
      error={error}
    >
      {latest ? <LineChart title="Training loss by step" x={steps} lines={lines} format={(value) => value.toFixed(2)} />
        : <Empty>The first training steps are on their way.</Empty>}
    </Panel>
  );
}
