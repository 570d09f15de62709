import { basename } from 'node:path';
import { reportInputOf } from '../advisor/facts/snapshot';
import { ProposalStore } from '../evidence/proposalStore';
import { EvidenceStore } from '../evidence/store';
import { buildReport } from '../report/build';
import { renderHtml } from '../report/html/html';
import { renderIssue } from '../report/issue';
import { renderMarkdown } from '../report/markdown';
import type { Report } from '../report/model';
import { loadAdvice } from '../rules/advice';
import { type ReportArguments, UsageError } from './arguments';
import { runBenchmarks } from './benchmark';
import { loadConfiguration } from './configuration';
import type { Output } from './output';
import { scan } from './scan';
import { resolveTarget } from './target';

const RENDERERS: Readonly<Record<ReportArguments['format'], (report: Report) => string>> = {
  markdown: renderMarkdown,
  json: (report) => `${JSON.stringify(report, undefined, 2)}\n`,
  html: renderHtml,
};

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
  }, await loadAdvice()));
  output.print(args.issue === undefined ? RENDERERS[args.format](built) : issueOf(built, args.issue));
  return unmeasured.length === 0 ? 0 : 1;
}

function issueOf(report: Report, id: string): string {
  const issue = renderIssue(report, id);
  if (issue === undefined) throw new UsageError(`The report has no item "${id}". report --format json lists them by id.`);
  return issue;
}
