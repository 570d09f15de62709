/** What stands where a secret stood. */
export const REDACTED = '[secret removed]';

/** Forms of well-known keys and tokens. Each is long and particular enough to be nothing else; repetitions that can fail have bounds. */
const SECRETS: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|$)/g,
  /\bsk-(?:ant-|proj-|live-|test-)?[A-Za-z0-9_-]{16,}/g,
  /\b(?:sk|rk|pk|whsec)_(?:live_|test_)?[A-Za-z0-9]{16,}/g,
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_[A-Za-z0-9_]{20,}/g,
  /\bglpat-[A-Za-z0-9_-]{16,}/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /\bAIza[A-Za-z0-9_-]{30,}/g,
  /\bya29\.[A-Za-z0-9_-]{20,}/g,
  /\bnpm_[A-Za-z0-9]{30,}|\bpypi-[A-Za-z0-9_-]{20,}|\bdop_v1_[a-f0-9]{40,}|\bhf_[A-Za-z0-9]{20,}/g,
  /\bSG\.[A-Za-z0-9_-]{16,100}\.[A-Za-z0-9_-]{16,100}/g,
  /\beyJ[A-Za-z0-9_-]{8,1000}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g,
];

/** The password of a connection string: its user, host and database stay readable. */
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:/@'"`]{0,100}:)([^\s@/'"`]{1,200})(@)/gi;

/** `password = "…"`: a literal that is given to a name that says what it is. References such as process.env.X stay. */
const ASSIGNED =
  /(\b[\w.-]{0,40}(?:passw(?:or)?d|passwd|secret|api[_-]?key|auth[_-]?token|access[_-]?token|private[_-]?key|client[_-]?secret)["']?\s{0,20}[:=]\s{0,20})(["'])([^"'\n]{6,400})\2/gi;
const ASSIGNED_BARE = /(^[ \t]*(?:export[ \t]+)?[A-Z0-9_]{0,60}(?:PASSWORD|PASSWD|SECRET|API_?KEY|TOKEN|PRIVATE_?KEY)[ \t]*=[ \t]*)([^\s"'$]{6,400})/gm;

/** Takes secrets out of a text that is about to leave the machine or to be written down. `known` are given away by no form. */
export function redact(text: string, known: readonly string[] = []): string {
  let safe = text;
  for (const secret of known) if (secret.length >= 8) safe = safe.replaceAll(secret, REDACTED);
  for (const pattern of SECRETS) safe = safe.replace(pattern, REDACTED);
  return safe
    .replace(URL_PASSWORD, `$1${REDACTED}$3`)
    .replace(ASSIGNED, `$1$2${REDACTED}$2`)
    .replace(ASSIGNED_BARE, `$1${REDACTED}`);
}
