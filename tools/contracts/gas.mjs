// The committed gas snapshots against the ceilings in contracts/snapshots/ceilings.json.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/// One { name, gas, ceiling } for each ceiling: { "group": { "entry": ceiling } }.
export function gasOf(snapshots) {
  const read = (name) => JSON.parse(readFileSync(join(snapshots, `${name}.json`), 'utf8'));
  return Object.entries(read('ceilings')).flatMap(([group, ceilings]) => {
    const measured = read(group);
    return Object.entries(ceilings).map(([entry, ceiling]) => {
      if (measured[entry] === undefined) throw new Error(`snapshots/${group}.json has no entry "${entry}".`);
      return { name: `${group}: ${entry}`, gas: Number(measured[entry]), ceiling };
    });
  });
}
