/**
 * Everything the panel and the extension say to each other. Each side checks what it receives with the
 * guards below and drops what does not fit: a message is outside input to either of them.
 * The panel says `ready` when it can receive. It answers each message with `ack`, because a
 * delivered postMessage does not prove that a view was there to read it.
 */
import type { Validation } from '../core/rule';
import type { Range } from '../core/text';
import type { Changes } from '../report/changes';
import type { Report, ReportProof } from '../report/model';
import type { Chart, RunList } from '../report/runs/model';
import { type Check, isCount, isFlag, isText, messageOf, nullable, objectOf, oneOf, optional } from './check';
import { isReportProof } from './proofCheck';
import { isChanges } from './changesCheck';
import { isRange, isReport, isValidation } from './reportCheck';
import { isChart, isRunList } from './runsCheck';

/** What the panel must know besides the report. */
export interface PanelState {
  /** False when no folder is open. */
  readonly hasWorkspace: boolean;
  /** False in Restricted Mode, where nothing of the workspace may be run. */
  readonly trusted: boolean;
  /** Somebody was chosen to answer questions about the report. */
  readonly hasAdvisor: boolean;
}

/** A measurement or a proof that is under way. */
export interface Running {
  /** What runs, in a few words. */
  readonly label: string;
  /** Milliseconds since 1970, so that a page that comes up later knows how long it has taken. */
  readonly startedAt: number;
  /** What it is about, where that is one finding or one function. */
  readonly findingId?: string;
  readonly file?: string;
  readonly functionName?: string;
}

interface Numbered {
  /** Counts up from 1 in each view; the `ack` repeats it. */
  readonly seq: number;
}

export type ToPanel =
  /** `report` is null until the detector has been through once, `changes` until there was an earlier look at it. */
  | (Numbered & { readonly type: 'report'; readonly report: Report | null; readonly changes: Changes | null; readonly state: PanelState })
  /** What came of "Explain This Query" last; null when it was closed. */
  | (Numbered & { readonly type: 'explained'; readonly proof: ReportProof | null })
  /** What was measured; null until it is known. */
  | (Numbered & { readonly type: 'runs'; readonly runs: RunList | null })
  /** The chart that was asked for last; null when it was closed. */
  | (Numbered & { readonly type: 'chart'; readonly chart: Chart | null })
  /** null when nothing runs any more. */
  | (Numbered & { readonly type: 'progress'; readonly running: Running | null })
  /** Something the user asked for failed; the message names the next step. */
  | (Numbered & { readonly type: 'error'; readonly code: string; readonly message: string });

export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'ack'; readonly seq: number }
  | { readonly type: 'goTo'; readonly file: string; readonly range: Range }
  | { readonly type: 'applyFix'; readonly findingId: string }
  | { readonly type: 'profile'; readonly file: string; readonly functionName: string }
  /** Measures what tells whether a change of the function was worth it. */
  | { readonly type: 'validate'; readonly how: Validation; readonly findingId: string; readonly file: string; readonly functionName: string }
  /** Ends what is running. */
  | { readonly type: 'cancel' }
  | { readonly type: 'dismiss'; readonly findingId: string; readonly reason: string }
  /** One item of the report by its id, or the whole report. */
  | { readonly type: 'copyMarkdown'; readonly itemId?: string }
  /** One item as the text of an issue. */
  | { readonly type: 'copyIssue'; readonly itemId: string }
  /** The changes were seen. */
  | { readonly type: 'seen' }
  /** Asks a query planner about the advice of a finding. */
  | { readonly type: 'prove'; readonly findingId: string }
  | { readonly type: 'closeExplained' }
  | { readonly type: 'runBenchmark' }
  | { readonly type: 'openRule'; readonly rule: string }
  /** Asks the advisor about one item of the report. */
  | { readonly type: 'explain'; readonly itemId: string }
  | { readonly type: 'openRun'; readonly runId: string }
  /** Draws a run: by call stack, or how its samples are distributed. */
  | { readonly type: 'openChart'; readonly kind: Chart['kind']; readonly runId: string }
  | { readonly type: 'closeChart' }
  /** Asks for the format and the place, and writes the run there. */
  | { readonly type: 'exportRun'; readonly runId: string }
  /** The report as a tab of the editor. */
  | { readonly type: 'openInEditor' }
  | { readonly type: 'openConfig' }
  /** For the empty states: VS Code's own dialogs for trusting the workspace and for opening a folder. */
  | { readonly type: 'manageTrust' }
  | { readonly type: 'openFolder' };

