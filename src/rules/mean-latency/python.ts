import type { Fix } from '../../core/rule';
import { argumentAt, argumentsOf, calleeOf, dottedName, isComprehension, memberOf, operatorOf, shorten, subscriptOf, unwrap } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { clausesOf } from '../../syntax/python/statements';
import { literalText } from '../../syntax/python/strings';
import type { PythonMatcher } from '../matchers';
import type { Facts } from './rule';

const MEANS = /^(?:statistics\.f?mean|numpy\.(?:nan)?mean|numpy\.average)$/;
/** Words that mean the time something took. */
const TIMES = /latenc|elapsed|(?:response|request|round_?trip|exec(?:ution)?|run|query|load|wait|call|handler|processing)_?times?|timings?\b|\brtts?\b|ttfb/i;
const DURATIONS = /durations?/i;
const UNITS = /_(?:ms|us|ns|millis|micros|nanos)\b/i;
const MEASURING = /perf_counter|monotonic\(|time\.time\(|latenc|response|request|benchmark|elapsed|percentil/i;
const PERCENTILES = /percentile|quantile|\bp_?(?:50|75|90|95|99|999)\b|median|histogram|hdrh/i;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression', 'BinaryExpression'],
  names: ['mean', 'fmean', 'nanmean', 'average'],

  find(node, file) {
    const averaged = node.kind === 'CallExpression' ? meanCall(node, file) : sumOverLength(node, file);
    if (averaged === undefined) return undefined;
    const quantity = nameOf(averaged);
    if (quantity === undefined || !isTime(quantity, file) || PERCENTILES.test(surroundings(node)) || foretells(node, file)) return undefined;
    return { span: node, facts: { expression: shorten(node.text), quantity } };
  },

  fix: (_match, node, file) => (node.kind === 'CallExpression' ? quantile(node, file) : undefined),
};

/** `statistics.mean(x)`, `np.mean(x)`, `frame["x"].mean()`: what is averaged. */
function meanCall(call: PythonNode, file: PythonFile): PythonNode | undefined {
  const name = call.calledName;
  const callee = calleeOf(call)!;
  const member = memberOf(callee);
  if (MEANS.test(file.names.qualified(callee) ?? '')) return argumentAt(call, 0);
  const kind = member && file.valueOf(member.object)?.kind;
  const isFrame = kind === 'array' || kind === 'dataframe' || (member !== undefined && file.imports('pandas', 'numpy', 'polars'));
  return isFrame && name === 'mean' && argumentsOf(call).length === 0 ? member!.object : undefined;
}

/** `sum(x) / len(x)` and `sum(r.elapsed for r in x) / len(x)`, in place or under the names given to the two. */
function sumOverLength(node: PythonNode, file: PythonFile): PythonNode | undefined {
  if (!node.tree.hasChild(node.index, 'ArithOp') || operatorOf(node) !== '/') return undefined;
  const summed = builtinArgument(assigned(node.firstChild!, file), 'builtins.sum', file);
  const counted = summed && countedBy(assigned(node.lastChild!, file), file);
  if (counted === undefined) return undefined;
  const [clause] = isComprehension(summed!) ? clausesOf(summed!) : [];
  return counted.text === summed!.text || counted.text === clause?.iterable?.text ? summed : undefined;
}

/** `x` of `len(x)`, also of `max(len(x), 1)`. */
function countedBy(count: PythonNode, file: PythonFile): PythonNode | undefined {
  const atLeast = builtinArgument(count, 'builtins.max', file);
  return builtinArgument(atLeast ?? count, 'builtins.len', file);
}

/** The expression itself or, for a name that is bound once, what it was given. */
function assigned(expression: PythonNode, file: PythonFile): PythonNode {
  const node = unwrap(expression);
  const bindings = node.kind === 'VariableName' ? file.scopes.resolve(node.text, node)?.bindings : undefined;
  const value = bindings?.length === 1 && bindings[0]!.kind === 'assignment' ? bindings[0]!.value : undefined;
  return value ? unwrap(value) : node;
}

function builtinArgument(call: PythonNode, name: string, file: PythonFile): PythonNode | undefined {
  return call.kind === 'CallExpression' && file.names.qualified(calleeOf(call)) === name ? argumentAt(call, 0) : undefined;
}

/** "durations" of `self.durations`, "latency_ms" of `frame["latency_ms"]`, the element's name in `[r.elapsed for r in runs]`. */
function nameOf(node: PythonNode): string | undefined {
  const index = subscriptOf(node)?.index;
  const key = index && literalText(index);
  if (key !== undefined) return key;
  const dotted = dottedName(node);
  if (dotted !== undefined) return dotted.slice(dotted.lastIndexOf('.') + 1);
  if (!/Comprehension/.test(node.kind) && node.kind !== 'ArgList') return undefined;
  const element = node.children[1];
  return element && element.kind !== node.kind ? nameOf(element) : undefined;
}

/** "Duration" is also the length of a song, so it needs a unit finer than seconds or a file that measures. */
function isTime(name: string, file: PythonFile): boolean {
  if (TIMES.test(name)) return true;
  if (/^(?:times|samples)$/i.test(name)) return /perf_counter|monotonic\(/.test(file.text);
  return DURATIONS.test(name) && (UNITS.test(name) || MEASURING.test(file.text.replaceAll(name, '')));
}

/** The function or class around, in which a percentile would stand beside the mean. */
function surroundings(node: PythonNode): string {
  const around = node.closest('ClassDefinition') ?? node.closest('FunctionDefinition');
  return (around ?? node.tree.root).text;
}

/** What is left to do takes the mean for each, and what a script says of its own run is read once. */
function foretells(node: PythonNode, file: PythonFile): boolean {
  return file.scriptEntries.size > 0 || /\beta\b|\bremaining/i.test(node.closest('FunctionDefinition')?.text ?? '');
}

function quantile(call: PythonNode, file: PythonFile): Fix | undefined {
  const callee = calleeOf(call)!;
  const module = memberOf(callee)?.object;
  if (module === undefined || file.names.qualified(module) !== 'statistics') return undefined;
  const values = argumentsOf(call);
  if (values.length !== 1 || values[0]!.value.kind === 'ArgList') return undefined;
  return {
    title: 'Report the 95th percentile instead of the mean',
    kind: 'suggestion',
    edits: [{ start: call.start, end: call.end, newText: `${module.text}.quantiles(${values[0]!.value.text}, n=100, method="inclusive")[94]` }],
    caveat: 'The figure means something else afterwards, so its name and its readers have to follow; quantiles() needs two samples.',
  };
}
