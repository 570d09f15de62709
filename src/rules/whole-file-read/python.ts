import type { Confidence, Fix } from '../../core/rule';
import { argumentAt, argumentsOf, calleeOf, memberOf, outerParent, shorten } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { onePassOver, readsOfName } from '../../syntax/python/onePass';
import { literalText } from '../../syntax/python/strings';
import type { PythonMatcher } from '../matchers';
import { growth } from './pythonGrowth';
import type { Facts } from './rule';

interface Use {
  readonly use: string;
  readonly instead: string;
}

const LINES = { use: 'split into lines', instead: 'iteration over the file' } as const;
const PARSED = { use: 'parsed', instead: 'JSON Lines, or a streaming parser such as ijson' } as const;
const HASHES = /^hashlib\.(?:md5|sha\w+|blake2[bs]|new)$/;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: ['read', 'readlines', 'read_text', 'read_bytes', 'load', 'list'],

  find(call, file) {
    const read = readOf(call, file);
    const found = read && useOf(call, file);
    const grows = found && growth(read.source, call, file);
    // A document is parsed whole almost always for good reasons, so its name has to speak of data.
    if (!found || !grows || (grows === 'unknown' && found.use === PARSED.use)) return undefined;
    const confidence: Confidence = grows === 'data' ? 'likely' : 'possible';
    return { span: call, confidence, facts: { call: read.name, ...found } };
  },

  fix: (_match, call, file) => iterateFile(call, file),
};

/** A call that reads all of a file: `f.read()`, `f.readlines()`, `path.read_text()`, `json.load(f)`, `list(csv.reader(f))`. */
function readOf(call: PythonNode, file: PythonFile): { name: string; source: PythonNode } | undefined {
  const name = call.calledName;
  const callee = calleeOf(call)!;
  const member = memberOf(callee);
  if (member && /^(?:read|readlines)$/.test(name) && argumentsOf(call).length === 0) {
    return file.valueOf(member.object)?.kind === 'file' ? { name, source: member.object } : undefined;
  }
  if (member && /^read_(?:text|bytes)$/.test(name)) {
    return file.valueOf(member.object)?.kind === 'path' ? { name, source: member.object } : undefined;
  }
  const first = argumentAt(call, 0);
  if (first === undefined) return undefined;
  if (file.names.qualified(callee) === 'json.load') return file.valueOf(first)?.kind === 'file' ? { name: 'json.load', source: first } : undefined;
  if (file.names.qualified(callee) !== 'builtins.list') return undefined;
  const isRows = /^csv\.(?:reader|DictReader)$/.test(file.names.qualified(calleeOf(first)) ?? '');
  const source = isRows ? argumentAt(first, 0) : undefined;
  return source && file.valueOf(source)?.kind === 'file' ? { name: 'list(csv.reader())', source } : undefined;
}

/** What becomes of the text, where a stream would do as well. */
function useOf(call: PythonNode, file: PythonFile): Use | undefined {
  const name = call.calledName;
  if (name === 'readlines') return onePassOver(call, file) ? LINES : undefined;
  if (name === 'load') return onePassOver(call, file) ? PARSED : undefined;
  if (name === 'list') return onePassOver(call, file) ? { use: 'gone through', instead: 'the reader itself in the loop' } : undefined;
  return textUse(call, file);
}

function textUse(text: PythonNode, file: PythonFile): Use | undefined {
  const split = methodOn(text);
  if (split !== undefined) return isLineSplit(split) && onePassOver(split, file) ? LINES : undefined;
  const list = outerParent(text);
  const consumer = list?.kind === 'ArgList' ? list.parent : undefined;
  if (consumer !== undefined) return consumedBy(consumer, text, file);
  return nameUse(text, file);
}

/** `text = f.read()` and then one thing is done with it. */
function nameUse(text: PythonNode, file: PythonFile): Use | undefined {
  const uses = readsOfName(text, file);
  if (uses.length !== 1) return undefined;
  const split = methodOn(uses[0]!);
  return split !== undefined && isLineSplit(split) && onePassOver(split, file) ? LINES : undefined;
}

function consumedBy(call: PythonNode, text: PythonNode, file: PythonFile): Use | undefined {
  const callee = calleeOf(call);
  if (callee === undefined) return undefined;
  const qualified = file.names.qualified(callee) ?? '';
  if (HASHES.test(qualified)) return { use: 'hashed', instead: 'hashlib.file_digest(), or update() with one chunk after the other' };
  if (qualified === 'json.loads') return onePassOver(call, file) ? PARSED : undefined;
  const member = memberOf(callee);
  if (member?.name === 'write' && file.valueOf(member.object)?.kind === 'file') return { use: 'copied', instead: 'shutil.copyfileobj()' };
  const keyword = argumentsOf(call).find((argument) => argument.value === text)?.name;
  const isUpload = file.dataAccess(call)?.kind === 'request' && /^(?:data|content|Body)$/.test(keyword ?? '');
  return isUpload ? { use: 'sent', instead: 'the open file as the body, which is then streamed' } : undefined;
}

/** `text.method(...)` around the text. */
function methodOn(text: PythonNode): PythonNode | undefined {
  const member = outerParent(text);
  const call = member?.parent;
  return member !== undefined && memberOf(member)?.object.contains(text) && call?.kind === 'CallExpression' && calleeOf(call) === member ? call : undefined;
}

function isLineSplit(call: PythonNode): boolean {
  const name = memberOf(calleeOf(call))?.name;
  return name === 'splitlines' || (name === 'split' && literalText(argumentAt(call, 0)) === '\n');
}

/** `for line in f.readlines():` reads the same lines as `for line in f:`. */
function iterateFile(call: PythonNode, file: PythonFile): Fix | undefined {
  const member = memberOf(calleeOf(call));
  if (member?.name !== 'readlines' || member.object.kind !== 'VariableName' || outerParent(call)?.kind !== 'ForStatement') return undefined;
  const loop = outerParent(call)!;
  const usesFile = file.usesOf(member.object.text).some((use) => loop.child('Body')?.contains(use));
  if (usesFile) return undefined;
  return {
    title: `Iterate over ${shorten(member.object.text, 20)} line by line`,
    kind: 'suggestion',
    edits: [{ start: call.start, end: call.end, newText: member.object.text }],
    caveat: 'The file is read while the loop runs, so it must stay open and unchanged until the end.',
  };
}
