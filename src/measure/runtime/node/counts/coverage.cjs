'use strict';
const { isOwn } = require('../trace/callers.cjs');

/** V8's precise coverage with block counts, of the scripts of the workspace. */
exports.Coverage = class Coverage {
  constructor(session) {
    this.session = session;
    this.result = undefined;
    session.post('Profiler.enable');
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** What came before is forgotten: taking the counts sets them back. */
  begin() {
    this.take();
  }

  end() {
    this.result = this.take();
  }

  take() {
    let taken = [];
    this.session.post('Profiler.takePreciseCoverage', (error, answer) => {
      if (!error) taken = answer.result.filter(({ url }) => isOwn(url));
    });
    return taken;
  }

  /** The counts with places in the script that was run, lines and columns from 0. */
  scripts() {
    this.result ??= this.take();
    return this.result.map(({ scriptId, url, functions }) => {
      const placeOf = this.placesIn(scriptId);
      const block = ({ startOffset, endOffset, count }) => ({ start: placeOf(startOffset), end: placeOf(endOffset), count });
      return {
        script: url,
        functions: functions.map(({ functionName, ranges: [whole, ...blocks] }) => ({ name: functionName, ...block(whole), blocks: blocks.map(block) })),
      };
    });
  }

  placesIn(scriptId) {
    let source = '';
    this.session.post('Debugger.getScriptSource', { scriptId }, (error, answer) => {
      if (!error) source = answer.scriptSource;
    });
    const starts = [0];
    for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
    return (offset) => {
      let low = 0;
      for (let high = starts.length; high - low > 1; ) {
        const middle = (low + high) >> 1;
        if (starts[middle] <= offset) low = middle;
        else high = middle;
      }
      return [low, offset - starts[low]];
    };
  }
};
