// solc in this process, on the sources of a workbench. Many mutants of one contract are compiled in one call: each has
// its own copies of the files that see the change, and shares all others.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { posix } from 'node:path';

const solc = createRequire(import.meta.url)('solc');

export class Compiler {
  #workbench;
  #settings;
  #texts = new Map();

  /// `configuration`: what `forge config --json` says, so that both compile alike.
  constructor(workbench, configuration) {
    this.#workbench = workbench;
    this.#settings = {
      optimizer: { enabled: configuration.optimizer, runs: configuration.optimizer_runs },
      evmVersion: configuration.evm_version,
      viaIR: configuration.via_ir,
      metadata: { bytecodeHash: configuration.bytecode_hash, appendCBOR: configuration.cbor_metadata },
    };
  }

  /// The bytes of a source; the compiler's offsets count bytes.
  text(name) {
    if (!this.#texts.has(name)) {
      const folder = name.startsWith('@') ? ['node_modules'] : [];
      this.#texts.set(name, readFileSync(this.#workbench.path(...folder, name)));
    }
    return this.#texts.get(name);
  }

  /// Syntax trees of `name` and of all it imports, by name.
  trees(name) {
    const { errors = [], sources } = this.#run(new Map([[name, this.text(name)]]), { '*': { '': ['ast'] } });
    const failure = errors.find((error) => error.severity === 'error');
    if (failure) throw new Error(failure.formattedMessage);
    return new Map(Object.entries(sources).map(([source, { ast }]) => [source, ast]));
  }

  /// The contract's `evm` output for each mutant; undefined where the mutant does not compile.
  compile({ file, name, trees }, mutants) {
    const text = (path) => this.text(path);
    const variants = mutants.map((mutant, index) => variantOf(mutant, `variant${index}/`, trees, text));
    const compileSome = (indices) => {
      if (indices.length === 0) return new Map();
      const sources = new Map(indices.flatMap((index) => [...variants[index]]));
      const selection = Object.fromEntries(indices.map((index) =>
        [`variant${index}/${file}`, { [name]: ['evm.bytecode', 'evm.deployedBytecode'] }]));
      const { errors = [], contracts } = this.#run(sources, selection);
      const failures = errors.filter((error) => error.severity === 'error');
      if (failures.length === 0) {
        return new Map(indices.map((index) => [index, contracts[`variant${index}/${file}`][name].evm]));
      }
      const failed = new Set(failures.map((error) => Number(/^variant(\d+)/.exec(error.sourceLocation?.file)?.[1])));
      const rest = indices.filter((index) => !failed.has(index));
      if (rest.length < indices.length) return compileSome(rest);
      if (indices.length === 1) return new Map();
      // An error without a place, such as too deep a stack: halving finds whose it is.
      const middle = indices.length >> 1;
      return new Map([...compileSome(indices.slice(0, middle)), ...compileSome(indices.slice(middle))]);
    };
    const compiled = compileSome(mutants.map((_, index) => index));
    return mutants.map((_, index) => compiled.get(index));
  }

  #run(sources, outputSelection) {
    const input = {
      language: 'Solidity',
      sources: Object.fromEntries([...sources].map(([name, text]) => [name, { content: text.toString() }])),
      settings: { ...this.#settings, outputSelection },
    };
    const find = (name) => {
      try {
        return { contents: this.text(name).toString() };
      } catch (error) {
        return { error: error.message };
      }
    };
    return JSON.parse(solc.compile(JSON.stringify(input), { import: find }));
  }
}

/// Copies, under `folder`, of the mutated file and of all that import it, with the change made in the first.
function variantOf(mutant, folder, trees, text) {
  const importsOf = (name) => trees.get(name).nodes.filter((node) => node.nodeType === 'ImportDirective');
  const seeing = new Set([mutant.file]);
  for (let before = 0; before < seeing.size;) {
    before = seeing.size;
    for (const name of trees.keys()) {
      if (importsOf(name).some((directive) => seeing.has(directive.absolutePath))) seeing.add(name);
    }
  }
  return new Map([...seeing].map((name) => {
    const edits = importsOf(name).map((directive) => {
      const [start, length] = directive.src.split(':').map(Number);
      const path = seeing.has(directive.absolutePath) ? folder + directive.absolutePath : directive.absolutePath;
      const statement = text(name).subarray(start, start + length).toString();
      return { start, length, replacement: statement.replace(`"${directive.file}"`, `"${path}"`) };
    });
    if (name === mutant.file) edits.push(mutant);
    return [posix.join(folder, name), edited(text(name), edits)];
  }));
}

/// `bytes` with each [start, start + length) replaced.
export function edited(bytes, edits) {
  const parts = [];
  let end = 0;
  for (const { start, length, replacement } of edits.toSorted((left, right) => left.start - right.start)) {
    parts.push(bytes.subarray(end, start), Buffer.from(replacement));
    end = start + length;
  }
  return Buffer.concat([...parts, bytes.subarray(end)]);
}
