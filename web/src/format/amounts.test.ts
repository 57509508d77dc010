import { describe, expect, it } from 'vitest';
import { ago, carbon, energy, gpuck, shortHex } from './amounts';

describe('gpuck', () => {
  it.each([
    ['0', '0'],
    ['1', '0'],
    ['1500000000000000000', '1.5'],
    ['1999999999999999999', '1.99'],
    ['1234567000000000000000000', '1 234 567'],
    ['-2500000000000000000', '-2.5'],
    ['115792089237316195423570985008687907853269984665640564039457584007913129639935',
      '115 792 089 237 316 195 423 570 985 008 687 907 853 269 984 665 640 564 039 457.58'],
  ])('writes %s wei as %s', (wei, text) => {
    expect(gpuck(wei)).toBe(text);
  });
});

describe('units', () => {
  it('keeps small energies in Wh and shows large ones in whole kWh', () => {
    expect(energy(9_999)).toBe('9 999 Wh');
    expect(energy(10_999)).toBe('10 kWh');
  });

  it('keeps small footprints in mg and shows large ones in whole g', () => {
    expect(carbon(820)).toBe('820 mg');
    expect(carbon(1_234_567)).toBe('1 234 g');
  });

  it('shortens a hash but not a short value', () => {
    expect(shortHex('0x1234')).toBe('0x1234');
    expect(shortHex(`0x${'ab'.repeat(32)}`)).toBe('0xababab…abab');
  });

  it('never says a time in the future', () => {
    expect(ago(100, 99)).toBe('0 s ago');
    expect(ago(0, 61)).toBe('1 min ago');
    expect(ago(0, 7_300)).toBe('2 h ago');
  });
});
