import { writeFileSync } from 'node:fs';
import { reporters, type MochaOptions, type Runner } from 'mocha';
import { COUNTS_FILE, type Counts } from './counts';

/** Mocha's readable output, and the counts in a file for the runner that started it. */
export = class CountingReporter extends reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    runner.once('end', () => {
      const counts: Counts = { passed: this.stats.passes, failed: this.stats.failures + this.stats.pending };
      writeFileSync(process.env[COUNTS_FILE]!, JSON.stringify(counts));
    });
  }
};
