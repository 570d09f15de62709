/**
 * Calls a driver's function a known number of times, for recorders that count. Arguments: the driver's file, the file
 * to write, and a task as JSON (see driver.mjs). One call goes before, so that nothing is recorded of connecting. The times
 * of the calls are for the cost of the recording alone.
 */
import { writeFileSync } from 'node:fs';
import { end, loadDriver, timeCalls } from './driver.mjs';

/** Shorter calls are repeated, so that there is enough to take shares of. */
const WANTED_MS = 200;
const MOST_CALLS = 20;

const [driverFile, outputFile, taskText = '{}'] = process.argv.slice(2);
const driver = await loadDriver(driverFile, JSON.parse(taskText));
const recorder = globalThis[Symbol.for('performance-engineer.recorder')];
const context = await driver.setUp();
const callMs = await timeCalls(driver, context, 1);
const calls = Math.min(MOST_CALLS, Math.max(1, Math.ceil(WANTED_MS / callMs)));
recorder?.beginCalls(calls);
const samples = [];
await callAll(samples);
recorder?.end();
if (recorder?.beginRetained) {
  recorder.beginRetained();
  await callAll([]);
  recorder.endRetained();
}
await driver.tearDown(context);
writeFileSync(outputFile, JSON.stringify({ version: 1, calls, samples }));
end();

/** Between two calls the event loop has its turn, so that what waits for it is seen to wait. */
async function callAll(milliseconds) {
  for (let i = 0; i < calls; i++) {
    milliseconds.push(await timeCalls(driver, context, 1));
    await new Promise((turn) => setImmediate(turn));
  }
}
