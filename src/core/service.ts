/** What a service did while it was driven at a bounded rate. */
export interface ServiceLoad {
  /** "GET /orders". */
  readonly route: string;
  /** Loopback only. */
  readonly url: string;
  readonly asked: { readonly ratePerSecond: number; readonly seconds: number; readonly connections: number };
  /** Answers a second. */
  readonly answeredPerSecond: number;
  readonly answers: number;
  /** Connections that broke, and answers that took too long. */
  readonly errors: number;
  /** Answers whose status was not 2xx. */
  readonly refusals: number;
  /** Of one processor, 0 to 1 and beyond for several; absent where the process could not be watched. */
  readonly cpu?: { readonly p50: number; readonly max: number };
  /** Resident bytes of the process. */
  readonly memory?: { readonly p50: number; readonly max: number };
  /** Bytes, where the system says. */
  readonly disk?: { readonly read: number; readonly written: number };
  readonly network: { readonly received: number };
}
