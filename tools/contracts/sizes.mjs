// How large the code of every contract of contracts/src is.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/// EIP-170: a chain takes no contract of more bytes.
export const SIZE_MAX = 24_576;

/// One { name, bytes } for each contract that can be deployed, libraries without an external function left out.
export function sizesOf(out) {
  const artifacts = readdirSync(out, { recursive: true }).filter((path) => path.endsWith('.json'));
  return artifacts.sort().flatMap((path) => {
    const { abi, deployedBytecode, metadata } = JSON.parse(readFileSync(join(out, path), 'utf8'));
    const [source, name] = Object.entries(metadata?.settings.compilationTarget ?? {})[0] ?? [''];
    const bytes = ((deployedBytecode?.object.length ?? 2) - 2) / 2;
    const isContract = source.startsWith('src/') && bytes > 0 && abi.some(({ type }) => type === 'function');
    return isContract ? [{ name, bytes }] : [];
  });
}
