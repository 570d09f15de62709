/** The API's own address. */
export const USUAL_ADDRESS = 'https://api.anthropic.com';

/**
 * The address that questions go to, as the user has set it. Only an encrypted connection is taken, or one that
 * does not leave this machine; credentials belong into the secret store and not into an address.
 * @returns undefined where it is none of these.
 */
export function apiAddress(text: string): URL | undefined {
  const url = parse(text);
  if (url === undefined || url.username !== '' || url.password !== '') return undefined;
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere) ? url : undefined;
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
