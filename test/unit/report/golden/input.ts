import { EMPTY_CONFIG } from '../../../../src/core/config';
import type { ReportInput } from '../../../../src/report/build';
import { NOTHING_KNOWN, RULES, unchanged } from '../support';

/** A workspace of which nothing is known, with whatever the report is about. */
export const input = (overrides: Partial<ReportInput>): ReportInput => ({
  findings: [],
  rules: RULES,
  runs: [],
  config: EMPTY_CONFIG,
  functionOf: unchanged,
  failures: [],
  workspaceName: 'orders',
  now: new Date('2026-11-22T20:30:00Z'),
  canProve: () => false,
  workspace: NOTHING_KNOWN,
  ...overrides,
});

/** A place in a line. */
export const at = (line: number) => ({ start: { line, character: 4 }, end: { line, character: 20 } });
