import type { Match } from '../../core/rule';
import { argumentAt, argumentsOf, calleeOf, memberOf, shorten, subscriptOf, unwrap } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { isMemoised } from '../../syntax/python/iteration';
import { decoratorsOf } from '../../syntax/python/statements';
import { literalText } from '../../syntax/python/strings';
import type { PythonMatcher } from '../matchers';
import { isOwnFile } from './ownFiles';
import { makeOnce } from './pythonFix';
import type { Facts } from './rule';

/** Functions and classes that turn a text or a file into something costly, by qualified name. */
const COSTLY: Readonly<Record<string, string>> = {
  'jinja2.Template': 'the same template', 'jinja2.Environment': 'the same environment', 'mako.template.Template': 'the same template', 'string.Template': 'the same template',
  'django.template.Template': 'the same template', 'markdown.Markdown': 'the same converter', 'bleach.Cleaner': 'the same cleaner', 'bleach.sanitizer.Cleaner': 'the same cleaner',
  'markdown_it.MarkdownIt': 'the same converter', 'jsonschema.Draft7Validator': 'the same validator', 'jsonschema.Draft202012Validator': 'the same validator',
  'fastjsonschema.compile': 'the same validator', 'xmlschema.XMLSchema': 'the same schema', 'lxml.etree.XSLT': 'the same stylesheet', 'lxml.etree.XMLSchema': 'the same schema',
  'spacy.load': 'the same model', 'torch.load': 'the same model', 'joblib.load': 'the same model', 'pickle.load': 'the same object', 'transformers.pipeline': 'the same model',
  'sentence_transformers.SentenceTransformer': 'the same model', 'whisper.load_model': 'the same model', 'geoip2.database.Reader': 'the same database', 'maxminddb.open_database': 'the same database',
  'tensorflow.keras.models.load_model': 'the same model', 'keras.models.load_model': 'the same model', 'onnxruntime.InferenceSession': 'the same model', 'nltk.download': 'the same corpus', 'pandas.read_csv': 'the same table',
};
const NAMES: readonly string[] = [...new Set(Object.keys(COSTLY).map((name) => name.slice(name.lastIndexOf('.') + 1))), 'from_pretrained', 'open', 'read_text', 'read_bytes'];
const CACHES = /(?:^|\.)(?:lru_cache|cache|cached|cached_property|memoize|memoized|alru_cache|ttl_cache|cachedmethod|st\.cache_\w+|cache_resource|cache_data)$/;
const SET_UP = /^(?:(?:setup|init|install|bootstrap|migrate|create)_\w+|__init__|__new__|setup|setUp|ready|startup|on_startup|lifespan|init|initialize|load_model|load|create_app|configure)$/;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: NAMES,

  find(call, file): Match<Facts> | undefined {
    const fn = call.closest('FunctionDefinition');
    if (fn === undefined) return undefined;
    const what = costlyResult(call, file);
    if (what === undefined || isKept(call, fn)) return undefined;
    // A function that reads four files has one thing to change.
    if (fn.descendants('CallExpression').some((other) => other.start < call.start && costlyResult(other, file) === what)) return undefined;
    const callee = calleeOf(call)!;
    return { span: call, facts: { call: shorten(callee.text, 40), what, inLoop: file.loopsAround(call).length > 0 } };
  },

  fix: (_match, call, file) => makeOnce(call, file),
};

/** What a call makes at some cost, where nothing that goes in changes from one call to the next. */
function costlyResult(call: PythonNode, file: PythonFile): string | undefined {
  const callee = calleeOf(call)!;
  const name = call.calledName;
  const isConstant = (node: PythonNode | undefined): boolean => node !== undefined && isConstantExpression(node, file);
  if (name === 'open') {
    const mode = argumentAt(call, 1, 'mode');
    const isRead = mode === undefined || /^r/.test(literalText(mode) ?? '');
    const path = argumentAt(call, 0, 'file');
    return file.names.qualified(callee) === 'builtins.open' && isRead && isConstant(path) && isOwnFile(wordsOf(path!, file)) ? 'the same file' : undefined;
  }
  if (name === 'read_text' || name === 'read_bytes') {
    const path = memberOf(callee)?.object;
    return isConstant(path) && file.valueOf(path!)?.kind === 'path' && isOwnFile(wordsOf(path!, file)) ? 'the same file' : undefined;
  }
  const args = argumentsOf(call);
  if (args.some(({ unpacks, value }) => unpacks !== undefined || !isConstantExpression(value, file))) return undefined;
  if (name === 'from_pretrained') return args.length > 0 && file.imports('transformers', 'diffusers') ? 'the same model' : undefined;
  const qualified = file.names.qualified(callee) ?? '';
  return args.length > 0 && Object.hasOwn(COSTLY, qualified) ? COSTLY[qualified] : undefined;
}

