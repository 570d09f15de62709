/**
 * Calls a driver's function again and again and writes what it took.
 * Arguments: the driver's file, the file to write. The driver exports `call`, and where it needs
 * them `setUp`, `tearDown` and `options`. The written times are those of the measured window only.
 */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const DEFAULTS = { warmUpCalls: 20, maximumCalls: 1000, maximumSeconds: 3 };
/** Shorter calls are timed in batches, because reading the clock would be most of their time. */
const SHORTEST_SAMPLE_MS = 0.02;

const [driverFile, outputFile] = process.argv.slice(2);
const driver = await import(pathToFileURL(driverFile).href);
const options = { ...DEFAULTS, ...driver.options };
const context = await driver.setUp?.();

const callMs = await warmUp();
const callsPerSample = Math.max(1, Math.ceil(SHORTEST_SAMPLE_MS / Math.max(callMs, 1e-6)));
const samples = [];
const startUs = nowUs();
const deadline = performance.now() + options.maximumSeconds * 1000;
while (samples.length < options.maximumCalls && (samples.length === 0 || performance.now() < deadline)) {
  samples.push(await sample(callsPerSample));
}
const endUs = nowUs();
await driver.tearDown?.(context);
writeFileSync(outputFile, JSON.stringify({ version: 1, startUs, endUs, callsPerSample, samples }));

/** The clock of V8's profiles: microseconds of the monotonic clock. */
function nowUs() {
  return Number(process.hrtime.bigint() / 1000n);
}

/** At most half of the allowed time. Returns the milliseconds of the last call. */
async function warmUp() {
  const end = performance.now() + options.maximumSeconds * 500;
  let last = 0;
  for (let i = 0; i < options.warmUpCalls && (i === 0 || performance.now() < end); i++) last = await sample(1);
  return last;
}

/** Milliseconds per call. Only promises are awaited: awaiting a plain value would add a turn of the queue. */
async function sample(calls) {
  const start = performance.now();
  for (let i = 0; i < calls; i++) {
    const result = driver.call(context);
    if (typeof result?.then === 'function') await result;
  }
  return (performance.now() - start) / calls;
}
