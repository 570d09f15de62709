/**
 * What names tell of how many there are. A list of the columns, options or roles of something is as long as somebody
 * cared to type; a list of orders grows with the business. It is a guess, so it may only silence a finding.
 */
const FEW = new Set(
  (
    'arg args argument arguments attr attrs attribute attributes axes breakpoint breakpoints button buttons callback callbacks choice choices col cols color ' +
    'colors column columns config configs constraint constraints currency currencies day days delimiter dialect dialects enum enums ' +
    'extension extensions facet facets feature features field fields filter filters flag flags format formats global globals handler handlers header headers hook hooks ' +
    'keyword keywords kind kinds kwargs lang langs language languages level levels listener listeners locale locales menu menus method methods mode modes ' +
    'modifier modifiers month months operator operators option options panel panels param params parameter parameters permission permissions ' +
    'plan plans platform platforms plugin plugins prefixes preset presets prop props property properties provider providers recipient recipients region regions resolver resolvers resolves run ' +
    'role roles schema schemas scope scopes section sections segment segments selection selections selector selectors setting settings ' +
    'shortcut shortcuts signer signers sort sorts sorting sortings stage stages status statuses step steps suffixes tab tabs theme themes ' +
    'action actions alias aliases condition conditions dimension dimensions measure measures trigger triggers category categories variable variables ' +
    'tier tiers type types unit units weekday weekdays widget widgets'
  ).split(' '),
);

/** Keys of which only a handful of values exist, so that they tell groups apart and not items. */
const GROUPS = new Set(['type', 'kind', 'status', 'state', 'role', 'locale', 'language', 'lang', 'method', 'intent', 'action', 'case', 'category', 'level', 'mode', 'source', 'severity', 'active', 'enabled', 'selected']);

/** Keys that tell one record from all others. */
const IDENTITIES = /(?:^|_)(?:id|uuid|guid|uid|pk|email|sku|hash|address|username|login|external|fingerprint|digest|ean|isbn|upc)$/i;

/** The last word of a name or path: "options" of "fieldOptions", "items" of "order.line_items". */
function lastWord(name: string): string {
  const identifier = /[A-Za-z0-9_$]+(?=\W*$)/.exec(name)?.[0] ?? '';
  const words = identifier.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g);
  return (words?.[words.length - 1] ?? '').toLowerCase();
}

/** Whether a collection of this name holds a handful by nature; there are as many "languageCodes" as languages. */
export function isFewByNature(name: string): boolean {
  return FEW.has(lastWord(name.replace(/(?<=[a-z])_?(?:[Cc]odes?|[Nn]ames?|[Kk]eys|[Ll]abels)$/, '')));
}

/** Whether a key of this name has a handful of values by nature. */
export function isGroupKey(name: string): boolean {
  return GROUPS.has(lastWord(name));
}

/** Whether a key of this name tells one record from all others: "id", "order.customerId", "email". */
export function isIdentity(name: string): boolean {
  return IDENTITIES.test(lastWord(name));
}
