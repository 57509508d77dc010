// Which lines and branches of contracts/src the tests reach, as `forge coverage` counts them.
import { mkdirSync, readFileSync } from 'node:fs';

// Coverage compiles without the optimizer, so gas means nothing.
const ENVIRONMENT = { FORGE_SNAPSHOT_CHECK: 'false', FORGE_SNAPSHOT_EMIT: 'false' };

/// One { file, lines, branches } for each source; lines and branches are { found, hit, missed: [line numbers] }.
export async function coverageOf(workbench) {
  const report = workbench.path('cache', 'lcov.info');
  mkdirSync(workbench.path('cache'), { recursive: true });
  const args = ['coverage', '--report', 'lcov', '--report-file', report, '--exclude-tests'];
  let run = await workbench.forge(args, { env: ENVIRONMENT });
  if (run.stderr.includes('Stack too deep')) {
    run = await workbench.forge([...args, '--ir-minimum'], { env: ENVIRONMENT });
  }
  try {
    return parse(readFileSync(report, 'utf8')).filter(({ file }) => file.startsWith('src/'));
  } catch (error) {
    throw new Error(`forge coverage gave no report: ${run.stderr.slice(-4_000) || error.message}`);
  }
}

/// { found, hit } of all files together, for `kind` 'lines' or 'branches'.
export function totalOf(files, kind) {
  return files.reduce(
    (sum, file) => ({ found: sum.found + file[kind].found, hit: sum.hit + file[kind].hit }), { found: 0, hit: 0 });
}

// https://ltp.sourceforge.net/coverage/lcov/geninfo.1.php: DA is line,count; BRDA is line,block,branch,count or "-".
function parse(text) {
  const files = [];
  for (const line of text.split('\n')) {
    const [key, value] = [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)];
    if (key === 'SF') files.push({ file: value, lines: counter(), branches: counter() });
    const fields = value.split(',');
    if (key === 'DA') add(files.at(-1).lines, fields[0], fields[1]);
    if (key === 'BRDA') add(files.at(-1).branches, fields[0], fields[3]);
  }
  return files;
}

function counter() {
  return { found: 0, hit: 0, missed: [] };
}

function add(count, line, times) {
  count.found += 1;
  if (times === '0' || times === '-') count.missed.push(Number(line));
  else count.hit += 1;
}
