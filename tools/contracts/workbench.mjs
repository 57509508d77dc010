// A copy of contracts/ in a temporary folder, where tools change build output as they like. The packages lie inside the
// copy, because `forge coverage` cannot follow sources outside its project.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export class Workbench {
  #root = mkdtempSync(join(tmpdir(), 'gplusck-contracts-'));
  #running = new Set();

  constructor() {
    const built = ['out', 'cache', 'broadcast'].map((name) => join(checkout, 'contracts', name));
    cpSync(join(checkout, 'contracts'), this.contracts, { recursive: true, filter: (path) => !built.includes(path) });
    const packages = join('node_modules', '@openzeppelin', 'contracts');
    cpSync(join(checkout, packages), join(this.contracts, packages), { recursive: true, dereference: true });
    const configuration = join(this.contracts, 'foundry.toml');
    writeFileSync(configuration, readFileSync(configuration, 'utf8').replaceAll('../node_modules', 'node_modules'));
    mkdirSync(join(this.#root, 'tools'));
    mkdirSync(join(this.contracts, 'cache'));
    cpSync(join(checkout, 'tools', 'solc'), join(this.#root, 'tools', 'solc-asked'));
    cpSync(join(checkout, 'tools', 'contracts', 'solc-remembered'), join(this.#root, 'tools', 'solc'));
    writeFileSync(join(this.#root, 'package.json'), '{"type":"module"}');
    symlinkSync(join(checkout, 'node_modules'), join(this.#root, 'node_modules'));
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => this.#leave());
  }

  get contracts() {
    return join(this.#root, 'contracts');
  }

  path(...parts) {
    return join(this.contracts, ...parts);
  }

  async build() {
    const run = await this.forge(['build', '--quiet']);
    if (run.code !== 0) throw new Error(`The contracts do not compile.\n${run.stderr}`);
  }

  /// Runs forge in the copy. A run past `limitSeconds` is killed and answers with `timedOut`.
  forge(args, { env = {}, limitSeconds = 3_600 } = {}) {
    return new Promise((resolve) => {
      const child = spawn(join(checkout, 'node_modules', '.bin', 'forge'), args, {
        cwd: this.contracts,
        env: { ...process.env, NO_COLOR: '1', ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      this.#running.add(child);
      const run = { stdout: '', stderr: '', timedOut: false };
      const limit = setTimeout(() => {
        run.timedOut = true;
        child.kill('SIGKILL');
      }, limitSeconds * 1_000);
      child.stdout.on('data', (text) => { run.stdout += text; });
      child.stderr.on('data', (text) => { run.stderr += text; });
      child.on('close', (code) => {
        clearTimeout(limit);
        this.#running.delete(child);
        resolve({ ...run, code });
      });
    });
  }

  dispose() {
    rmSync(this.#root, { recursive: true, force: true });
  }

  #leave() {
    for (const child of this.#running) child.kill('SIGKILL');
    this.dispose();
    process.exit(1);
  }
}
