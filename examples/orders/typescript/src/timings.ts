export interface RouteSummary {
  route: string;
  requests: number;
  averageMs: number;
  slowestMs: number;
}

const KEPT_PER_ROUTE = 1_000;

/** How long the latest requests of each route took, in milliseconds. */
export class Timings {
  readonly #durations = new Map<string, number[]>();

  record(route: string, durationMs: number): void {
    const durations = this.#durations.get(route) ?? [];
    durations.push(durationMs);
    if (durations.length > KEPT_PER_ROUTE) durations.splice(0, durations.length - KEPT_PER_ROUTE);
    this.#durations.set(route, durations);
  }

  summary(): RouteSummary[] {
    return [...this.#durations].map(([route, durations]) => ({
      route,
      requests: durations.length,
      averageMs: durations.reduce((sum, duration) => sum + duration, 0) / durations.length,
      slowestMs: Math.max(...durations),
    }));
  }
}
