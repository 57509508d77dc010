import { formatUnits } from 'viem';

/** Wei as GPUCK: grouped digits, at most `decimals` after the point, cut and never rounded up. */
export function gpuck(wei: string, decimals = 2): string {
  const [whole = '0', fraction = ''] = formatUnits(BigInt(wei), 18).split('.');
  const sign = whole.startsWith('-') ? '-' : '';
  const digits = whole.replace('-', '');
  const cut = fraction.slice(0, decimals).replace(/0+$/, '');
  return `${sign}${grouped(digits)}${cut && `.${cut}`}`;
}

/** Wh in the unit a reader expects. */
export function energy(wh: number): string {
  if (wh < 10_000) return `${grouped(String(wh))} Wh`;
  return `${grouped(String(Math.floor(wh / 1_000)))} kWh`;
}

/** mgCO2e in the unit a reader expects. */
export function carbon(milligrams: number): string {
  if (milligrams < 10_000) return `${grouped(String(milligrams))} mg`;
  return `${grouped(String(Math.floor(milligrams / 1_000)))} g`;
}

export function count(value: number): string {
  return grouped(String(value));
}

export function shortHex(hex: string): string {
  return hex.length <= 14 ? hex : `${hex.slice(0, 8)}…${hex.slice(-4)}`;
}

/** How long ago `timestamp` (Unix seconds) was, seen from `now`. */
export function ago(timestamp: number, now: number): string {
  const seconds = Math.max(0, Math.floor(now - timestamp));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  return `${Math.floor(seconds / 3_600)} h ago`;
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ' ');
}
