#!/usr/bin/env node
// Changes a contract in one place at a time and looks whether a test notices. `node tools/mutate.mjs [CONTRACT…]
// [--sample N] [--seed N] [--list] [--verbose]`; docs/contracts-quality.md explains the operators and the score.
import { parseArgs } from 'node:util';
import { Workbench } from './contracts/workbench.mjs';
import { chooseMutants, inWords, scoreOf, TARGETS } from './mutate/score.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});
const unknown = positionals.find((name) => !TARGETS.some((target) => target.name === name));
if (unknown !== undefined) {
  console.error(`mutate: ${unknown} is none of ${TARGETS.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
const targets = TARGETS.filter((target) => positionals.length === 0 || positionals.includes(target.name));

const workbench = new Workbench();
try {
  if (!options.list) await workbench.build();
  for (const target of targets) {
    const choice = { sample: Number(options.sample), seed: Number(options.seed) };
    const chosen = await chooseMutants(workbench, target, choice);
    if (options.list) chosen.mutants.forEach((mutant) => console.log(inWords(mutant)));
    else report(await scoreOf(workbench, chosen, follow));
  }
} finally {
  workbench.dispose();
}

function follow(kind, mutant, killer) {
  if (options.verbose || kind === 'survived') console.log(`${kind} ${inWords(mutant)}${killer ? `: ${killer}` : ''}`);
}

function report({ name, all, tried, killed, invalid, same, equivalent, percent }) {
  console.log(`${name}: ${killed} of ${tried} mutants killed (${percent} %); ${all} in all, ${invalid} do not compile,`
    + ` ${same} compile to the same code, ${equivalent} are known to change nothing.`);
}
