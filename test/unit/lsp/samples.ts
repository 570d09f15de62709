import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FunctionFact } from '../../../src/core/facts';
import type { Finding } from '../../../src/core/finding';
import { ruleLanguageOf } from '../../../src/core/language';
import { LineIndex, type Range } from '../../../src/core/text';
import type { DatabaseView, DocumentView, Judged } from '../../../src/lsp/documentView';
import type { Measurement } from '../../../src/lsp/protocol';
import { buildSchema } from '../../../src/workspace/schema';
import { rule as nPlusOne } from '../../../src/rules/n-plus-one-query/rule';

export const FOLDER = 'file:///shop';

/** The range of the first place of `part` in `text`. */
export function rangeOf(text: string, part: string): Range {
  const start = text.indexOf(part);
  return new LineIndex(text).range({ start, end: start + part.length });
}

export function findingAt(text: string, part: string, more: Partial<Finding> = {}): Finding {
  return {
    id: 'n-plus-one-query-0123456789',
    rule: nPlusOne.meta.id,
    file: 'src/orders.ts',
    language: 'typescript',
    range: rangeOf(text, part),
    functionName: 'list',
    message: 'db.query runs once per item.',
    hint: '1 + 1,000 queries',
    cost: { unit: 'queries', variable: 'items in the loop', n: 1000, basis: 'declared', now: 1001, after: 2 },
    confidence: 'likely',
    heat: { heat: 'unknown', reason: '' },
    related: [],
    fixes: [],
    ...more,
  };
}

export function judged(finding: Finding, priority: Judged['priority'] = 'high'): Judged {
  return { finding, priority, evidence: 'estimate', reason: 'Hot path.' };
}

export function functionAt(text: string, declaration: string, name: string): FunctionFact {
  const range = rangeOf(text, declaration);
  return { name, range, nameRange: rangeOf(text, name), exportedAs: [], hash: 'h', isAsync: true, parameters: [], effects: [], calls: [] };
}

export function viewOf(
  text: string,
  findings: readonly Judged[],
  more: { file?: string; functions?: readonly FunctionFact[]; measurements?: ReadonlyMap<string, Measurement>; database?: DatabaseView } = {},
): DocumentView {
  const file = more.file ?? 'src/orders.ts';
  const uri = `${FOLDER}/${file}`;
  return {
    uri,
    file,
    language: ruleLanguageOf(file)!,
    text: TextDocument.create(uri, 'any', 1, text),
    judged: findings,
    queries: [],
    functions: more.functions ?? [],
    measurements: more.measurements ?? new Map(),
    database: more.database ?? { schema: buildSchema([]), sqlStrings: [], scaleOf: () => undefined },
    rule: (id) => (id === nPlusOne.meta.id ? nPlusOne.meta : undefined),
    uriOf: (other) => `${FOLDER}/${other}`,
  };
}

export const NOW = new Date(2026, 10, 22, 15, 0);

export const MEASURED: Measurement = {
  run: { id: '20261122T120400-abcdef', startedAt: new Date(2026, 10, 22, 12, 4).toISOString(), tool: 'node --cpu-prof' },
  selfShare: 0.62,
  totalShare: 0.8,
  stale: false,
};
