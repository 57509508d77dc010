import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface Line {
  label: string;
  /** Name of a colour in styles.css, such as `--chart-1`. */
  colour: string;
  values: number[];
}

interface Props {
  title: string;
  x: number[];
  lines: Line[];
  /** Unix seconds on the x axis; else plain numbers. */
  time?: boolean;
  format?: (value: number) => string;
}

const height = 210;

/** Lines over one x axis. The table behind the picture is read to those who cannot see it. */
export function LineChart({ title, x, lines, time = false, format = String }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const labels = lines.map((line) => line.label).join('|');

  useEffect(() => {
    const element = holder.current!;
    const colourOf = (name: string) => getComputedStyle(element).getPropertyValue(name);
    const rule = { stroke: colourOf('--rule'), width: 1 };
    const axis = { stroke: colourOf('--muted'), grid: rule, ticks: rule };
    plot.current = new uPlot(
      {
        width: element.clientWidth,
        height,
        scales: { x: { time } },
        axes: [axis, { ...axis, size: 70, values: (_, ticks) => ticks.map(format) }],
        series: [{}, ...lines.map(({ label, colour }) => ({ label, stroke: colourOf(colour), width: 2, points: { show: false } }))],
        cursor: { y: false },
        legend: { live: false },
      },
      [[], ...lines.map(() => [])],
      element,
    );
    const resize = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      plot.current?.destroy();
    };
    // The plot is built once per set of lines; its data follows below.
  }, [labels, time]);

  useEffect(() => {
    plot.current?.setData([x, ...lines.map((line) => line.values)]);
  }, [x, lines, labels, time]);

  const last = lines.map((line) => `${line.label} ${format(line.values.at(-1) ?? 0)}`).join(', ');
  return <div ref={holder} className="chart" role="img" aria-label={`${title}: ${last}`} />;
}
