import { basename } from 'node:path';
import { reportInputOf } from '../advisor/facts/snapshot';
import { ProposalStore } from '../evidence/proposalStore';
import { EvidenceStore } from '../evidence/store';
import { buildReport } from '../report/build';
import { renderMarkdown } from '../report/markdown';
import type { ReportArguments } from './arguments';
import { runBenchmarks } from './benchmark';
import { loadConfiguration } from './configuration';
import type { Output } from './output';
import { scan } from './scan';
import { resolveTarget } from './target';

/** Carries out `report` and returns the exit code. @throws UsageError */
export async function report(args: ReportArguments, output: Output): Promise<number> {
  const target = resolveTarget([args.path], process.cwd());
  const { config, warnings } = await loadConfiguration(target, args.config);
  warnings.forEach(output.warn);
  const { detector, failures } = await scan(target, { config, useCache: args.cache });
  const store = new EvidenceStore(target.workspace);
  const unmeasured = args.runBenchmark ? await runBenchmarks(target.workspace, detector, store, output) : [];
  const stored = await store.list();
  const proposed = await new ProposalStore(target.workspace).list();
  const built = buildReport(reportInputOf(detector, {
    name: basename(target.workspace),
    runs: stored.runs,
    config,
    proposals: proposed.proposals,
    failures: [...unmeasured, ...failures, ...stored.failures, ...proposed.failures],
    now: new Date(),
  }));
  output.print(args.format === 'json' ? `${JSON.stringify(built, undefined, 2)}\n` : renderMarkdown(built));
  return unmeasured.length === 0 ? 0 : 1;
}
