#!/usr/bin/env node
// Compiled contracts → src/Gplusck.Chain/Bindings: the ABI of each as JSON, a class of typed calls and events, and the
// structs they share. `node tools/bindings.mjs` writes the files, `--check` exits with 1 when they are not up to date.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contractFile, structsFile } from './bindings/files.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'src', 'Gplusck.Chain', 'Bindings');

const contracts = deployed();
compile();
const files = generate();
process.exit(process.argv.includes('--check') ? check(files) : write(files));

// What is deployed is bound: the fields of the struct in contracts/script/Contracts.sol.
function deployed() {
  const source = readFileSync(join(root, 'contracts', 'script', 'Contracts.sol'), 'utf8');
  const [, fields] = /struct Contracts \{([^}]*)\}/.exec(source);
  return [...fields.matchAll(/^ +(\w+) \w+;$/gm)].map(([, type]) => type);
}

function compile() {
  const forge = spawnSync(join(root, 'node_modules', '.bin', 'forge'), ['build', '--quiet'], {
    cwd: join(root, 'contracts'),
    encoding: 'utf8',
  });
  if (forge.status === 0) return;
  console.error(`The contracts do not compile.\n${forge.stderr ?? forge.error}`);
  process.exit(1);
}

function generate() {
  const files = new Map();
  const structs = new Map();
  for (const name of contracts) {
    const artifact = JSON.parse(readFileSync(join(root, 'contracts', 'out', `${name}.sol`, `${name}.json`), 'utf8'));
    files.set(`Abi/${name}.json`, `[\n${artifact.abi.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`);
    files.set(`${name}.g.cs`, contractFile(name, artifact, structs));
  }
  files.set('Structs.g.cs', structsFile(structs));
  return files;
}

function generatedFiles() {
  const list = (folder, ending) => {
    try {
      return readdirSync(join(target, folder)).filter((name) => name.endsWith(ending)).map((name) => folder + name);
    } catch (error) {
      if (error.code === 'ENOENT') return [];
      throw error;
    }
  };
  return [...list('', '.g.cs'), ...list('Abi/', '.json')];
}

function check(files) {
  const onDisk = new Map(generatedFiles().map((path) => [path, readFileSync(join(target, path), 'utf8')]));
  const paths = new Set([...files.keys(), ...onDisk.keys()]);
  const stale = [...paths].filter((path) => files.get(path) !== onDisk.get(path));
  if (stale.length === 0) return 0;
  console.error(`Not what the contracts give: ${stale.sort().join(', ')}. Run: node tools/bindings.mjs`);
  return 1;
}

function write(files) {
  mkdirSync(join(target, 'Abi'), { recursive: true });
  for (const path of generatedFiles()) if (!files.has(path)) rmSync(join(target, path));
  for (const [path, text] of files) writeFileSync(join(target, path), text);
  return 0;
}
