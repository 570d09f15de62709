import picomatch from 'picomatch';
import type { PerformanceConfig } from '../core/config';
import type { FileFacts, HeatSignal } from '../core/facts';
import type { Heat } from '../core/finding';
import type { HeatFlow } from './heatFlow';

export interface HeatJudgement {
  readonly heat: Heat;
  readonly reason: string;
}

/** Folders and files whose code runs rarely, by the conventions of the field. */
const COLD_PATHS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)(?:[\w-]*migrations?|alembic\/versions)\//i, 'a migration runs once'],
  [/(?:^|\/)(?:seeds?|seeders?|fixtures?)(?:\/|\.[^/]+$)/i, 'seed data is loaded rarely'],
  [/(?:^|\/)(?:scripts?|tools?|bin)\//i, 'a script is run by hand'],
  [/\.ipynb$/i, 'a notebook is run by hand'],
  [/(?:^|\/)management\/commands\//, 'a management command is run by hand'],
  [/(?:^|\/)(?:__tests__|(?:(?:integration|unit|functional|acceptance|load|smoke|system|e2e)[-_])?tests?|specs?|e2e)\/|\.(?:(?:client|server|unit|int|integration)?test|spec)\.[^/]+$|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/i, 'test code'],
  [/(?:^|\/)(?:setup|conftest|gulpfile|webpack\.config|vite\.config|next\.config|rollup\.config)\.[^/]+$/i, 'build or set-up code'],
];

const NO_SIGNALS: ReadonlyMap<string, HeatSignal> = new Map();

/** Decides how often code runs: performance.json first, then its path, the function's own signal, and its callers. */
export class HeatMap {
  private readonly signals = new WeakMap<FileFacts, ReadonlyMap<string, HeatSignal>>();
  /** What is known of all functions of a file, or null. */
  private readonly ofFile = new Map<string, HeatJudgement | null>();
  private readonly isHot: (file: string) => boolean;
  private readonly isCold: (file: string) => boolean;

  constructor(
    private readonly files: ReadonlyMap<string, FileFacts>,
    private readonly flow: HeatFlow,
    config: PerformanceConfig,
  ) {
    this.isHot = matcher([...config.paths.hot, ...config.requirements.flatMap(({ scope }) => scope ?? [])]);
    this.isCold = matcher(config.paths.cold);
  }

  of(file: string, functionName: string): HeatJudgement {
    return this.own(file, functionName) ?? this.fromCallers(file, functionName) ?? { heat: 'unknown', reason: 'no usage data' };
  }

  /** What is known of a function without its callers. */
  private own(file: string, functionName: string): HeatJudgement | undefined {
    let judgement = this.ofFile.get(file);
    if (judgement === undefined) this.ofFile.set(file, (judgement = this.byPath(file) ?? null));
    return judgement ?? this.signalOf(file, functionName);
  }

  private byPath(file: string): HeatJudgement | undefined {
    if (this.isCold(file)) return { heat: 'cold', reason: 'declared cold in performance.json' };
    if (this.isHot(file)) return { heat: 'hot', reason: 'declared hot in performance.json' };
    const cold = COLD_PATHS.find(([pattern]) => pattern.test(file));
    return cold && { heat: 'cold', reason: cold[1] };
  }

  /** A nested function runs with the function around it. */
  private fromCallers(file: string, functionName: string): HeatJudgement | undefined {
    for (const name of namesAround(functionName)) {
      const found = this.flow.of({ file, name }, (key) => this.own(key.file, key.name));
      if (found) return found;
    }
    return undefined;
  }

  /** A nested function is as hot as the function around it. */
  private signalOf(file: string, functionName: string): HeatJudgement | undefined {
    const signals = this.signalsOf(file);
    if (signals.size === 0) return undefined;
    for (const name of namesAround(functionName)) {
      const signal = signals.get(name);
      if (signal) return signal;
    }
    return undefined;
  }

  private signalsOf(file: string): ReadonlyMap<string, HeatSignal> {
    const facts = this.files.get(file);
    if (facts === undefined) return NO_SIGNALS;
    let signals = this.signals.get(facts);
    if (signals === undefined) {
      signals = new Map(facts.functions.flatMap(({ name, heat }) => (heat ? [[name, heat]] : [])));
      this.signals.set(facts, signals);
    }
    return signals;
  }
}

/** A qualified name and those of the functions and classes around it, from the inside out. */
function namesAround(functionName: string): string[] {
  const names: string[] = [];
  for (let name = functionName; name !== ''; name = name.slice(0, Math.max(name.lastIndexOf('.'), 0))) names.push(name);
  return names;
}

function matcher(globs: readonly string[]): (file: string) => boolean {
  return globs.length === 0 ? () => false : picomatch([...globs], { dot: true });
}
