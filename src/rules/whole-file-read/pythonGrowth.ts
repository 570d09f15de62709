import { argumentAt, calleeOf, memberOf, rootName, unwrap } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { stringPieces } from '../../syntax/python/strings';

/** Files that come with a program or describe it: they stay small. */
const SMALL_NAMES =
  /config|conf\b|auth|creds|\bbias|option|default|ignore|setting|template|readme|license|licence|changelog|history|requirement|version|manifest|schema|fixture|secret|token|passw|\bkey|_key|credential|\bpid|\benv|dotenv|metadata|meta\b|\bini\b|\btoml|ya?ml|package|setup|locale|translation|\bi18n|\bsql\b|query|script|source|\bcode|notebook|\bstate\b|cookie|\block|cache_?info|authors|contribut|constraint|gitignore|ignore_?file|hosts|cmdline|cpuinfo|meminfo|mounts|passwd|\.d\/|cert|\bpem|whitelist|blacklist|stop_?words|vocab|prompt|snippet|example|test|mock|stub|golden|expected/i;
const SMALL_PATHS = /^\/(?:proc|sys|etc|dev)\/|\.(?:ini|cfg|conf|toml|ya?ml|env|md|rst|html?|css|js|ts|py|pyi|sql|proto|lock|pem|crt|key|pid|in|service|j2|jinja2?|tmpl|tpl|mako|svg|rc|sh|bat|ps1|properties|plist|po|pot|desktop|gitignore|dockerfile)$/i;
/** Files of data that come in and keep growing. */
const DATA_NAMES = /\blogs?\b|log_?(?:file|path)|_logs?\b|\bcsv|_csv|tsv|jsonl|ndjson|\bdump|export|import_file|record|event|corpus|dataset|\bdata|_data|input|upload|archive|backup|transactions?|orders?|measurements?|trace|results?|stdin|access_log|history_file|transcript|accounts?|large|big/i;
const DATA_PATHS = /\.(?:log|csv|tsv|jsonl|ndjson|dat|fasta|fastq|vcf|sam|gz|bz2|xz|parquet|dump|out)$/i;
const SMALL_FUNCTIONS = /config|auth|creds|options?|\bconf\b|ignore|default|setting|version|readme|template|requirement|license|setup|fixture|manifest|metadata|changelog|schema|credential|secret|token/i;

/**
 * Whether the file behind a read may grow: 'data' where a name or an ending says so, 'unknown' where
 * nothing says anything, false where it is known to stay small.
 */
export function growth(source: PythonNode, place: PythonNode, file: PythonFile): 'data' | 'unknown' | false {
  const owner = place.closest('FunctionDefinition')?.child('VariableName')?.text ?? '';
  const module = file.path.slice(file.path.lastIndexOf('/') + 1);
  if (SMALL_FUNCTIONS.test(owner) || SMALL_FUNCTIONS.test(module)) return false;
  const path = pathOf(source, file);
  const text = path === undefined ? '' : literalsIn(path, file);
  const words = `${path?.text ?? ''} ${path === undefined ? source.text : ''} ${text}`;
  if (/__file__|\bBASE_DIR\b|\bHERE\b|importlib|resources/.test(words) || SMALL_PATHS.test(text)) return false;
  if (DATA_PATHS.test(text)) return 'data';
  if (SMALL_NAMES.test(words)) return false;
  return DATA_NAMES.test(words) ? 'data' : 'unknown';
}

/** The path that was opened, followed through names of this file: of `open(path)`, `path.open()`, a path itself. */
function pathOf(source: PythonNode, file: PythonFile, depth = 0): PythonNode | undefined {
  const node = unwrap(source);
  if (depth > 4) return undefined;
  if (node.kind === 'CallExpression') {
    const callee = calleeOf(node)!;
    const member = memberOf(callee);
    if (file.valueOf(node)?.kind === 'path') return node;
    return member !== undefined && member.name === 'open' && file.valueOf(member.object)?.kind === 'path' ? member.object : argumentAt(node, 0);
  }
  if (node.kind === 'VariableName') {
    const bindings = file.scopes.resolve(node.text, node)?.bindings ?? [];
    const value = bindings.length === 1 && bindings[0]!.kind !== 'loop' ? bindings[0]!.value : undefined;
    const isFile = file.valueOf(node)?.kind === 'file';
    return isFile ? value && pathOf(value, file, depth + 1) : node;
  }
  return file.valueOf(node)?.kind === 'file' ? undefined : node;
}

/** The literal text of a path with the names it is made of resolved: "logs/access.log" of `LOGS / "access.log"`. */
function literalsIn(path: PythonNode, file: PythonFile, depth = 0): string {
  if (depth > 3) return '';
  const pieces = stringPieces(path);
  if (pieces !== undefined) return pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
  if (path.kind === 'VariableName') {
    const bindings = file.scopes.resolve(path.text, path)?.bindings ?? [];
    const value = bindings.length === 1 && bindings[0]!.kind === 'assignment' ? bindings[0]!.value : undefined;
    return value ? `${literalsIn(value, file, depth + 1)} ${/__file__|BASE_DIR/.test(value.text) ? '__file__' : ''}`.trim() : '';
  }
  const strings = path.descendants('String').map((node) => literalsIn(node, file, depth + 1));
  const names = path.descendants('VariableName').filter((name) => rootName(name) === name).map((name) => literalsIn(name, file, depth + 1));
  return [...names, ...strings].filter((part) => part !== '').join('/');
}
