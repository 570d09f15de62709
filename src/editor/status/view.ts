import { formatCount } from '../../core/format';
import type { ServerStatus } from '../../lsp/protocol';
import type { CommandId } from '../contributions/commands';

/** What the language status item shows. */
export interface StatusView {
  readonly text: string;
  readonly detail: string;
  readonly isBusy: boolean;
  readonly isFailed: boolean;
  readonly command: { readonly title: string; readonly command: CommandId };
}

const REPORT = { title: 'Report', command: 'performanceEngineer.showReport' } as const;
const LOG = { title: 'Log', command: 'performanceEngineer.showLog' } as const;
const RESTART = { title: 'Restart', command: 'performanceEngineer.restartServer' } as const;

export function statusView(status: ServerStatus): StatusView {
  const working = { isBusy: true, isFailed: false, command: LOG };
  switch (status.state) {
    case 'starting':
      return { text: 'Performance', detail: 'starting', ...working };
    case 'scanning':
      return { text: 'Performance', detail: `checked ${formatCount(status.done)} of ${formatCount(status.total)} files`, ...working };
    case 'ready':
      return {
        text: counted(status.findings, 'performance finding'),
        detail: [
          `in ${counted(status.files, 'file')}`,
          ...(status.failures > 0 ? [`${formatCount(status.failures)} left out, the report says why`] : []),
        ].join(', '),
        isBusy: false,
        isFailed: false,
        command: REPORT,
      };
    case 'failed':
      return { text: 'Performance stopped', detail: status.message, isBusy: false, isFailed: true, command: RESTART };
  }
}

function counted(count: number, noun: string): string {
  return `${count === 0 ? 'No' : formatCount(count)} ${count === 1 ? noun : `${noun}s`}`;
}
