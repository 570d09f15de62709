import { posix } from 'node:path';
import { FailureError, failures } from '../../core/failures';
import { type DriverChoice } from '../../measure';
import { attachNode, attachPython, declaredRate, loadRoute } from '../../measure/experiments';
import { loadVerdictText } from '../../report/service';
import { untilInterrupted } from '../interruption';
import type { Output } from '../output';
import type { AttachArguments, LoadArguments, RunsArguments } from './arguments';
import { exportStored } from './export';
import { printRuns } from './output';
import { overheadLines, runText } from './text';
import { openWorkspace } from './workspace';

/** Carries out `load`: starts the app of the current folder and drives a route of it. */
export async function load(args: LoadArguments, output: Output): Promise<number> {
  const { context, config } = await openWorkspace('.', args, output);
  const { route, path, script, seconds, connections, port } = args;
  const rate = args.rate ?? declaredRate(config, route);
  const choice: DriverChoice = { kind: 'script', language: 'typescript', runner: 'package-script', file: posix.join(args.package, 'package.json'), script, cwd: posix.normalize(args.package).replace(/^\.$|\/$/g, ''), label: `npm run ${script}${args.package ? ` (${args.package})` : ''}`, reason: 'starts the app' };
  const asked = { ...(rate && { ratePerSecond: rate }), ...(seconds && { seconds }), ...(connections && { connections }) };
  return untilInterrupted(async (signal) => {
    output.warn(`Starting ${choice.label}, and driving ${route}`);
    const run = await loadRoute({ choice, route, path, load: asked }, context, { signal, port, onOutput: output.stream });
    const code = printRuns([run], [], args, output);
    const verdict = loadVerdictText(run, config);
    if (verdict && args.format === 'text') output.print(`  ${verdict}\n`);
    return code;
  });
}

/** Carries out `attach`: profiles a running process of this machine. */
export async function attach(args: AttachArguments, output: Output): Promise<number> {
  const { target, seconds } = args;
  const { folder, store, functionsOf } = await openWorkspace('.', args, output);
  return untilInterrupted(async (signal) => {
    const options = { seconds, signal, functionsOf, onOutput: output.stream };
    const run =
      target.kind === 'python'
        ? await attachPython(target.pid, folder, store, options)
        : await attachNode(target.kind === 'inspector' ? { inspectorPort: target.port } : { pid: target.pid }, folder, store, options);
    return printRuns([run], [], args, output);
  });
}

/** Carries out `runs`: lists what was measured in the current folder, the newest last, or writes one of them for another tool. */
export async function runs(args: RunsArguments, output: Output): Promise<number> {
  const { format, exported } = args;
  if (exported) return exportStored(exported, output);
  const { store } = await openWorkspace('.', args, output);
  const stored = await store.list();
  if (stored.runs.length === 0 && format === 'text') throw new FailureError(failures.noRuns());
  if (format === 'json') return printRuns(stored.runs, stored.failures, args, output);
  const heads = stored.runs.map((run) => `${runText(run, output.style).split('\n')[0]} ${[run.status, ...overheadLines(run)].join(', ')}`);
  output.print(`${[...heads, ...stored.failures.map(({ message }) => message)].join('\n')}\n`);
  return 0;
}
