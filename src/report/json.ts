import type { Failure } from '../core/failures';
import type { EvidenceKind, Finding, Priority } from '../core/finding';
import type { Cost } from '../core/rule';
import type { Range } from '../core/text';
import type { Judged } from './judgement';

/** Lines and columns from 1, as terminals and other tools count; columns are UTF-16 units. */
export interface JsonRange {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

export interface JsonFinding {
  readonly id: string;
  readonly rule: string;
  readonly file: string;
  readonly range: JsonRange;
  /** In a notebook: the cell, and the line and column in it. */
  readonly cell?: { readonly number: number; readonly line: number; readonly column: number };
  readonly priority: Priority;
  readonly evidence: EvidenceKind;
  readonly message: string;
  readonly title: string;
  /** Qualified name of the function around it; '' at top level. */
  readonly function: string;
  readonly reason: string;
  readonly arithmetic: string;
  readonly cost: Cost;
  readonly confidence: Finding['confidence'];
  readonly heat: Finding['heat'];
  readonly related: readonly { readonly file: string; readonly range: JsonRange; readonly message: string }[];
  readonly fixes: readonly { readonly title: string; readonly kind: 'safe' | 'suggestion' }[];
  /** The run behind `evidence: "measured"`. */
  readonly run?: string;
}

export interface CheckJson {
  readonly version: 1;
  readonly findings: readonly JsonFinding[];
  readonly failures: readonly Failure[];
}

/** What `check --format json` prints. The findings keep the order that they are given in. */
export function toCheckJson(judged: readonly Judged[], failures: readonly Failure[]): CheckJson {
  return { version: 1, findings: judged.map(toJsonFinding), failures };
}

function toJsonFinding({ finding, meta, judgement }: Judged): JsonFinding {
  return {
    id: finding.id,
    rule: finding.rule,
    file: finding.file,
    range: toJsonRange(finding.range),
    ...(finding.cell && { cell: { number: finding.cell.cell + 1, line: finding.cell.line + 1, column: finding.cell.character + 1 } }),
    priority: judgement.priority,
    evidence: judgement.evidence,
    message: finding.message,
    title: meta.title,
    function: finding.functionName,
    reason: judgement.reason,
    arithmetic: judgement.arithmetic,
    cost: finding.cost,
    confidence: finding.confidence,
    heat: finding.heat,
    related: finding.related.map(({ file, range, message }) => ({ file, range: toJsonRange(range), message })),
    fixes: finding.fixes.map(({ title, kind }) => ({ title, kind })),
    ...(judgement.evidence === 'measured' && { run: (judgement.measurement ?? judgement.proof)?.run.id }),
  };
}

function toJsonRange({ start, end }: Range): JsonRange {
  return {
    start: { line: start.line + 1, column: start.character + 1 },
    end: { line: end.line + 1, column: end.character + 1 },
  };
}
