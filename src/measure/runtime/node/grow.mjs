/**
 * Calls a driver's function with larger and larger sizes and writes one line of JSON for each, as soon as it is known:
 * a size that never ends costs only itself. Arguments: the driver's file, the file to write, and a task as JSON with
 * {"growth": {"sizes": [...]}} or {"growth": {"start", "largest", "longestCallMs", "mostBytes"}}.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import { end, loadDriver, timeCalls } from './driver.mjs';

const WARM_UP_MS = 200;
/** How long each size is measured, unless a single call takes longer. */
const SIZE_MS = 60;
const FEWEST_SAMPLES = 3;
/** A sample shorter than this is made of several calls, because reading the clock would be most of its time. */
const SHORTEST_SAMPLE_MS = 0.05;
/** More than n^3 on a doubled size: from there on sizes grow by small steps. */
const STEEP = 9;
const SMALL_STEP = 1 / 16;

const [driverFile, outputFile, taskText] = process.argv.slice(2);
const task = JSON.parse(taskText);
const { sizes, start, largest, longestCallMs = Infinity, mostBytes = Infinity } = task.growth;
const driver = await loadDriver(driverFile, task);
let isWarm = false;
writeFileSync(outputFile, '');
write({ end: sizes ? await measureAll(sizes) : await explore() });
end();

async function measureAll(list) {
  for (const size of list) await measure(size);
  return 'size';
}

/** Doubles the size until the next one would take too long or too much memory. @returns why it stopped. */
async function explore() {
  let size = start;
  let previous;
  let isSteep = false;
  while (size <= largest) {
    let point = await measure(size);
    // A machine that is busy with something else looks steep, too, but not twice.
    if (!isSteep && ratioOf(point, previous) > STEEP && point.fastest < longestCallMs / 2) point = await measure(size);
    if (point.bytes > mostBytes / 2) return 'memory';
    const ratio = ratioOf(point, previous);
    isSteep ||= ratio > STEEP;
    const next = isSteep ? size + Math.max(1, Math.round(size * SMALL_STEP)) : size * 2;
    // What doubles the size grows by a power at most as far as is known; what takes a small step, by its part of the last one.
    const part = isSteep && previous ? (next - size) / (size - previous.n) : 1;
    const expectedMs = point.fastest * Math.max(ratio, 1) ** part;
    if (expectedMs > longestCallMs || point.fastest > longestCallMs / 2) return 'time';
    previous = point;
    size = next;
  }
  return 'size';
}

/** How much longer a call takes than at the size before, where it takes long enough to tell. */
function ratioOf(point, previous) {
  return previous && point.fastest > SHORTEST_SAMPLE_MS ? point.fastest / previous.fastest : 1;
}

async function measure(size) {
  // Said first, so that whoever stops this knows at which size it hangs.
  write({ begins: size });
  const context = await driver.setUp(size);
  const callMs = await warmUp(context);
  const calls = Math.max(1, Math.ceil(SHORTEST_SAMPLE_MS / Math.max(callMs, 1e-6)));
  const samples = [];
  const deadline = performance.now() + SIZE_MS;
  while (samples.length < FEWEST_SAMPLES || performance.now() < deadline) {
    samples.push(await timeCalls(driver, context, calls));
    if (samples[0] > SIZE_MS * FEWEST_SAMPLES) break;
  }
  await driver.tearDown(context);
  const point = { n: size, ms: median(samples), fastest: Math.min(...samples), bytes: process.memoryUsage.rss() };
  write(point);
  return point;
}

/** The first size also lets the compiler see the function; later ones only settle. @returns the last call's milliseconds. */
async function warmUp(context) {
  const deadline = performance.now() + (isWarm ? SIZE_MS / 4 : WARM_UP_MS);
  isWarm = true;
  let last;
  do last = await timeCalls(driver, context, 1);
  while (performance.now() < deadline);
  return last;
}

function write(line) {
  appendFileSync(outputFile, `${JSON.stringify(line)}\n`);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
