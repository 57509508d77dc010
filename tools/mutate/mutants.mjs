// Every mutant of one contract: of its own body, and of the bases and libraries of its room that are compiled into it.
import { dirname } from 'node:path';
import { lengthOf, offsetOf, OPERATORS } from './operators.mjs';

// Types, documentation and names do not run. A constructor's arguments to its bases do.
const SILENT = new Set([
  'ArrayTypeName', 'ElementaryTypeName', 'EnumDefinition', 'ErrorDefinition', 'EventDefinition', 'ImportDirective',
  'OverrideSpecifier', 'PragmaDirective', 'StructDefinition', 'StructuredDocumentation', 'UserDefinedTypeName',
  'UsingForDirective',
]);

/// In order of file and place. A mutant is { file, start, length, replacement, operator, line, code, original, scope },
/// where `code` is the line that it starts on.
export function mutantsOf({ file, name, trees }, textOf) {
  const parts = partsOf(file, name, trees);
  return [...parts].sort(([left], [right]) => (left < right ? -1 : 1)).flatMap(([source, nodes]) => {
    const bytes = textOf(source);
    const text = (node) => text.between(offsetOf(node), offsetOf(node) + lengthOf(node));
    text.between = (start, end) => bytes.subarray(start, end).toString();
    const found = [];
    for (const node of nodes) visit(node, undefined, node.name, (entry) => collect(entry, source, bytes, text, found));
    return found.sort((left, right) => left.start - right.start || left.length - right.length);
  });
}

/// The contract, its bases, and the libraries and free functions it can reach, as far as they stand in its room.
function partsOf(file, name, trees) {
  const room = dirname(file);
  const contracts = [...trees].flatMap(([source, tree]) => tree.nodes.map((node) => ({ source, node })));
  const target = contracts.find(({ source, node }) => source === file && node.name === name);
  if (target === undefined) throw new Error(`${file} has no contract ${name}.`);
  const bases = new Set(target.node.linearizedBaseContracts);
  const reached = closureOf(file, trees);
  const parts = new Map();
  for (const { source, node } of contracts) {
    const isBase = node.nodeType === 'ContractDefinition' && bases.has(node.id) && node.contractKind !== 'interface';
    const isLibrary = node.nodeType === 'ContractDefinition' && node.contractKind === 'library' && reached.has(source);
    const isFree = node.nodeType === 'FunctionDefinition' && reached.has(source);
    if (dirname(source) !== room || !(isBase || isLibrary || isFree)) continue;
    parts.set(source, [...(parts.get(source) ?? []), node]);
  }
  return parts;
}

function closureOf(file, trees) {
  const reached = new Set([file]);
  for (const source of reached) {
    const imports = trees.get(source).nodes.filter((node) => node.nodeType === 'ImportDirective');
    for (const { absolutePath } of imports) reached.add(absolutePath);
  }
  return reached;
}

function visit(node, parent, scope, see) {
  if (SILENT.has(node.nodeType)) return;
  see({ node, parent, scope });
  const inner = node.nodeType === 'FunctionDefinition' || node.nodeType === 'ModifierDefinition'
    ? `${scope}.${node.name || node.kind}` : scope;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'documentation' || value === null || typeof value !== 'object') continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.nodeType === 'string') visit(child, node, inner, see);
    }
  }
}

function collect({ node, parent, scope }, file, bytes, text, found) {
  for (const [operator, mutate] of Object.entries(OPERATORS)) {
    for (const replacement of mutate({ node, parent, text })) {
      const [start, length] = [offsetOf(node), lengthOf(node)];
      const line = bytes.subarray(0, start).filter((byte) => byte === 10).length + 1;
      const code = bytes.subarray(bytes.lastIndexOf(10, start) + 1, bytes.indexOf(10, start)).toString().trim();
      const mutant = { file, start, length, replacement, operator, line, code, original: text(node), scope };
      const isKnown = found.some((other) =>
        other.start === start && other.length === length && other.replacement === replacement);
      if (!isKnown && replacement !== mutant.original) found.push(mutant);
    }
  }
}
