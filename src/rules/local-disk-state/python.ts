import type { Match } from '../../core/rule';
import { argumentAt, calleeOf, callText, memberOf, rootName } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { literalText } from '../../syntax/python/strings';
import type { PythonMatcher } from '../matchers';
import { isOfARequest, isOfTheMachine } from './paths';
import type { Facts } from './rule';

const NAMES: readonly string[] = ['open', 'write_text', 'write_bytes', 'save', 'copyfile', 'copy', 'copy2', 'move'];
const REMOVES = /^(?:unlink|remove|rmtree|rmdir|removedirs|cleanup)$/;
const COPIES = /^shutil\.(?:copyfile|copy|copy2|move)$/;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: NAMES,

  find(call, file): Match<Facts> | undefined {
    const fn = call.closest('FunctionDefinition');
    if (fn === undefined || !writesState(call, file) || takesAway(fn)) return undefined;
    // A function that writes in several places is one decision.
    if (fn.descendants('CallExpression').find((other) => writesState(other, file)) !== call) return undefined;
    const what = call.calledName === 'save' ? 'an upload' : 'a file';
    return { span: call, confidence: isOfARequest(fn.text) ? 'likely' : 'possible', facts: { call: `${callText(call)}()`, what, isSetUp: false } };
  },
};

function writesState(call: PythonNode, file: PythonFile): boolean {
  if (!NAMES.includes(call.calledName)) return false;
  const path = writtenPath(call, file);
  return path !== undefined && !isOfTheMachine(`${file.path.slice(file.path.lastIndexOf('/') + 1)} ${wordsOf(path, file)}`);
}

/** The path that a call writes to. */
function writtenPath(call: PythonNode, file: PythonFile): PythonNode | undefined {
  const member = memberOf(calleeOf(call));
  const qualified = file.names.qualified(calleeOf(call)) ?? '';
  switch (call.calledName) {
    case 'open':
      if (qualified === 'builtins.open' || qualified === 'aiofiles.open') return isWriting(argumentAt(call, 1, 'mode')) ? argumentAt(call, 0, 'file') : undefined;
      return member && file.valueOf(member.object)?.kind === 'path' && isWriting(argumentAt(call, 0, 'mode')) ? member.object : undefined;
    case 'write_text':
    case 'write_bytes':
      return member && file.valueOf(member.object)?.kind === 'path' ? member.object : undefined;
    case 'save':
      return member && isUpload(member.object, file) ? argumentAt(call, 0, 'dst') : undefined;
    default:
      return COPIES.test(qualified) ? argumentAt(call, 1, 'dst') : undefined;
  }
}

function isWriting(mode: PythonNode | undefined): boolean {
  return mode !== undefined && /^[wax]|\+/.test(literalText(mode) ?? '');
}

/** `request.files["image"]` of Flask, itself or under a name. */
function isUpload(object: PythonNode, file: PythonFile): boolean {
  if (!file.imports('flask', 'werkzeug', 'quart')) return false;
  const root = rootName(object);
  if (/\brequest\.files\b/.test(object.text)) return true;
  const bindings = root && object === root ? file.scopes.resolve(root.text, root)?.bindings : undefined;
  return bindings?.some(({ value }) => value !== undefined && /\brequest\.files\b/.test(value.text)) === true;
}

/** Deleting is how a handler cleans up what it needed for a moment. */
function takesAway(fn: PythonNode): boolean {
  return fn.descendants('CallExpression').some(({ calledName }) => REMOVES.test(calledName)) || /\b(?:TemporaryDirectory|NamedTemporaryFile|mkdtemp)\b/.test(fn.text);
}

/** A path's text, with what the names in it were made of. */
function wordsOf(expression: PythonNode, file: PythonFile, depth = 0): string {
  const words = [expression.text];
  if (depth > 2) return expression.text;
  for (const name of expression.kind === 'VariableName' ? [expression] : expression.descendants('VariableName')) {
    const bindings = file.scopes.resolve(name.text, name)?.bindings ?? [];
    const value = bindings.length === 1 && bindings[0]!.kind !== 'loop' ? bindings[0]!.value : undefined;
    if (value !== undefined && !value.contains(expression)) words.push(wordsOf(value, file, depth + 1));
  }
  return words.join(' ');
}
