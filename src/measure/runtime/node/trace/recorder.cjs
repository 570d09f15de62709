'use strict';
const { PerformanceObserver, performance } = require('node:perf_hooks');
const { callers } = require('./callers.cjs');
const { EventLoopDelay } = require('./eventLoopDelay.cjs');

/** Taken before the program can put a clock of its own (fake timers) in its place. */
const now = performance.now.bind(performance);
const utilization = performance.eventLoopUtilization.bind(performance);

/** Where two kinds of operation are waited for at once, the wait is charged to the first of these. */
const WAITED_FOR = ['database', 'network', 'file'];
/** Looking for the caller costs more than a fast query, so after the first ones only every so many are looked at. */
const ALWAYS_LOOKED_AT = 32;
const LOOKED_AT_EVERY = 16;
/** Durations kept of each entry: enough for a p95. */
const KEPT_DURATIONS = 512;
/** A program that builds each statement anew would otherwise fill the memory. */
const MOST_ENTRIES = 5000;
/** Turning small things into text is not worth an entry; its time still counts. */
const SHORTEST_SERIALISATION_MS = 0.2;

/** Sums up operations, and splits the time between them so that no moment counts twice. Times in milliseconds. */
class Recorder {
  constructor() {
    this.ended = undefined;
    this.delay = new EventLoopDelay(now);
    this.reset();
  }

  /** Begins a window; what came before is forgotten. */
  begin() {
    this.reset();
    this.observer ??= this.observeGarbageCollection();
    this.observer.takeRecords();
    this.delay.begin();
  }

  /** Begins a window of that many calls, which `end` ends. */
  beginCalls(calls) {
    this.calls = calls;
    this.begin();
  }

  end() {
    this.flushIdle();
    this.addGarbage(this.observer.takeRecords());
    this.ended = now();
    this.delay.end();
  }

  reset() {
    this.libraries = new Map();
    this.entryCount = 0;
    this.isInside = false;
    this.sync = { database: 0, network: 0, file: 0, serialisation: 0 };
    this.waited = { database: 0, network: 0, file: 0, nothing: 0 };
    this.outstanding = { database: 0, network: 0, file: 0 };
    this.garbage = 0;
    this.started = now();
    this.lastIdle = idleMs();
  }

  /** Runs a call that blocks until it has its result. Operations inside of it are part of it. */
  timeSync(category, library, shapeOf, call, self, args) {
    if (this.isInside) return Reflect.apply(call, self, args);
    this.isInside = true;
    const start = now();
    try {
      return Reflect.apply(call, self, args);
    } finally {
      const ms = now() - start;
      this.isInside = false;
      this.sync[category] += ms;
      if (category !== 'serialisation' || ms >= SHORTEST_SERIALISATION_MS) this.add(category, library, shapeOf(), ms);
    }
  }

  /** Begins an operation that is waited for. @returns what is to be called once when it has ended. */
  start(category, library, shape, places = this.placesFor(category, library, shape)) {
    this.flushIdle();
    this.outstanding[category]++;
    const start = now();
    const { started } = this;
    let isOver = false;
    return () => {
      if (isOver || started !== this.started) return;
      isOver = true;
      this.flushIdle();
      this.outstanding[category]--;
      this.add(category, library, shape, now() - start, places);
    };
  }

  /** Charges the time without work since the last look to what was waited for. */
  flushIdle() {
    const idle = idleMs();
    const waitedFor = WAITED_FOR.find((category) => this.outstanding[category] > 0) ?? 'nothing';
    this.waited[waitedFor] += idle - this.lastIdle;
    this.lastIdle = idle;
  }

  add(category, library, shape, ms, places) {
    const found = this.shapeEntry(category, library, shape);
    const entry = places ? this.entryAt(found, places) : this.currentEntry(found);
    entry.count++;
    entry.totalMs += ms;
    if (ms > entry.maxMs) entry.maxMs = ms;
    if (entry.durations.length < KEPT_DURATIONS) entry.durations.push(ms);
    else if (Math.random() < KEPT_DURATIONS / entry.count) entry.durations[entry.count % KEPT_DURATIONS] = ms;
  }

  /** By two maps instead of one with a composed key, which would have to be composed for each operation. */
  shapeEntry(category, library, shape) {
    let byShape = this.libraries.get(library);
    if (!byShape) this.libraries.set(library, (byShape = new Map()));
    let found = byShape.get(shape);
    if (!found) byShape.set(shape, (found = { category, library, shape, seen: 0, last: undefined, entries: new Map() }));
    return found;
  }

  /** Where an operation that begins now was called, or the place of the one before where that is not looked at. */
  placesFor(category, library, shape) {
    return this.currentEntry(this.shapeEntry(category, library, shape)).places;
  }

  currentEntry(shape) {
    const seen = ++shape.seen;
    if (seen <= ALWAYS_LOOKED_AT || seen % LOOKED_AT_EVERY === 0) shape.last = this.entryAt(shape, callers());
    return shape.last;
  }

  entryAt(shape, places) {
    let entry = shape.entries.get(places.key);
    if (!entry) {
      if (++this.entryCount > MOST_ENTRIES && shape.last) return shape.last;
      entry = { places, count: 0, totalMs: 0, maxMs: 0, durations: [] };
      shape.entries.set(places.key, entry);
    }
    return entry;
  }

  observeGarbageCollection() {
    const observer = new PerformanceObserver((list) => this.addGarbage(list.getEntries()));
    observer.observe({ entryTypes: ['gc'] });
    return observer;
  }

  addGarbage(entries) {
    if (this.ended !== undefined) return;
    for (const { duration, startTime } of entries) if (startTime >= this.started) this.garbage += duration;
  }

  toJSON() {
    if (this.ended === undefined) this.end();
    const shapes = [...this.libraries.values()].flatMap((byShape) => [...byShape.values()]);
    const operations = shapes.flatMap(({ category, library, shape, entries }) =>
      [...entries.values()]
        .filter(({ count }) => count > 0)
        .map(({ places, count, totalMs, maxMs, durations }) => ({ category, library, shape, places: places.frames, count, totalMs, maxMs, durations })),
    );
    const { sync, waited, garbage, calls } = this;
    return { version: 1, wallMs: this.ended - this.started, calls, sync, waited, garbage, eventLoopDelay: this.delay.figures(), operations };
  }
}

/** How long the event loop has had nothing to do so far. */
function idleMs() {
  return utilization().idle;
}

exports.now = now;
exports.recorder = new Recorder();
