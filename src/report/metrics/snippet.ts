import type { PerformanceConfig } from '../../core/config';
import type { Language } from '../../core/language';
import type { Snippet } from '../model';
import { PYTHON_FRAMEWORKS, PYTHON_RECORDERS } from './python';
import type { Framework, Recorder } from './stack';
import { TYPESCRIPT_FRAMEWORKS, TYPESCRIPT_RECORDERS } from './typescript';

interface Stack {
  readonly recorders: readonly [Recorder, ...Recorder[]];
  readonly frameworks: readonly Framework[];
}

const STACKS: Readonly<Record<'typescript' | 'python', Stack>> = {
  typescript: { recorders: TYPESCRIPT_RECORDERS, frameworks: TYPESCRIPT_FRAMEWORKS },
  python: { recorders: PYTHON_RECORDERS, frameworks: PYTHON_FRAMEWORKS },
};

/** Code that records the duration of every request as a histogram, with the libraries that the workspace has. */
export function snippetOf(
  wanted: Language | undefined,
  { packages, config }: { readonly packages: ReadonlySet<string>; readonly config: PerformanceConfig },
): Snippet {
  const language = wanted === 'python' || wanted === 'typescript' ? wanted : servesPython(packages) ? 'python' : 'typescript';
  const { recorders, frameworks } = STACKS[language];
  const known = recorders.find((recorder) => isUsed(recorder, packages));
  const recorder = known ?? recorders[0];
  const framework = frameworks.find((each) => isUsed(each, packages)) ;
  const missing = known === undefined ? ` The workspace depends on no library of metrics that is known here; install ${recorder.packages[0]} first.` : '';
  return {
    title: framework === undefined ? recorder.title : `${recorder.title} in ${framework.title}`,
    language,
    code: framework === undefined ? recorder.code(bucketsFor(config)) : `${framework.imports ?? ''}${recorder.code(bucketsFor(config))}\n${framework.code}`,
    note: `${framework?.place ?? 'Call record where a request ends, with its seconds by a monotonic clock.'}${missing} ${recorder.note}`,
  };
}

const servesPython = (packages: ReadonlySet<string>): boolean =>
  STACKS.python.frameworks.some((each) => isUsed(each, packages)) && !STACKS.typescript.frameworks.some((each) => isUsed(each, packages));

/** Python's names come in lower case, with hyphens from manifests and underscores from imports; modules may go on after the name. */
function isUsed({ packages: names }: { readonly packages: readonly string[] }, packages: ReadonlySet<string>): boolean {
  return names.some((name) => packages.has(name) || packages.has(name.replace(/-/g, '_')) || [...packages].some((each) => each.startsWith(`${name}/`) || each.startsWith(`${name}.`)));
}

/** Without a target: from what feels immediate to what nobody waits for. */
const COMMON_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A percentile is read between two bounds, so the targets themselves are bounds, with others around them. */
function bucketsFor({ requirements }: PerformanceConfig): readonly number[] {
  const targets = requirements.flatMap(({ latency }) => Object.values(latency)).filter((target) => Number.isFinite(target) && target > 0);
  if (targets.length === 0) return COMMON_BUCKETS;
  const bounds = targets.flatMap((target) => [target / 4, target / 2, target, target * 2, target * 4]).map((ms) => Number((ms / 1000).toPrecision(2)));
  return [...new Set(bounds)].sort((a, b) => a - b);
}
