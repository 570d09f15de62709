import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { FailureError, failures } from '../../core/failures';

/** A process of this machine that can be recorded while it runs. */
export interface RunningProcess {
  readonly kind: 'node' | 'python';
  readonly pid: number;
  /** The command line in one line, as the system knows it. */
  readonly command: string;
  /** Where its inspector listens, if it was started with one on a port of its own. */
  readonly inspectorPort?: number;
}

const run = promisify(execFile);
const LIST_MS = 10_000;
const MOST_OUTPUT = 16 * 2 ** 20;
const WINDOWS = 'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.CommandLine)" }';

/** Lists the Node and Python processes that may be recorded, without this one and those above it. Throws FailureError. */
export async function listProcesses(): Promise<readonly RunningProcess[]> {
  const [program, argv] = process.platform === 'win32' ? ['powershell.exe', ['-NoProfile', '-Command', WINDOWS]] as const : ['ps', ['-A', '-ww', '-o', 'pid=,args=']] as const;
  const { stdout } = await run(program, argv, { timeout: LIST_MS, maxBuffer: MOST_OUTPUT, windowsHide: true }).catch((error: unknown) => {
    throw new FailureError(failures.cannotAttach('The list of processes', error));
  });
  return parseProcesses(stdout).filter(({ pid }) => pid !== process.pid && pid !== process.ppid);
}

/** The lines "<pid> <command line>" of a system's list that are of a Node or Python program. */
export function parseProcesses(text: string): readonly RunningProcess[] {
  return text.split(/\r?\n/).flatMap((line): RunningProcess[] => {
    const [, pid, command] = /^\s*(\d+)\s+(\S.*?)\s*$/.exec(line) ?? [];
    const kind = command && kindOf(command);
    if (!kind || isEditor(command)) return [];
    const port = kind === 'node' ? inspectorPortOf(command) : undefined;
    return [{ kind, pid: Number(pid), command, ...(port && { inspectorPort: port }) }];
  });
}

function kindOf(command: string): RunningProcess['kind'] | undefined {
  const program = /^"([^"]+)"|^\S+/.exec(command);
  const name = basename((program?.[1] ?? program?.[0] ?? '').replaceAll('\\', '/')).replace(/\.exe$/i, '').toLowerCase();
  if (name === 'node' || name === 'nodejs') return 'node';
  return /^(?:python|pypy)[\d.]*w?$/.test(name) ? 'python' : undefined;
}

/** VS Code's own processes, and its servers of languages, are nobody's service. */
function isEditor(command: string): boolean {
  return /[\\/](?:\.?vscode(?:-server|-test)?|code-server|\.cursor-server)[\\/]|--type=(?:extensionHost|ptyHost|fileWatcher)|--clientProcessId=|tsserver\.js|--node-ipc\b/.test(command);
}

/** "--inspect" alone means port 9229; "0" means one that nobody but the process knows. */
function inspectorPortOf(command: string): number | undefined {
  const [, address] = /\s--inspect(?:-brk|-wait)?(?:=(\S+))?(?=\s|$)/.exec(command) ?? [];
  const given = /\s--inspect-port=(\S+)/.exec(command)?.[1] ?? address;
  if (given === undefined) return /\s--inspect(?:-brk|-wait)?(?=\s|$)/.test(command) ? 9229 : undefined;
  const port = Number(/(?:^|:)(\d+)$/.exec(given)?.[1]);
  return port > 0 ? port : undefined;
}
