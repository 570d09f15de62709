/**
 * What the names of shared collections and of their keys say. Three rules look at collections that outlive a call, and
 * each place must be a finding of one of them at most: what ties a user to one process (`in-process-state`), what
 * remembers answers (`unbounded-cache`), and what else only grows (`growing-collection`).
 */

/** What state a collection keeps for the users of a service, or undefined where its name does not say so. */
export function stateKept(name: string): string | undefined {
  const words = snakeCase(name);
  if (/cache|memo(?:$|_)|memoi|registry|metric|histogram|listener|subscriber|handler|callback|socket|connection|stream|observer|in_?flight/.test(words)) return undefined;
  return STATES.find(([pattern]) => pattern.test(words))?.[1];
}

const STATES: readonly (readonly [RegExp, string])[] = [
  [/(?:^|_)sessions?(?:_|$)|logged_in/, 'sessions'],
  [/rate_?limit|throttl|(?:^|_)attempts?(?:_|$)|(?:^|_)hits(?:_|$)|request_counts?|(?:^|_)quotas?(?:_|$)|cooldowns?|last_(?:request|sent|attempt)s?/, 'rate limits'],
  [/(?:^|_)otps?(?:_|$)|one_time|nonces?|verification_(?:codes?|tokens?)|(?:^|_)challenges?(?:_|$)|reset_(?:codes?|tokens?)|magic_links?|csrf|oauth_states?|pending_(?:admin_)?(?:logins?|auths?|sign_?ups?|invites?|impersonations?|verifications?|registrations?)|code_verifiers?|(?:refresh|access|auth|revoked|valid)_tokens?|blacklist(?:ed)?_tokens?|token_(?:blacklist|store)/, 'tokens of users'],
  [/(?:^|_)lock(?:s|ed)?(?:_|$)|mutex(?:es)?|semaphores?/, 'locks'],
  [/(?:^|_)(?:job|task|work|message|mail|email|event|request)?_?queues?(?:_|$)|(?:^|_)(?:pending|queued|background)_(?:jobs|tasks|messages|emails)|outbox|backlog/, 'queued work'],
  [/processed_(?:events?|messages?|webhooks?|ids?)|seen_(?:events?|messages?|webhooks?|nonces?)|handled_(?:events?|messages?)|idempotency|delivered_(?:events?|ids?)/, 'what was handled already'],
  [/(?:^|_)(?:carts?|baskets?)(?:_|$)|online_users?|active_users?|presence|connected_users?|user_states?|conversations?|chat_histor(?:y|ies)|message_histor(?:y|ies)/, 'the state of users'],
];

export type KeyDomain = 'fixed' | 'open' | 'unknown';

/** What comes in from outside and never repeats for long: ids, addresses, texts. */
const OPEN_KEY =
  /(?:^|_)(?:u?uids?|ids?|guid|email|mail|user(?:_?name)?|customer|account|tenant|ip|address|url|uri|href|link|query|text|input|search|term|prompt|content|body|hash|digest|checksum|slug|host|hostname|domain|origin|phone|session|request|req|token|api_?key|filter|params?|args?|payload|message|date|timestamp|address|lat|lng|q|sql|code|cursor)$/;
/** What a program has a few or a few hundred of. */
const FIXED_KEY =
  /(?:^|_)(?:locale|lang|language|currency|country|region|timezone|tz|zone|theme|color|env|environment|mode|level|kind|type|types|status|state|format|style|variant|size|unit|role|method|event_?(?:name|type)|class|cls|klass|constructor|ctor|model|entity|schema|table|column|field|fields|attribute|prop|property|component|module|plugin|provider|driver|engine|adapter|dialect|extension|ext|mime|icon|template|view|route|layout|package|specifier|import|name_?space|file|files|filename|file_?name|file_?path|path|pathname|dir|directory|folder|cwd|root|config|options|settings|feature|flag|job_?name|task_?name|command|node|ast|decorator|fn|func|function|callback|handler|target|source_?file|program|resolver|alias|permission|scope|category|group_?name|period|interval|corpus|index|codec|encoding|charset|version|worker|shard|prefix|suffix)$/;

export function domainOfName(name: string): KeyDomain {
  const words = snakeCase(name);
  if (FIXED_KEY.test(words)) return 'fixed';
  return OPEN_KEY.test(words) ? 'open' : 'unknown';
}

/** Parts of one key: open as soon as one of them is, fixed if all are. */
export function combined(domains: readonly KeyDomain[]): KeyDomain {
  if (domains.includes('open')) return 'open';
  return domains.every((domain) => domain === 'fixed') ? 'fixed' : 'unknown';
}

/** The last part of a dotted name, in lower case with underscores: "login_attempts" of "this.loginAttempts". */
function snakeCase(name: string): string {
  return name
    .slice(name.lastIndexOf('.') + 1)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
