import type { Rule } from '../../core/rule';

export interface Facts {
  /** The call that writes: "writeFile", "multer.diskStorage", "file.save". */
  readonly call: string;
  /** What it leaves on the disk: "a file", "uploads". */
  readonly what: string;
  /** It is set up once and writes for every request. */
  readonly isSetUp: boolean;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'local-disk-state',
    title: 'State written to the local disk by a handler',
    family: 'scalability',
    resource: 'io',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'none',
    complexity: { now: 'one machine', after: 'any number of machines' },
    cost: {
      unit: 'calls',
      variable: 'requests that write',
      assumedSize: 100,
      now: (n) => n,
      after: () => 0,
      millisecondsPerUnit: 0.01,
    },
    effortMinutes: 120,
    validation: 'load',
  },

  link({ file, functionName, facts, language, confidence }, workspace) {
    const { heat, reason } = workspace.heatOf(file, functionName);
    if (heat !== 'hot' && !(facts.isSetUp && heat !== 'cold')) return undefined;
    // In Python what a function far below a handler writes is often its own: only the handler and what names a request count.
    if (confidence === 'possible' && language === 'python' && /^reached from/.test(reason)) return undefined;
    // An application that is one process by design keeps its files on purpose.
    return language === 'typescript' && !facts.isSetUp ? { facts, confidence: 'possible' } : { facts };
  },

  say({ call, what, isSetUp }) {
    const who = isSetUp ? `${call} puts ${what} on the local disk` : `${call} writes ${what} to the local disk, in code that answers requests or works for them`;
    return {
      message: `${who}: no other machine has it, and it is gone with the container. Put it into object storage, the database or a shared volume.`,
      hint: 'on this disk only',
    };
  },
};
