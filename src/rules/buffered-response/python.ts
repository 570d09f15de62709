import type { Match } from '../../core/rule';
import { argumentAt, argumentsOf, calleeOf, callText, memberOf, unwrap } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { simpleAssignment } from '../../syntax/python/statements';
import { stringPieces } from '../../syntax/python/strings';
import type { PythonMatcher } from '../matchers';
import { answerWithFile } from './pythonFix';
import type { Facts } from './rule';

/** Constructors and functions that take a whole body; the frameworks they belong to, and what each has for a stream. */
const RESPONSES: readonly (readonly [RegExp, string])[] = [
  [/^django\.http(?:\.response)?\.HttpResponse$/, 'FileResponse'],
  [/^(?:fastapi|starlette)(?:\.responses)?\.Response$/, 'FileResponse'],
  [/^flask\.(?:Response|make_response)$|^flask\.wrappers\.Response$/, 'send_file'],
  [/^aiohttp\.web\.Response$|^web\.Response$/, 'web.FileResponse'],
];
const BODY_KEYWORDS: ReadonlySet<string> = new Set(['content', 'body', 'response', 'data']);
/** Files that come with a program: pages, styles, icons, descriptions. */
const SMALL_FILES = /\.(?:html?|css|js|json|svg|ico|md|txt|xml|ya?ml|toml|pem|crt)\b|favicon|template|manifest|robots|icon|logo|schema|openapi|swagger|config|__file__|BASE_DIR/i;
/** Writers that the csv module and its kin make. */
const CSV_WRITERS = /^csv\.(?:writer|DictWriter)$/;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: ['HttpResponse', 'Response', 'make_response', 'write', 'write_bytes', 'writer', 'DictWriter'],

  find(call, file) {
    switch (call.calledName) {
      case 'HttpResponse':
      case 'Response':
      case 'make_response':
        return wholeFileInResponse(call, file);
      case 'write':
      case 'write_bytes':
        return wholeAnswerInFile(call, file);
      case 'writer':
      case 'DictWriter':
        return exportInResponse(call, file);
      default:
        return undefined;
    }
  },

  fix: (_match, call, file) => answerWithFile(call, file),
};

/** `HttpResponse(file.read())` and the body it takes. */
function wholeFileInResponse(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const instead = responseOf(call, file);
  const body = instead === undefined ? undefined : bodyOf(call);
  const read = body && wholeRead(body, file);
  if (instead === undefined || read === undefined || SMALL_FILES.test(sourceText(read, file))) return undefined;
  return { span: read, facts: { call: callText(read), what: 'the file', use: 'it is sent', instead } };
}

/** What the framework of a response has for a file; undefined for other calls. */
export function responseOf(call: PythonNode, file: PythonFile): string | undefined {
  const qualified = file.names.qualified(calleeOf(call));
  return qualified === undefined ? undefined : RESPONSES.find(([pattern]) => pattern.test(qualified))?.[1];
}

export function bodyOf(call: PythonNode): PythonNode | undefined {
  return argumentsOf(call).find(({ name, unpacks }, index) => unpacks === undefined && (name === undefined ? index === 0 : BODY_KEYWORDS.has(name)))?.value;
}

/** `file.read()` and `path.read_bytes()`, in place or under a name that is read once. */
export function wholeRead(body: PythonNode, file: PythonFile): PythonNode | undefined {
  const node = behindName(body, file);
  const member = memberOf(calleeOf(node));
  if (member === undefined || argumentsOf(node).length > 0) return undefined;
  const kind = file.valueOf(member.object)?.kind;
  return (member.name === 'read' && kind === 'file') || (member.name === 'read_bytes' && kind === 'path') ? node : undefined;
}

/** The value of a name that is bound once and read once, for only then nothing else needs all of it. */
function behindName(expression: PythonNode, file: PythonFile): PythonNode {
  const node = unwrap(expression);
  if (node.kind !== 'VariableName') return node;
  const bindings = file.scopes.resolve(node.text, node)?.bindings;
  const value = bindings?.length === 1 && bindings[0]!.kind === 'assignment' ? bindings[0]!.value : undefined;
  return value && usesOf(node, file).length === 1 ? value : node;
}

/** The reads of a name in the scope that binds it. */
function usesOf(name: PythonNode, file: PythonFile): readonly PythonNode[] {
  const bindings = file.scopes.resolve(name.text, name)?.bindings;
  return file.usesOf(name.text).filter((use) => file.scopes.resolve(name.text, use)?.bindings === bindings);
}

