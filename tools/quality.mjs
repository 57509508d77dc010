#!/usr/bin/env node
// Coverage, mutation score, gas and size of the contracts, one JSON object a line: name, value, unit, baseline, ratio,
// where the baseline is the goal and a ratio above 1 is better. `./gplusck bench contracts` runs this.
import { coverageOf, totalOf } from './contracts/coverage.mjs';
import { gasOf } from './contracts/gas.mjs';
import { SIZE_MAX, sizesOf } from './contracts/sizes.mjs';
import { Workbench } from './contracts/workbench.mjs';
import { chooseMutants, scoreOf, TARGETS } from './mutate/score.mjs';

const GOALS = { lines: 98, branches: 95, killed: 90 };

const workbench = new Workbench();
try {
  await workbench.build();
  for (const { name, gas, ceiling } of gasOf(workbench.path('snapshots'))) below(name, gas, 'gas', ceiling);
  for (const { name, bytes } of sizesOf(workbench.path('out'))) below(`size of ${name}`, bytes, 'bytes', SIZE_MAX);
  const files = await coverageOf(workbench);
  for (const kind of ['lines', 'branches']) {
    const { found, hit } = totalOf(files, kind);
    above(`${kind} of contracts/src reached by tests`, (100 * hit) / found, '%', GOALS[kind]);
  }
  for (const target of TARGETS) {
    const chosen = await chooseMutants(workbench, target, { sample: 0, seed: 1 });
    const { percent } = await scoreOf(workbench, chosen, () => {});
    above(`mutants of ${target.name} killed`, percent, '%', GOALS.killed);
  }
} finally {
  workbench.dispose();
}

function below(name, value, unit, baseline) {
  line(name, value, unit, baseline, baseline / value);
}

function above(name, value, unit, baseline) {
  line(name, value, unit, baseline, value / baseline);
}

function line(name, value, unit, baseline, ratio) {
  const rounded = (figure, places) => Number(figure.toFixed(places));
  console.log(JSON.stringify({ name, value: rounded(value, 2), unit, baseline, ratio: rounded(ratio, 3) }));
}
