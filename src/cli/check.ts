import { PRIORITIES } from '../core/finding';
import { EvidenceStore } from '../evidence/store';
import type { Judged } from '../report/judgement';
import { toCheckJson } from '../report/json';
import { rules as allRules } from '../rules/generated/rules';
import { UsageError, type CheckArguments } from './arguments';
import { renderCheckMarkdown } from './checkMarkdown';
import { renderCheckText } from './checkText';
import { loadConfiguration } from './configuration';
import { find } from './find';
import { judgeAll } from './judge';
import type { Output } from './output';
import { relativeTo, type CheckResult } from './result';
import { resolveTarget } from './target';

/** Carries out `check` and returns the exit code. @throws UsageError */
export async function check(args: CheckArguments, output: Output): Promise<number> {
  assertRulesExist(args.rules);
  const target = resolveTarget(args.paths, process.cwd());
  const { config, warnings } = await loadConfiguration(target, args.config);
  warnings.forEach(output.warn);
  const only = args.rules.length === 0 ? undefined : args.rules;
  const found = await find(target, { config, includeTests: args.includeTests, only, useCache: args.cache, types: args.types });
  const stored = await new EvidenceStore(target.workspace).list();
  const { judged, failures } = judgeAll(found, stored.runs, config);
  const result = relativeTo(target, { judged, failures: [...found.failures, ...failures, ...stored.failures], fileCount: found.fileCount });
  output.print(render(result, args.format, output));
  return fails(result.judged, args.failOn) ? 1 : 0;
}

function render(result: CheckResult, format: CheckArguments['format'], output: Output): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(toCheckJson(result.judged, result.failures), undefined, 2)}\n`;
    case 'markdown':
      return renderCheckMarkdown(result);
    case 'text':
      return renderCheckText(result, output.style);
  }
}

function fails(judged: readonly Judged[], failOn: CheckArguments['failOn']): boolean {
  if (failOn === 'none') return false;
  const lowest = PRIORITIES.indexOf(failOn);
  return judged.some(({ judgement }) => PRIORITIES.indexOf(judgement.priority) <= lowest);
}

function assertRulesExist(ids: readonly string[]): void {
  const known = allRules.map(({ meta }) => meta.id);
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0) throw new UsageError(`There is no rule ${unknown.join(', ')}. The rules are ${known.join(', ')}.`);
}
