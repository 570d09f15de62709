'use strict';
/** Taken before the program can put timers of its own (fake timers) in their place. */
const { setInterval, clearInterval } = globalThis;

const INTERVAL_MS = 10;
/** A program of many minutes keeps the latest. */
const KEPT = 100_000;

/**
 * How late the event loop comes to a timer. The engine's own monitor forgets its last turn when it is reset, and so
 * would miss what happens at the begin of a window.
 */
exports.EventLoopDelay = class EventLoopDelay {
  constructor(now) {
    this.now = now;
    this.late = [];
  }

  begin() {
    this.end();
    this.late = [];
    this.due = this.now() + INTERVAL_MS;
    this.timer = setInterval(() => this.note(), INTERVAL_MS).unref();
  }

  /** A turn that is overdue at the end has been kept from coming, too. */
  end() {
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    this.timer = undefined;
    if (this.now() > this.due) this.note();
  }

  note() {
    const now = this.now();
    if (this.late.length < KEPT) this.late.push(Math.max(0, now - this.due));
    this.due = now + INTERVAL_MS;
  }

  /** Milliseconds; undefined where it never came to a turn. */
  figures() {
    if (this.late.length === 0) return undefined;
    const sorted = [...this.late].sort((a, b) => a - b);
    const at = (share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
    return { p50: at(0.5), p99: at(0.99), max: at(1) };
  }
};
