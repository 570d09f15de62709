import { FailureError, failures } from '../../core/failures';
import { formatBytes, formatCount, formatDuration } from '../../core/format';
import { declaredEvidence, statedEvidence } from '../evidence/entries';
import type { Ledger } from '../evidence/ledger';
import type { FactSource, WorkspaceFact } from '../facts/query';
import { type ConfinedFiles, NotReadable } from '../files/confinedFiles';
import { fenced } from '../investigate';
import { redact } from '../privacy/redact';
import { findingLines, runLines } from '../tools/lines';
import { citing } from '../tools/tool';
import type { SubjectPlace } from './subject';

export interface Opening {
  readonly question: string;
  readonly subject: SubjectPlace;
  readonly fence: string;
  readonly ledger: Ledger;
  readonly facts: FactSource;
  readonly files: ConfinedFiles;
  readonly secrets: readonly string[];
  /** The conversation begins: the model has not seen the workspace yet. */
  readonly isFirst: boolean;
}

const FIRST_FINDINGS = 12;
const FIRST_RUNS = 5;
const MOST_LINES = 400;

/**
 * The message that a question becomes: the user's words, the code it is about, and at first what is known of the
 * workspace. Whatever is quoted enters the ledger. @throws FailureError where the code may not be sent.
 */
export async function openingMessage(opening: Opening, signal: AbortSignal): Promise<string> {
  const { question, subject, fence, secrets, isFirst } = opening;
  const code = await codeOf(opening);
  const known = isFirst ? await overview(opening, signal) : undefined;
  return [
    question,
    `The question is about ${subject.label}.${stated(opening)}`,
    ...(code === undefined ? [] : [fenced(fence, redact(code, secrets))]),
    ...(subject.itemId === undefined ? [] : [fenced(fence, await recommendation(opening, subject.itemId, signal))]),
    ...(known === undefined ? [] : ['What is known of the workspace:', fenced(fence, redact(known, secrets))]),
  ].join('\n\n');
}

/** What the user says may be quoted as theirs, which is less than measured. */
function stated({ question, ledger }: Opening): string {
  const evidence = statedEvidence(question);
  return evidence.values.length === 0 ? '' : ` Numbers in it are stated by the user, not measured: ${citing(ledger)(evidence)}.`;
}

async function codeOf({ subject: { file, lines, functionName }, files }: Opening): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    const read = await files.text(file);
    const all = read.text.split(/\r\n|\r|\n/);
    const first = lines?.first ?? 0;
    const last = Math.min(lines?.last ?? all.length - 1, first + MOST_LINES - 1, all.length - 1);
    const shown = all.slice(first, last + 1).map((line, i) => `${first + i + 1}\t${line}`);
    return `${read.file}${functionName ? `, ${functionName}` : ''}, lines ${first + 1} to ${last + 1} of ${all.length}:\n${shown.join('\n')}`;
  } catch (error) {
    if (error instanceof NotReadable) throw new FailureError(failures.notSent(file, error.message));
    throw error;
  }
}

async function recommendation({ facts, ledger }: Opening, itemId: string, signal: AbortSignal): Promise<string> {
  return findingLines(await facts.ask({ kind: 'findings', id: itemId }, signal), citing(ledger));
}

async function overview({ facts, ledger }: Opening, signal: AbortSignal): Promise<string> {
  const workspace = await facts.ask({ kind: 'workspace' }, signal);
  const findings = await facts.ask({ kind: 'findings', limit: FIRST_FINDINGS }, signal);
  const runs = await facts.ask({ kind: 'runs', limit: FIRST_RUNS }, signal);
  return [
    `${workspace.name}: ${formatCount(workspace.files)} files checked; findings: ${Object.entries(workspace.findings).map(([priority, count]) => `${count} ${priority}`).join(', ')}.`,
    ...declaredLines(workspace, ledger),
    'The first findings:',
    findingLines(findings, citing(ledger)),
    'The newest measurements:',
    runLines(runs, citing(ledger)),
    ...workspace.failures.map(({ message }) => `left out: ${message}`),
  ].join('\n');
}

function declaredLines(workspace: WorkspaceFact, ledger: Ledger): string[] {
  const { requirements, tables, collections } = workspace;
  if (requirements.length + tables.length + collections.length === 0) return ['performance.json declares neither targets nor sizes.'];
  const ids = declaredEvidence(workspace).map(citing(ledger));
  const texts = [
    ...requirements.map(({ subject, latency, throughput, memory }) => `target of ${subject}: ${[
      ...Object.entries(latency).map(([name, value]) => `${name} ${formatDuration(value)}`),
      ...(throughput === undefined ? [] : [`${formatCount(throughput)} requests/s`]),
      ...(memory === undefined ? [] : [formatBytes(memory)]),
    ].join(', ')}`),
    ...tables.map(({ name, rows, growthPerDay }) => `table ${name}: ${formatCount(rows)} rows${growthPerDay === undefined ? '' : `, ${formatCount(growthPerDay)} more a day`}`),
    ...collections.map(({ name, size }) => `${name}: ${formatCount(size)} items`),
  ];
  return ['Declared in performance.json:', ...texts.map((each, i) => `${ids[i]} ${each}`)];
}
