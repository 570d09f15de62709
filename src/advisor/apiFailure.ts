import { failures, type Failure } from '../core/failures';
import { clean } from '../report/statement';
import { redact } from './privacy/redact';
import type { Bite } from './watchdog';

export interface ApiCircumstances {
  /** To be kept out of whatever the server says back. */
  readonly key: string;
  readonly host: string;
  readonly model: string;
  readonly bite?: Bite;
  /** The server had begun to answer. */
  readonly hasAnswer?: boolean;
}

/** What an API error says, whatever library it comes from: its class names are lost in a bundle. */
interface ApiErrorLike {
  readonly status?: number;
  readonly type?: string | null;
  readonly apiMessage?: string | null;
  readonly headers?: { get?(name: string): string | null } | null;
  readonly message?: string;
  readonly cause?: unknown;
}

const LONGEST_ANSWER = 300;

/** Tells a failed request apart by status and type, never by its words, and names the next step. */
export function failureOfApi(error: unknown, { key, host, model, bite, hasAnswer }: ApiCircumstances): Failure {
  if (bite === 'stalled') return failures.modelStalled(host);
  if (bite === 'oversized') return failures.modelOversized(host);
  const { status, type, apiMessage, headers, message } = (error ?? {}) as ApiErrorLike;
  const said = clean(redact(apiMessage ?? '', [key]), LONGEST_ANSWER);
  if (status === 401 || type === 'authentication_error') return failures.keyRefused(host);
  if (status === 402 || type === 'billing_error') return failures.modelUnpaid(host);
  if (status === 403 || type === 'permission_error') return failures.modelForbidden(host, model);
  if (status === 404 || type === 'not_found_error') return failures.modelMissing(host, model);
  if (status === 429 || type === 'rate_limit_error') return failures.modelRateLimited(host, headers?.get?.('retry-after') ?? undefined);
  if (status === 529 || type === 'overloaded_error') return failures.modelOverloaded(host);
  if (status === 413 || type === 'request_too_large') return failures.questionTooLarge(host);
  if (status !== undefined && status >= 500) return failures.modelServerError(host, status);
  if (status !== undefined) return failures.requestRefused(host, status, said);
  if (type === 'api_error') return failures.modelServerError(host, undefined);
  if (hasAnswer) return failures.modelBroken(host);
  return failures.modelUnreachable(host, reasonOf(error, clean(redact(message ?? '', [key]), LONGEST_ANSWER)));
}

/** The operating system's code says more than "fetch failed". */
function reasonOf(error: unknown, message: string): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
  }
  return message;
}
