import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Run } from '../core/evidence';
import { EVIDENCE_FOLDER } from '../evidence/store';
import { costOfTarget, runMessage } from '../report/runs/message';
import { measurementOf, referenceTo } from './evidence';
import type { RunSummary } from './protocol';
import type { Session } from './session';

/** What the editor says of a run that has just ended. `root` is the absolute path of its folder. */
export function summaryOf(run: Run, session: Session, root: string): RunSummary {
  const cost = costOfTarget(run);
  return {
    run: referenceTo(run),
    status: run.status,
    failure: run.failure,
    measurement: cost && measurementOf(run, cost, session.functionOf(cost.file, cost.functionName)),
    benchmarks: run.benchmarks.map(({ samples: _, ...benchmark }) => benchmark),
    message: runMessage(run, session.configuration.current),
    caveats: run.caveats,
    raw: run.raw && pathToFileURL(join(root, EVIDENCE_FOLDER, run.raw)).href,
  };
}
