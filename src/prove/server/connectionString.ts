import { FailureError } from '../../core/failures';
import { proofFailures } from '../../core/proofFailures';

/** Throws FailureError saying what is wrong with it, and nothing of what it holds. */
export function checkConnectionString(connection: string): void {
  let url: URL;
  try {
    url = new URL(connection);
  } catch {
    throw new FailureError(proofFailures.badConnection('it is not a URL'));
  }
  if (!/^postgres(?:ql)?:$/.test(url.protocol)) throw new FailureError(proofFailures.badConnection('it does not begin with postgres:// or postgresql://'));
  if (url.pathname.length < 2) throw new FailureError(proofFailures.badConnection('it names no database'));
}

/** Whether a text is, or holds, a connection string. */
export const looksLikeConnection = (text: string): boolean => /\bpostgres(?:ql)?:\/\//i.test(text);
