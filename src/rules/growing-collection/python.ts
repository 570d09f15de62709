import type { Match } from '../../core/rule';
import { calleeOf, callText, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { isConditional } from '../../syntax/python/iteration';
import { ADDING_METHODS, sharedCollectionAt } from '../../syntax/python/sharedState';
import type { PythonMatcher } from '../matchers';
import { functionName, keyDomain, useOf, writersOf } from '../sharedStatePython';
import type { Facts } from './rule';

/** Lists of what the program itself puts in while it is set up. */
const REGISTRIES = /regist|plugin|middleware|route|handler|listener|hook|callback|subscriber|observer|provider|loader|migration|warned|extension|definition|schema|module|instances|urlpatterns|__all__|metadata|signals?$|cache|locks?$/i;
/** Calls that add to something the whole process has, by qualified name. */
const PROCESS_WIDE = /^(?:sys\.path\.(?:append|insert)|atexit\.register)$/;

const LISTENING_METHODS: readonly string[] = ['addHandler', 'append', 'insert', 'register'];

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression', 'AssignStatement', 'UpdateStatement'],
  names: [...ADDING_METHODS, ...LISTENING_METHODS],

  find(node, file): Match<Facts> | undefined {
    const listener = node.kind === 'CallExpression' ? addedListener(node, file) : undefined;
    return listener ? { span: node, facts: listener } : growing(node, file);
  },
};

/** The first place in a function that adds to a shared collection which nothing takes from. */
function growing(node: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const collection = sharedCollectionAt(node, file);
  if (collection === undefined || collection.additions[0]?.node !== node || collection.isEmptied || collection.escapes) return undefined;
  if (REGISTRIES.test(collection.name) || useOf(collection, file).kind !== 'collection') return undefined;
  if (collection.additions.every((addition) => keyDomain(addition, file) === 'fixed')) return undefined;
  return {
    span: node,
    facts: { kind: 'collection', name: collection.name, how: node.kind === 'CallExpression' ? node.calledName : 'assignment', writers: writersOf(collection, file) },
    related: [{ span: collection.declaration, message: `${collection.name} belongs to the process` }],
  };
}

/** A log handler, exit hook or path entry that is added by a function, each time it is called. */
function addedListener(call: PythonNode, file: PythonFile): Facts | undefined {
  const callee = calleeOf(call)!;
  const fn = call.closest('FunctionDefinition');
  const name = call.calledName;
  if (fn === undefined || !LISTENING_METHODS.includes(name)) return undefined;
  const isProcessWide = PROCESS_WIDE.test(file.names.qualified(callee) ?? '');
  if (!isProcessWide && !isLogHandler(call, file)) return undefined;
  // `if not logger.handlers:` and the like add it once.
  if (isConditional(call, fn) || returnsBefore(call, fn) || fn.descendants('CallExpression').some((other) => /^(?:removeHandler|unregister|remove|pop)$/.test(other.calledName))) return undefined;
  return {
    kind: 'listener',
    call: `${callText(call)}()`,
    each: 'call',
    remove: 'Do it once when the program starts, or take it away at the end.',
    writers: [functionName(call, file)],
  };
}

/** `if provider is not None: return provider` above it: the rest of the function runs once. */
function returnsBefore(call: PythonNode, fn: PythonNode): boolean {
  return fn.descendants('IfStatement').some((guard) => guard.end <= call.start && guard.child('Body')?.lastChild?.kind === 'ReturnStatement');
}

/** `logging.getLogger(name).addHandler(…)`: the logger lives on, and every handler writes every record. */
function isLogHandler(call: PythonNode, file: PythonFile): boolean {
  if (call.calledName !== 'addHandler' || !file.imports('logging')) return false;
  const logger = memberOf(calleeOf(call))?.object;
  if (logger === undefined) return false;
  const made = logger.kind === 'VariableName' ? file.scopes.resolve(logger.text, logger)?.bindings : undefined;
  const value = made?.length === 1 ? made[0]!.value : logger;
  return value !== undefined && file.names.qualified(calleeOf(value)) === 'logging.getLogger';
}
