import { buildReport, type ReportInput } from '../../src/report/build';
import type { Changes } from '../../src/report/changes';
import type { Report, ReportProof } from '../../src/report/model';
import type { PanelState, ToPanel } from '../../src/panel/protocol';
import { INPUTS } from '../unit/report/golden/inputs';

export const READY: PanelState = { hasWorkspace: true, trusted: true, hasAdvisor: false };

/** A golden report, so that panel and Markdown are tested on the same ones. */
export const golden = (name: string): Report => buildReport(INPUTS[name]!);

/** What "Explain This Query" shows on top of the report. */
export const explained: ReportProof = Object.values(golden('proved').recommendations).flat().find(({ id }) => id === 'searched')!.proof!;

export const goldenWithout = (name: string, ...findingIds: readonly string[]): Report => {
  const input: ReportInput = INPUTS[name]!;
  return buildReport({ ...input, findings: input.findings.filter(({ id }) => !findingIds.includes(id)) });
};

export const reportMessage = (seq: number, report: Report | null, state: PanelState = READY, changes: Changes | null = null): ToPanel => ({
  type: 'report', seq, report, changes, state,
});
