import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FailureError } from '../../src/core/failures';
import type { CandidateProof, PlanNode } from '../../src/core/proof';
import { EMPTY_CONFIG } from '../../src/core/config';
import type { WorkspaceView } from '../../src/core/workspaceView';
import { createDetector } from '../../src/detect/detector';
import type { ScratchEngine } from '../../src/prove/engines/engine';
import { openPglite } from '../../src/prove/engines/pglite';
import { makeProofPlan } from '../../src/prove/plan/makeProofPlan';
import type { SqlSource } from '../../src/prove/plan/support';
import { proveInScratch } from '../../src/prove/run/prove';
import { subjectOfFinding, type Subject } from '../../src/prove/subject';
import { loadSqlParser } from '../../src/syntax/sql/parser';
import { listSourceFiles, readSource } from '../../src/workspace/files';

/*
 * Proves the index recommendations of repositories at a declared scale, and prints predicted against measured as rows of
 * test/precision/sql-proof.md:
 *
 *   npx tsx test/precision/sqlProof.ts <repository>...
 */

/** What is declared for the table of each recommendation. */
export const DECLARED_ROWS = 100_000;
/** Different recommendations of one repository that are tried. */
const PER_REPOSITORY = 6;

export interface Measured {
  readonly index: string;
  readonly place: string;
  readonly outcome: string;
  /** Rows of the table that were generated. */
  readonly rows: number;
  /** Rows of the table that were read, before and after. */
  readonly rowsRead: readonly [number, number];
  readonly before?: number;
  readonly after?: number;
  readonly ratio?: number;
  /** With the most common value. */
  readonly frequentRatio?: number;
  readonly reason: string;
}

/** Tries one recommendation with its table at the declared scale. Returns why it could not be tried as a sentence. */
export async function measure(subject: Subject, workspace: WorkspaceView, sources: readonly SqlSource[], engine: ScratchEngine): Promise<Measured | string> {
  const [first] = subject.candidates;
  const table = first!.candidate.table;
  const rowsOf = (name: string) => (name.toLowerCase() === table.toLowerCase() ? DECLARED_ROWS : undefined);
  // It inherits, as a view's methods belong to an object that a spread would leave behind.
  const scaled = Object.assign(Object.create(workspace) as WorkspaceView, { rowsOf });
  try {
    const limits = { loadMs: 300_000, measureMs: 30_000 };
    const plan = makeProofPlan({ ...subject, engine: 'pglite', limits }, scaled, sources);
    const proof = await proveInScratch(plan, engine, () => undefined);
    const generated = proof.data.kind === 'synthetic' ? proof.data.tables.find((each) => each.table === table) : undefined;
    return measuredOf(proof.candidates[0]!, table, generated?.rows ?? NaN, `${subject.subject.file}:${subject.subject.line + 1}`);
  } catch (error) {
    return error instanceof FailureError ? error.failure.message : String(error);
  } finally {
    await engine.run('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  }
}

function measuredOf({ title, outcome, reason, trials }: CandidateProof, table: string, rows: number, place: string): Measured {
  const [selective, frequent] = trials;
  return {
    index: title.replace(/^Index on /, ''),
    place,
    outcome,
    reason,
    rows,
    rowsRead: [rowsRead(selective?.before.plan, table), rowsRead(selective?.after.plan, table)],
    before: selective?.before.medianMs,
    after: selective?.after.medianMs,
    ratio: selective?.ratio,
    frequentRatio: frequent?.ratio,
  };
}

function rowsRead(node: PlanNode | undefined, table: string): number {
  if (node === undefined) return NaN;
  const own = node.relation === table ? ((node.rows ?? 0) + (node.removedRows ?? 0)) * (node.loops ?? 1) : 0;
  return own + node.children.reduce((sum, child) => sum + rowsRead(child, table), 0);
}

async function proveRepository(folder: string): Promise<void> {
  const detector = createDetector({ config: EMPTY_CONFIG, only: ['missing-index'] });
  for (const file of (await listSourceFiles(folder)).files) {
    const reading = await readSource(folder, file);
    if (reading.kind === 'source') await detector.update(file, reading.text);
  }
  const sources = detector.workspaceFrom('').files((path) => path.endsWith('.sql')).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
  const tried = new Set<string>();
  const engine = await openPglite([]);
  for (const finding of detector.check().findings) {
    if (tried.size >= PER_REPOSITORY || detector.proofCase(finding) === undefined) continue;
    const subject = subjectOfFinding(detector, finding);
    const key = JSON.stringify(subject.candidates[0]?.candidate);
    if (tried.has(key)) continue;
    tried.add(key);
    const measured = await measure(subject, detector.workspaceFrom(finding.file), sources, engine);
    console.log(typeof measured === 'string' ? `<!-- ${basename(folder)} ${key}: ${measured} -->` : rowOf(basename(folder), measured));
  }
  await engine.close();
}

const round = (value: number | undefined): string => (value === undefined ? '' : Number(value.toPrecision(3)).toLocaleString('en-US'));

export function rowOf(repository: string, { index, place, outcome, rows, rowsRead: [now, then], before, after, ratio, frequentRatio, reason }: Measured): string {
  const predicted = `${DECLARED_ROWS.toLocaleString('en-US')} → ${Math.ceil(Math.log2(DECLARED_ROWS)) + 20}`;
  const why = outcome === 'proved' ? '' : reason;
  return `| ${repository} | \`${index}\` | \`${place}\` | ${rows.toLocaleString('en-US')} | ${predicted} | ${round(now)} → ${round(then)} | ${round(before)} → ${round(after)} | ${round(ratio)} | ${round(frequentRatio)} | ${outcome} | ${why} |`;
}

if (require.main === module) {
  void (async () => {
    await loadSqlParser();
    for (const folder of process.argv.slice(2)) await proveRepository(folder);
  })();
}