/** What is said of the file that is read: its path and the literals in it. */
function sourceText(read: PythonNode, file: PythonFile): string {
  const object = memberOf(calleeOf(read))!.object;
  if (object.kind !== 'VariableName') return object.text;
  const value = file.scopes.resolve(object.text, object)?.bindings.at(-1)?.value;
  const path = value && argumentAt(value, 0);
  const named = path?.kind === 'VariableName' ? (file.scopes.resolve(path.text, path)?.bindings.at(-1)?.value?.text ?? '') : '';
  return `${object.text} ${value?.text ?? ''} ${named} ${path && stringPieces(path) ? path.text : ''}`;
}

/** `file.write(requests.get(url).content)`: the answer could have been copied in chunks. */
function wholeAnswerInFile(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const written = argumentAt(call, 0);
  const content = written && memberOf(behindName(written, file));
  if (content?.name !== 'content') return undefined;
  const target = memberOf(calleeOf(call));
  const kind = target && file.valueOf(target.object)?.kind;
  if (kind !== 'file' && kind !== 'path') return undefined;
  const request = requestBehind(content.object, file);
  const library = request && file.dataAccess(request)?.library;
  if (request === undefined || (library !== 'requests' && library !== 'httpx') || streams(request) || isSmallByName(call, request)) return undefined;
  return {
    span: content.object.parent!,
    facts: {
      call: callText(request),
      what: 'the answer',
      use: 'it is written to a file',
      instead: library === 'requests' ? 'stream=True and iter_content()' : 'client.stream() and iter_bytes()',
    },
  };
}

const SMALL_FILE = /image|img|icon|avatar|thumb|logo|picture|photo|favicon|html?\b|css\b|\.js\b|json|png|jpe?g|svg|template|badge|cert/i;
const LARGE_FILE = /video|audio|zip|tar|archive|pdf|dataset|model|dump|backup|export|release|binary|wheel/i;

/** Pictures and pages fit into memory; the function and the URL tell what is fetched. */
function isSmallByName(call: PythonNode, request: PythonNode): boolean {
  const words = `${call.closest('FunctionDefinition')?.child('VariableName')?.text ?? ''} ${request.text} ${call.closest('WithStatement')?.children.filter(({ kind }) => kind !== 'Body').map(({ text }) => text).join(' ') ?? ''}`;
  return SMALL_FILE.test(words) && !LARGE_FILE.test(words);
}

function requestBehind(expression: PythonNode, file: PythonFile): PythonNode | undefined {
  const node = unwrap(expression);
  if (node.kind === 'AwaitExpression') return requestBehind(node.lastChild!, file);
  if (node.kind === 'CallExpression') return file.dataAccess(node)?.kind === 'request' ? node : undefined;
  if (node.kind !== 'VariableName') return undefined;
  const value = file.scopes.resolve(node.text, node)?.bindings.findLast(({ node: bound }) => bound.index < node.index)?.value;
  return value && value.kind !== 'VariableName' ? requestBehind(value, file) : undefined;
}

function streams(request: PythonNode): boolean {
  return argumentsOf(request).some(({ name, unpacks }) => name === 'stream' || unpacks !== undefined);
}

/** `csv.writer(response)` with a row written per item: the response keeps every row until the last one is there. */
function exportInResponse(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  if (!CSV_WRITERS.test(file.names.qualified(calleeOf(call)) ?? '')) return undefined;
  const target = argumentAt(call, 0);
  const writer = simpleAssignment(call.parent)?.target;
  if (target?.kind !== 'VariableName' || writer?.kind !== 'VariableName' || !isResponseBuffer(target, file) || !writesRows(writer, file)) return undefined;
  return {
    span: call,
    facts: { call: callText(call), what: 'the export', use: 'its first row is sent', instead: 'StreamingHttpResponse over a generator of rows' },
  };
}

/** The writer fills a response of Django, or a StringIO whose text a response is made of. */
function isResponseBuffer(target: PythonNode, file: PythonFile): boolean {
  const value = file.scopes.resolve(target.text, target)?.bindings.findLast(({ node }) => node.index < target.index)?.value;
  const made = value && file.names.qualified(calleeOf(value));
  if (made === undefined) return false;
  if (/^django\.http(?:\.response)?\.HttpResponse$/.test(made)) return true;
  if (made !== 'io.StringIO') return false;
  return usesOf(target, file).some((use) => {
    const text = use.parent?.parent;
    const response = text?.kind === 'CallExpression' && text.calledName === 'getvalue' ? text.parent?.parent : undefined;
    return response?.kind === 'CallExpression' && /^django\.http(?:\.response)?\.HttpResponse$/.test(file.names.qualified(calleeOf(response)) ?? '');
  });
}

/** `writer.writerow(…)` in a loop, or `writer.writerows(…)`. */
function writesRows(writer: PythonNode, file: PythonFile): boolean {
  return usesOf(writer, file).some((use) => {
    const call = use.parent?.parent;
    if (call?.kind !== 'CallExpression') return false;
    return call.calledName === 'writerows' || (call.calledName === 'writerow' && file.loopsAround(call).length > 0);
  });
}
