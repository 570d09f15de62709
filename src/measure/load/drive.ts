import type autocannonType from 'autocannon';
import { FailureError, failures } from '../../core/failures';

/** A load never goes beyond these, whatever is asked for. */
export const LIMITS = { ratePerSecond: 1000, seconds: 120, connections: 100 };

export interface LoadRequest {
  readonly url: string;
  readonly method: string;
  readonly ratePerSecond: number;
  readonly seconds: number;
  readonly connections: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface LoadResult {
  /** Milliseconds of each answer, in the order they came. */
  readonly latencies: readonly number[];
  readonly refusals: number;
  readonly errors: number;
  readonly seconds: number;
  readonly receivedBytes: number;
}

const NOTHING_SENT: LoadResult = { latencies: [], refusals: 0, errors: 0, seconds: 0, receivedBytes: 0 };

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/;

/** Sends requests at a bounded rate to an address of this machine, and to no other. Throws FailureError. */
export async function drive({ url, method, ratePerSecond, seconds, connections, headers, body }: LoadRequest, signal?: AbortSignal): Promise<LoadResult> {
  if (!LOOPBACK.test(new URL(url).hostname)) throw new FailureError(failures.notLoopback(url));
  if (signal?.aborted) return NOTHING_SENT;
  const { default: autocannon } = (await import('autocannon')) as unknown as { default: typeof autocannonType };
  const latencies: number[] = [];
  let refusals = 0;
  const result = await new Promise<autocannonType.Result>((resolve, reject) => {
    const instance = autocannon(
      {
        url,
        method: method as autocannonType.Request['method'],
        overallRate: Math.min(ratePerSecond, LIMITS.ratePerSecond),
        duration: Math.min(seconds, LIMITS.seconds),
        connections: Math.min(connections, LIMITS.connections),
        ...(headers && { headers }),
        ...(body !== undefined && { body }),
      },
      (error, finished) => (error ? reject(error) : resolve(finished)),
    );
    instance.on('response', (_client, status, _bytes, milliseconds) => {
      if (status < 200 || status > 299) refusals++;
      latencies.push(milliseconds);
    });
    signal?.addEventListener('abort', () => instance.stop());
  });
  return { latencies, refusals, errors: result.errors, seconds: result.duration, receivedBytes: result.throughput.total };
}
