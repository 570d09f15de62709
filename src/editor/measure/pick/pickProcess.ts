import * as vscode from 'vscode';
import { FailureError, failures } from '../../../core/failures';
import type { Experiment, ProcessesResult, ProcessToRecord } from '../../../lsp/protocol';
import type { LastChoices } from './lastChoices';
import { problemOfNumber } from './inputs';

const TITLE = 'Attach to Running Process';
const DEFAULT_PORT = 9229;
const DURATIONS = [5, 10, 30, 60];

type Row = vscode.QuickPickItem & { readonly command?: string; readonly chosen?: ProcessToRecord | 'port' };

/** Asks which process is to be recorded and for how long; undefined when nothing is chosen. Throws FailureError. */
export async function pickProcess(found: ProcessesResult, last: LastChoices): Promise<Extract<Experiment, { kind: 'attach' }> | undefined> {
  const placeHolder = 'It goes on running; it is slowed down a little while it is recorded.';
  const row = await vscode.window.showQuickPick(rowsOf(found, last), { title: `${TITLE}: which one?`, placeHolder, matchOnDescription: true, matchOnDetail: true });
  if (row?.chosen === undefined) return undefined;
  const process = row.chosen === 'port' ? await askForPort() : row.chosen;
  if (process === undefined) return undefined;
  if (process.kind === 'python' && !found.canRecordPython) throw new FailureError(failures.pySpyMissing());
  if (row.command) last.remember('process', row.command);
  const seconds = await pickSeconds(`${TITLE}: for how long?`, last);
  return seconds === undefined ? undefined : { kind: 'attach', process, seconds };
}

/** How long something that runs is recorded. */
export async function pickSeconds(title: string, last: LastChoices): Promise<number | undefined> {
  const items = last.lastFirst('seconds', DURATIONS, String).map((seconds) => ({ label: `$(watch) ${seconds} s`, seconds }));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: 'Give it work to do meanwhile: what waits has no profile.' });
  if (picked) last.remember('seconds', String(picked.seconds));
  return picked?.seconds;
}

/** Processes with an inspector come first, because somebody has meant them to be looked into. */
function rowsOf({ processes, canRecordPython }: ProcessesResult, last: LastChoices): Row[] {
  const sorted = [...processes].sort((a, b) => Number(b.inspectorPort !== undefined) - Number(a.inspectorPort !== undefined) || b.pid - a.pid);
  const rows = last.lastFirst('process', sorted, ({ command }) => command).map(({ kind, pid, command, inspectorPort }): Row => {
    const how = kind === 'python' ? (canRecordPython ? 'by py-spy' : 'takes py-spy, which is not installed') : inspectorPort === undefined ? 'its inspector is opened on port 9229' : `inspector on port ${inspectorPort}`;
    return {
      label: `$(${kind === 'python' ? 'snake' : 'server-process'}) ${kind === 'python' ? 'Python' : 'Node'}, process ${pid}`,
      description: how,
      detail: command,
      command,
      chosen: inspectorPort === undefined ? { kind, pid } : { kind: 'inspector', port: inspectorPort },
    };
  });
  return [...rows, { label: '$(plug) A Node process by the port of its inspector…', chosen: 'port' }];
}

async function askForPort(): Promise<ProcessToRecord | undefined> {
  const given = await vscode.window.showInputBox({ title: TITLE, prompt: 'The port on this machine that node --inspect has printed.', value: String(DEFAULT_PORT), validateInput: (value) => problemOfNumber(value, 65_535) });
  return given === undefined ? undefined : { kind: 'inspector', port: Number(given) };
}
