import { readFileSync } from 'node:fs';
import { Compiler } from './compiler.mjs';
import { mutantsOf } from './mutants.mjs';
import { sampleOf } from './sample.mjs';
import { Trial } from './trial.mjs';

export const TARGETS = [
  { name: 'StakeVault', file: 'src/staking/StakeVault.sol' },
  { name: 'MicrocellCourt', file: 'src/verify/MicrocellCourt.sol' },
  { name: 'CarbonCertificate', file: 'src/carbon/CarbonCertificate.sol' },
];

const TOGETHER = 16;

// Mutants that no test can kill, each with the reason; found by reading a survivor.
const EQUIVALENTS = JSON.parse(readFileSync(new URL('equivalents.json', import.meta.url), 'utf8'));

/// The mutants of `target`, or as many of them as `sample` says (0 = all), chosen by `seed`.
export async function chooseMutants(workbench, { name, file }, { sample, seed }) {
  const configuration = JSON.parse((await workbench.forge(['config', '--json'])).stdout);
  const compilers = {
    exact: new Compiler(workbench, configuration),
    quick: new Compiler(workbench, { ...configuration, optimizer: false }),
  };
  const target = { name, file, trees: compilers.exact.trees(file) };
  const all = mutantsOf(target, (source) => compilers.exact.text(source));
  return { target, compilers, all: all.length, mutants: sampleOf(all, sample, seed) };
}

/// Tries every mutant and calls `see(kind, mutant, killer)` after each. One that does not compile, or compiles to the
/// code of the original or of another mutant, does not count. The optimizer takes most of the time to compile, so only
/// what its room's tests let live without it is compiled and tested as it ships. The workbench's build output must be
/// up to date.
export async function scoreOf(workbench, { target, compilers: { exact, quick }, all, mutants }, see) {
  const trial = new Trial(workbench, target);
  const unchanged = { file: target.file, start: 0, length: 0, replacement: '' };
  const [plain] = quick.compile(target, [unchanged]);
  const [shipped] = exact.compile(target, [unchanged]);
  await trial.calibrate(plain);
  const seen = new Set([plain.bytecode.object, shipped.bytecode.object]);
  const count = { killed: 0, survived: 0, invalid: 0, same: 0, equivalent: 0 };
  const survivors = [];
  const candidates = mutants.filter((mutant) => !isEquivalent(mutant));
  count.equivalent = mutants.length - candidates.length;
  for (let index = 0; index < candidates.length; index += TOGETHER) {
    const batch = candidates.slice(index, index + TOGETHER);
    const outputs = quick.compile(target, batch);
    for (const [position, mutant] of batch.entries()) {
      const ship = () => exact.compile(target, [mutant])[0];
      const { kind, by } = await verdictOf(outputs[position], seen, trial, ship);
      count[kind] += 1;
      if (kind === 'survived') survivors.push(mutant);
      see(kind, mutant, by);
    }
  }
  const tried = count.killed + count.survived;
  const percent = tried === 0 ? 0 : Math.round((10_000 * count.killed) / tried) / 100;
  return { name: target.name, all, tried, ...count, percent, survivors };
}

async function verdictOf(plain, seen, trial, ship) {
  if (plain === undefined) return { kind: 'invalid' };
  if (isSeen(plain, seen)) return { kind: 'same' };
  const by = await trial.killerOf(plain, { own: true });
  if (by !== undefined) return { kind: 'killed', by };
  const shipped = ship();
  if (shipped === undefined) return { kind: 'invalid' };
  if (isSeen(shipped, seen)) return { kind: 'same' };
  const later = await trial.killerOf(shipped);
  return later === undefined ? { kind: 'survived' } : { kind: 'killed', by: later };
}

function isEquivalent(mutant) {
  const keys = ['file', 'code', 'original', 'replacement'];
  return EQUIVALENTS.some((known) => keys.every((key) => known[key] === mutant[key]));
}

function isSeen({ bytecode: { object } }, seen) {
  const known = seen.has(object);
  seen.add(object);
  return known;
}

export function inWords({ file, line, operator, original, replacement, scope }) {
  const shown = (text) => (text === '' ? 'nothing' : text.replace(/\s+/g, ' '));
  return `${file}:${line} ${scope} [${operator}] ${shown(original)} -> ${shown(replacement)}`;
}