/** Literals, constants of the module, imports, and what is put together from those. */
function isConstantExpression(expression: PythonNode, file: PythonFile, depth = 0): boolean {
  const node = unwrap(expression);
  if (/^(?:String|Number|Boolean|None)$/.test(node.kind)) return true;
  if (depth > 5) return false;
  const inner = (part: PythonNode): boolean => isConstantExpression(part, file, depth + 1);
  switch (node.kind) {
    case 'VariableName': {
      const resolution = file.scopes.resolve(node.text, node);
      if (resolution === undefined) return /^__(?:file|name)__$/.test(node.text);
      const [binding, ...others] = resolution.bindings;
      if (others.length > 0) return false;
      if (binding!.kind === 'import' || binding!.kind === 'class') return true;
      if (binding!.kind !== 'assignment' || !binding!.value) return false;
      return resolution.scope === file.scopes.module || inner(binding!.value);
    }
    case 'MemberExpression':
      return inner(memberOf(node)?.object ?? subscriptOf(node)!.object) && !/^(?:self|cls|request)\b/.test(node.text);
    case 'BinaryExpression':
      return inner(node.firstChild!) && inner(node.lastChild!);
    case 'FormatString':
      return node.descendants('FormatReplacement').every((part) => part.children[1] !== undefined && inner(part.children[1]));
    case 'ArrayExpression':
    case 'TupleExpression':
      return node.children.every((child) => /^[[\](),]$/.test(child.kind) || inner(child));
    case 'CallExpression': {
      const name = node.calledName;
      const member = memberOf(calleeOf(node));
      const isPure = /^(?:join|dirname|abspath|realpath|Path|resolve|joinpath|str|PackageLoader|FileSystemLoader|select_autoescape)$/.test(name);
      return isPure && argumentsOf(node).every(({ value }) => inner(value)) && (member === undefined || inner(member.object));
    }
    default:
      return false;
  }
}

/** Somebody keeps the result: a decorator, a global, an attribute, or a guard. */
function isKept(call: PythonNode, fn: PythonNode): boolean {
  for (let at: PythonNode | undefined = fn; at !== undefined; at = at.closest('FunctionDefinition')) {
    if (decoratorsOf(at).some(({ name }) => CACHES.test(name)) || SET_UP.test(at.child('VariableName')?.text ?? '')) return true;
  }
  if (setsUp(fn) || isKeptByCallers(fn)) return true;
  const assignment = call.closest('AssignStatement', 'FunctionDefinition');
  const target = assignment?.kind === 'AssignStatement' ? assignment.firstChild : undefined;
  if (target?.kind === 'MemberExpression') return true;
  const isGlobal = target !== undefined && new RegExp(`\\bglobal\\b[^\\n]*\\b${target.text}\\b`).test(fn.text);
  return isGlobal || isMemoised(call, fn);
}

/** A function that gives nothing back has put what it read somewhere. */
function setsUp(fn: PythonNode): boolean {
  const hasResult = [...fn.descendants('ReturnStatement'), ...fn.descendants('YieldStatement')].some(({ children }) => children.length > 1 && children[1]!.kind !== 'None');
  return !hasResult && fn.descendants('CallExpression').some(({ calledName }) => /^(?:load|loads|safe_load|read)$/.test(calledName));
}

/** Whoever calls the function in its module keeps the result under a name with "cache", or asks for it where there is none yet. */
function isKeptByCallers(fn: PythonNode): boolean {
  const name = fn.child('VariableName')?.text;
  const callers = fn.tree.root.descendants('CallExpression').filter((call) => calleeOf(call)?.text === name);
  return callers.length > 0 && callers.every((call) => {
    const around = call.closest('FunctionDefinition');
    return around === undefined || isMemoised(call, around) || /cache/i.test(around.text);
  });
}

/** The path's text, with those of the constants it is made of. */
function wordsOf(expression: PythonNode, file: PythonFile, depth = 0): string {
  const words = [expression.text];
  if (depth > 3) return expression.text;
  for (const name of expression.kind === 'VariableName' ? [expression] : expression.descendants('VariableName')) {
    const bindings = file.scopes.resolve(name.text, name)?.bindings ?? [];
    const value = bindings.length === 1 && bindings[0]!.kind === 'assignment' ? bindings[0]!.value : undefined;
    if (value !== undefined && !value.contains(expression)) words.push(wordsOf(value, file, depth + 1));
  }
  return words.join(' ');
}
