/**
 * Calls a driver's function again and again and writes what it took.
 * Arguments: the driver's file, the file to write, and a task as JSON (see driver.mjs).
 * The written times are those of the measured window only.
 */
import { writeFileSync } from 'node:fs';
import { end, loadDriver, nowUs, timeCalls } from './driver.mjs';
import { plainResult } from './plainResult.mjs';

/** Shorter calls are timed in batches, because reading the clock would be most of their time. */
const SHORTEST_SAMPLE_MS = 0.02;

const [driverFile, outputFile, taskText = '{}'] = process.argv.slice(2);
const task = JSON.parse(taskText);
const driver = await loadDriver(driverFile, task);
const { options } = driver;
const context = await driver.setUp();
const result = task.keepResult ? plainResult(await driver.call(context)) : undefined;

const callMs = await warmUp();
const callsPerSample = Math.max(1, Math.ceil(SHORTEST_SAMPLE_MS / Math.max(callMs, 1e-6)));
const samples = [];
const startUs = nowUs();
const deadline = performance.now() + options.maximumSeconds * 1000;
while (samples.length < options.maximumCalls && (samples.length === 0 || performance.now() < deadline)) {
  samples.push(await timeCalls(driver, context, callsPerSample));
}
const endUs = nowUs();
await driver.tearDown(context);
writeFileSync(outputFile, JSON.stringify({ version: 1, startUs, endUs, callsPerSample, samples, result }));
end();

/** At most half of the allowed time. Returns the milliseconds of the last call. */
async function warmUp() {
  const deadline = performance.now() + options.maximumSeconds * 500;
  let last = 0;
  for (let i = 0; i < options.warmUpCalls && (i === 0 || performance.now() < deadline); i++) last = await timeCalls(driver, context, 1);
  return last;
}