type To<K extends ToPanel['type']> = Extract<ToPanel, { readonly type: K }>;
type From<K extends FromPanel['type']> = Extract<FromPanel, { readonly type: K }>;

const isRunning = objectOf<Running>({ label: isText, startedAt: isCount, findingId: optional(isText), file: optional(isText), functionName: optional(isText) });

const isPanelState = objectOf<PanelState>({ hasWorkspace: isFlag, trusted: isFlag, hasAdvisor: isFlag });

export const isToPanel: Check<ToPanel> = messageOf<ToPanel>({
  report: objectOf<To<'report'>>({
    type: oneOf('report'), seq: isCount, report: nullable(isReport), changes: nullable(isChanges), state: isPanelState,
  }),
  explained: objectOf<To<'explained'>>({ type: oneOf('explained'), seq: isCount, proof: nullable(isReportProof) }),
  runs: objectOf<To<'runs'>>({ type: oneOf('runs'), seq: isCount, runs: nullable(isRunList) }),
  chart: objectOf<To<'chart'>>({ type: oneOf('chart'), seq: isCount, chart: nullable(isChart) }),
  progress: objectOf<To<'progress'>>({ type: oneOf('progress'), seq: isCount, running: nullable(isRunning) }),
  error: objectOf<To<'error'>>({ type: oneOf('error'), seq: isCount, code: isText, message: isText }),
});

export const isFromPanel: Check<FromPanel> = messageOf<FromPanel>({
  ready: objectOf<From<'ready'>>({ type: oneOf('ready') }),
  ack: objectOf<From<'ack'>>({ type: oneOf('ack'), seq: isCount }),
  goTo: objectOf<From<'goTo'>>({ type: oneOf('goTo'), file: isText, range: isRange }),
  applyFix: objectOf<From<'applyFix'>>({ type: oneOf('applyFix'), findingId: isText }),
  profile: objectOf<From<'profile'>>({ type: oneOf('profile'), file: isText, functionName: isText }),
  validate: objectOf<From<'validate'>>({ type: oneOf('validate'), how: isValidation, findingId: isText, file: isText, functionName: isText }),
  cancel: objectOf<From<'cancel'>>({ type: oneOf('cancel') }),
  dismiss: objectOf<From<'dismiss'>>({ type: oneOf('dismiss'), findingId: isText, reason: isText }),
  copyMarkdown: objectOf<From<'copyMarkdown'>>({ type: oneOf('copyMarkdown'), itemId: optional(isText) }),
  copyIssue: objectOf<From<'copyIssue'>>({ type: oneOf('copyIssue'), itemId: isText }),
  seen: objectOf<From<'seen'>>({ type: oneOf('seen') }),
  prove: objectOf<From<'prove'>>({ type: oneOf('prove'), findingId: isText }),
  closeExplained: objectOf<From<'closeExplained'>>({ type: oneOf('closeExplained') }),
  runBenchmark: objectOf<From<'runBenchmark'>>({ type: oneOf('runBenchmark') }),
  openRule: objectOf<From<'openRule'>>({ type: oneOf('openRule'), rule: isText }),
  explain: objectOf<From<'explain'>>({ type: oneOf('explain'), itemId: isText }),
  openRun: objectOf<From<'openRun'>>({ type: oneOf('openRun'), runId: isText }),
  openChart: objectOf<From<'openChart'>>({ type: oneOf('openChart'), kind: oneOf('flame', 'distribution'), runId: isText }),
  closeChart: objectOf<From<'closeChart'>>({ type: oneOf('closeChart') }),
  exportRun: objectOf<From<'exportRun'>>({ type: oneOf('exportRun'), runId: isText }),
  openInEditor: objectOf<From<'openInEditor'>>({ type: oneOf('openInEditor') }),
  openConfig: objectOf<From<'openConfig'>>({ type: oneOf('openConfig') }),
  manageTrust: objectOf<From<'manageTrust'>>({ type: oneOf('manageTrust') }),
  openFolder: objectOf<From<'openFolder'>>({ type: oneOf('openFolder') }),
});
