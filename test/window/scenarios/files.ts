import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

/** What the last run of the test has measured. */
export const MEASURED = join(ROOT, 'out/scenarios/numbers.json');

/** Where a screenshot of a failed test is kept. */
export const FAILURES = join(ROOT, 'out/scenarios/failures');

/** What the README quotes. */
export const KEPT = join(__dirname, 'numbers.json');
