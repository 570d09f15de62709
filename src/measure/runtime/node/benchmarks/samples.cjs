'use strict';
const { callers } = require('../trace/callers.cjs');

/** How each library's samples are had. Times are kept in milliseconds for one call. */
exports.Samples = class Samples {
  constructor() {
    this.results = [];
    /** The file of the workspace that defined a benchmark, by the library's own object for it. */
    this.files = new WeakMap();
  }

  /** Version 2 to 6: {Bench, Task}. Each task is asked to keep its samples, and is looked at when it has run. */
  tinybench({ Bench, Task }) {
    const { files, results } = this;
    const noted = new WeakSet();
    const note = (task) => {
      const kept = task.result?.latency?.samples ?? task.result?.samples ?? [];
      if (kept.length === 0 || noted.has(task)) return;
      noted.add(task);
      results.push({ tool: 'tinybench', name: task.name, file: files.get(task), samples: [...kept] });
    };
    if (Bench) {
      const { add } = Bench.prototype;
      Bench.prototype.add = function (name, fn, options) {
        const added = Reflect.apply(add, this, [name, fn, { ...options, retainSamples: true }]);
        const task = this.getTask?.(name);
        if (task) files.set(task, fileOf(callers()));
        return added;
      };
    }
    for (const [name, isAsync] of [['run', true], ['runSync', false]]) {
      const run = Task?.prototype[name];
      if (typeof run !== 'function') continue;
      Task.prototype[name] = function (...args) {
        // Vitest 4 throws the samples away as soon as the task is complete, which is said after its cycle.
        this.addEventListener('cycle', () => note(this), { once: true });
        const done = Reflect.apply(run, this, args);
        if (!isAsync) note(this);
        return isAsync ? done.then((result) => (note(this), result)) : done;
      };
    }
  }

  /** Its trials return {runs: [{name, stats: {samples}}]}, in nanoseconds. */
  mitata({ B }) {
    const { results } = this;
    const { run } = B.prototype;
    B.prototype.run = async function (...args) {
      const trial = await Reflect.apply(run, this, args);
      for (const { name, stats } of trial.runs ?? []) {
        if (stats?.samples?.length > 0) results.push({ tool: 'mitata', name: name ?? trial.alias, samples: stats.samples.map((ns) => ns / 1e6) });
      }
      return trial;
    };
  }

  /** A benchmark emits "complete" with the means of its cycles, in seconds. */
  benchmarkJs(Benchmark) {
    if (typeof Benchmark?.prototype?.emit !== 'function') return;
    const { results } = this;
    const { emit } = Benchmark.prototype;
    Benchmark.prototype.emit = function (event, ...rest) {
      const type = typeof event === 'string' ? event : event?.type;
      const kept = this.stats?.sample ?? [];
      if (type === 'complete' && kept.length > 0) results.push({ tool: 'Benchmark.js', name: String(this.name ?? this.id), samples: kept.map((seconds) => seconds * 1000) });
      return Reflect.apply(emit, this, [event, ...rest]);
    };
  }
};

function fileOf({ frames }) {
  return frames.at(-1)?.script;
}
