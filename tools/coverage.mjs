#!/usr/bin/env node
// Line and branch coverage of contracts/src, file by file, and what no test reaches: `node tools/coverage.mjs`.
import { coverageOf, totalOf } from './contracts/coverage.mjs';
import { Workbench } from './contracts/workbench.mjs';

const workbench = new Workbench();
try {
  const files = await coverageOf(workbench);
  for (const { file, lines, branches } of files) {
    console.log(`${file}: lines ${share(lines)}, branches ${share(branches)}`);
    if (lines.missed.length > 0) console.log(`  lines not reached: ${lines.missed.join(', ')}`);
    if (branches.missed.length > 0) console.log(`  branches not taken, at lines: ${branches.missed.join(', ')}`);
  }
  console.log(`all: lines ${share(totalOf(files, 'lines'))}, branches ${share(totalOf(files, 'branches'))}`);
} finally {
  workbench.dispose();
}

function share({ found, hit }) {
  return found === 0 ? 'none' : `${hit}/${found} (${Math.round((10_000 * hit) / found) / 100} %)`;
}
