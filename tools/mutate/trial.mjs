// Runs the tests against a mutant: its bytecode replaces the contract's in the build output, from which the tests
// deploy (dynamic_test_linking), so forge compiles nothing.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

// The same seeds for every mutant, few runs, and no memory of an earlier mutant's failures. A mutant that costs other
// gas is not wrong for that, so gas is not compared.
const ENVIRONMENT = {
  FORGE_SNAPSHOT_CHECK: 'false',
  FORGE_SNAPSHOT_EMIT: 'false',
  FOUNDRY_FUZZ_RUNS: '32',
  FOUNDRY_FUZZ_SEED: '0x1',
  FOUNDRY_INVARIANT_RUNS: '4',
  FOUNDRY_INVARIANT_DEPTH: '32',
};
const GAS = 'test/{**/*,}Gas.t.sol';
const TOGETHER = 'test/{failures/**/*,invariants/**/*,*.invariant}.t.sol';

export class Trial {
  #workbench;
  #artifact;
  #original;
  #stages;
  #limitSeconds = 600;

  /// The tests of the contract's room, then those of all rooms together: past failures and invariants.
  constructor(workbench, { file, name }) {
    const room = basename(dirname(file));
    const own = `test/{${room}/**/*,${name}*}.t.sol`;
    this.#workbench = workbench;
    this.#artifact = workbench.path('out', basename(file), `${name}.json`);
    this.#original = readFileSync(this.#artifact);
    this.#stages = [['--match-path', own, '--no-match-path', GAS], ['--match-path', TOGETHER]];
  }

  /// Fails when the tests fail on the contract as it is; sets the time after which a mutant counts as hanging.
  async calibrate(evm) {
    const started = process.hrtime.bigint();
    const killer = await this.killerOf(evm);
    if (killer !== undefined) throw new Error(`The tests fail without any mutant: ${killer}`);
    this.#limitSeconds = 60 + 5 * Number((process.hrtime.bigint() - started) / 1_000_000_000n);
  }

  /// Name of the first test that fails; undefined when the mutant survives. `own`: only the tests of the room.
  async killerOf(evm, { own = false } = {}) {
    const artifact = JSON.parse(this.#original);
    for (const part of ['bytecode', 'deployedBytecode']) Object.assign(artifact[part], codeOf(evm[part]));
    writeFileSync(this.#artifact, JSON.stringify(artifact));
    try {
      for (const stage of own ? this.#stages.slice(0, 1) : this.#stages) {
        const killer = await this.#firstFailure(stage);
        if (killer !== undefined) return killer;
      }
      return undefined;
    } finally {
      writeFileSync(this.#artifact, this.#original);
    }
  }

  async #firstFailure(selection) {
    for (const memory of ['fuzz', 'invariant']) {
      rmSync(this.#workbench.path('cache', memory), { recursive: true, force: true });
    }
    const run = await this.#workbench.forge(['test', '--json', '--fail-fast', ...selection],
      { env: ENVIRONMENT, limitSeconds: this.#limitSeconds });
    if (run.timedOut) return 'a run without end';
    let suites;
    try {
      suites = JSON.parse(run.stdout);
    } catch (error) {
      throw new Error(`forge test gave no result: ${run.stderr || error.message}`);
    }
    for (const [suite, { test_results: tests }] of Object.entries(suites)) {
      const failed = Object.entries(tests).find(([, { status }]) => status === 'Failure');
      if (failed) return `${suite.split(':')[1]} ${failed[0]}`;
    }
    return undefined;
  }
}

function codeOf({ object, immutableReferences }) {
  return { object: `0x${object}`, ...(immutableReferences && { immutableReferences }) };
}
