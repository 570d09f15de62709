import type { SqlDialect } from '../../../core/facts';

/** Syntax that one database alone has. Comments and strings are searched too: a false sign is outvoted by the others of its schema. */
const SIGNS: readonly (readonly [SqlDialect, RegExp])[] = [
  ['mysql', /\bENGINE\s*=|\bAUTO_INCREMENT\b|\bUNSIGNED\b|\bCHARACTER SET\b|\bCHARSET\s*=|\butf8mb4|\bTINYINT\s*\(|\b(?:LONG|MEDIUM)TEXT\b|^\s*(?:UN)?LOCK TABLES\b/im],
  ['sqlite', /\bAUTOINCREMENT\b|^\s*PRAGMA\s|\bWITHOUT\s+ROWID\b|\)\s*STRICT\s*;|\bsqlite_(?:master|sequence)\b|\bstrftime\s*\(/im],
  [
    'postgresql',
    /\$\w*\$|::\s*"?[a-z]|\b(?:big|small)?serial\b|\btimestamptz\b|\bjsonb\b|\bbytea\b|\bilike\b|\bUSING\s+(?:gin|gist|brin|spgist)\b|\bCREATE\s+EXTENSION\b|\bCREATE\s+(?:TYPE|DOMAIN)\b|\bALTER\s+TABLE\s+ONLY\b|\bpg_catalog\b|\bINDEX\s+CONCURRENTLY\b|\bgen_random_uuid\b|"\s+TIMESTAMP\(\d\)|"\s+DOUBLE\s+PRECISION\b|\b(?:text|integer|uuid)\s*\[\]/i,
  ],
];

/** The databases a script's own syntax speaks for; several where it holds the signs of several. */
export function dialectSigns(script: string): SqlDialect[] {
  return SIGNS.flatMap(([dialect, sign]) => (sign.test(script) ? [dialect] : []));
}
