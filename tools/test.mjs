// Runs every suite and adds up what they counted. The last line is `N passed, N failed, N skipped`, alone.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const home = process.env.GPLUSCK_HOME;
const results = join(home, '.gplusck', 'test-results');
const long = process.argv.includes('--long');
const unknown = process.argv.slice(2).filter((argument) => argument !== '--long');
if (unknown.length > 0) {
  console.error(`gplusck: test knows no \`${unknown[0]}\`: use \`./gplusck test\` or \`./gplusck test --long\`.`);
  process.exit(2);
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

// What takes longer hangs: better one failure that says so than a run that never ends.
const limitMinutes = long ? 600 : 30;

const total = { passed: 0, failed: 0, skipped: 0 };
const forge = join(home, 'node_modules', '.bin', 'forge');
const contracts = {
  cwd: join(home, 'contracts'),
  env: { FOUNDRY_PROFILE: long ? 'long' : 'default', FORGE_SNAPSHOT_CHECK: 'true' },
};

await check('generated bindings are up to date', 'node', [join(home, 'tools', 'bindings.mjs'), '--check']);
const vectors = join(home, 'contracts', 'test', 'vectors', 'orders.mjs');
await check('order digests are those of viem and ethers', 'node', [vectors, '--check']);
await check('contracts are formatted', forge, ['fmt', '--check'], contracts);
await suite('contracts', forge, ['test', '--json'], readForge, contracts);
const vitest = ['vitest', 'run', '--reporter=json', `--outputFile=${file('web')}`];
await suite('web', 'npx', vitest, readVitest, { cwd: join(home, 'web') });
// A test that runs for minutes is named, so that a suite that hangs says where.
const reporting = ['-noColor', '-noLogo', '-longRunning', '120'];
for (const name of readdirSync(join(home, 'tests')).filter((folder) => folder.endsWith('.Tests')).sort()) {
  const assembly = join(home, 'artifacts', 'bin', name, 'release', `${name}.dll`);
  const options = { env: { GPLUSCK_TEST_LONG: long ? '1' : '' } };
  await suite(name, 'dotnet', [assembly, ...reporting, '-ctrf', file(name)], readCtrf, options);
}

console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 ? 1 : 0);

async function check(title, command, args, options) {
  const run = await execute(command, args, options);
  report(title, run, { passed: run.code === 0 ? 1 : 0, failed: run.code === 0 ? 0 : 1, skipped: 0 });
}

// A suite that dies before it has counted is one failure: silence must not look like success.
async function suite(title, command, args, read, options) {
  const run = await execute(command, args, options);
  let counts;
  try {
    counts = read(title, run);
  } catch (error) {
    counts = { passed: 0, failed: 1, skipped: 0 };
    run.output += `\nno result of ${title}: ${error.message}`;
  }
  if (run.code !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.passed + counts.failed + counts.skipped === 0) counts.failed = 1;
  report(title, run, counts);
}

function report(title, run, counts) {
  for (const key of Object.keys(total)) total[key] += counts[key];
  if (counts.failed > 0) console.log(run.failures ?? run.output.slice(-20_000));
  const verdict = counts.failed > 0 ? 'FAILED' : 'ok';
  console.log(`${verdict.padEnd(6)} ${title}: ${counts.passed}/${counts.passed + counts.failed} in ${run.seconds} s`);
}

function readForge(_, run) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  for (const [contract, { test_results: tests }] of Object.entries(JSON.parse(run.stdout))) {
    for (const [test, { status, reason, counterexample }] of Object.entries(tests)) {
      counts[{ Success: 'passed', Failure: 'failed', Skipped: 'skipped' }[status]] += 1;
      if (status === 'Failure') failures.push(`${contract} ${test}: ${reason} ${JSON.stringify(counterexample) ?? ''}`);
    }
  }
  if (failures.length > 0) run.failures = failures.join('\n');
  return counts;
}

function readCtrf(name) {
  const { passed, failed, skipped, other } = JSON.parse(readFileSync(file(name))).results.summary;
  return { passed, failed: failed + other, skipped };
}

function readVitest() {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(file('web')));
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
}

function file(name) {
  return join(results, `${name}.json`);
}

function execute(command, args, { cwd = home, env = {} } = {}) {
  const started = process.hrtime.bigint();
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const run = { stdout: '', output: '' };
    const limit = setTimeout(() => {
      run.output += `\nstopped: it still ran after ${limitMinutes} minutes`;
      child.kill('SIGKILL');
    }, limitMinutes * 60_000);
    child.stdout.on('data', (text) => { run.stdout += text; run.output += text; });
    child.stderr.on('data', (text) => { run.output += text; });
    child.on('error', (error) => resolve({ ...run, output: error.message, code: 127, seconds: 0 }));
    child.on('close', (code) => {
      clearTimeout(limit);
      const seconds = Number((process.hrtime.bigint() - started) / 1_000_000_000n);
      resolve({ ...run, code, seconds });
    });
  });
}
