import type { Rule } from '../../core/rule';
import { isMeasured } from './instrumentation';

export interface Facts {
  /** The framework as its users call it: "Express", "FastAPI". */
  readonly framework: string;
  /** What to add, as an imperative phrase without a full stop. */
  readonly instead: string;
  /** The file starts the application itself, so that nothing else of a project is needed to know that it serves. */
  readonly isStarted: boolean;
}

/** Programs that are there to be read or tried out. */
const SAMPLES = /(?:^|[/_-])(?:examples?|demos?|samples?|templates?|playgrounds?|sandbox|docs?|tutorials?|benchmarks?|bench)(?:\/|[-_])/i;

export const rule: Rule<Facts> = {
  meta: {
    id: 'unmeasured-handler',
    title: 'Requests that nobody measures',
    family: 'observability',
    resource: 'network',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'unknown', after: 'measured' },
    cost: {
      unit: 'calls',
      variable: 'applications',
      assumedSize: 1,
      now: (n) => n,
      after: (n) => n,
      millisecondsPerUnit: 0,
    },
    effortMinutes: 30,
    validation: 'load',
  },

  link({ file, facts }, workspace) {
    // An application that stands alone and is not started is a sketch.
    if (!facts.isStarted && workspace.files(() => true).length < 2) return undefined;
    if (SAMPLES.test(file) || workspace.heatOf(file, '').heat === 'cold') return undefined;
    return isMeasured(file, workspace) ? undefined : { facts };
  },

  say({ framework, instead }) {
    return {
      message: `Nothing in this project measures the requests that this ${framework} application answers: no metrics, no tracing, no timing of its own. ${instead}.`,
      hint: 'no request is measured',
    };
  },
};
