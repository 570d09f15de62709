import type { Match } from '../../core/rule';
import { argumentAt, argumentsOf, calleeOf, keywordArgument, memberOf, unwrap } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode, Value } from '../../syntax/python/file';
import { modelReference } from '../../syntax/python/models/references';
import { reachingBindings } from '../../syntax/python/reaching';
import { literalText } from '../../syntax/python/strings';
import { classAttribute } from '../../syntax/python/views/declaredRows';
import type { Facts } from './facts';
import { handed, isInSight, rowIn } from './pythonHanded';

/** Calls that render a template with variables, and where its name stands among their arguments. */
const RENDERS: Readonly<Record<string, number>> = { render: 1, TemplateResponse: 1, render_template: 0, render_to_string: 0, SimpleTemplateResponse: 0 };

/** Rows that a call hands to a serializer or a template; found by the call's last name alone at first. */
export function handingCall(call: PythonNode, file: PythonFile): readonly Match<Facts>[] {
  const name = call.calledName;
  if (name.endsWith('Serializer') || name === 'get_serializer') return serialized(call, file);
  if (name === 'dump' || name === 'dumps') return dumped(call, file);
  return Object.hasOwn(RENDERS, name) ? rendered(call, RENDERS[name]!, file) : [];
}

/** `OrderSerializer(orders, many=True)`, `self.get_serializer(orders, many=True)`. */
function serialized(call: PythonNode, file: PythonFile): readonly Match<Facts>[] {
  if (keywordArgument(call, 'many')?.text !== 'True') return [];
  const rows = argumentAt(call, 0, 'instance');
  const callee = calleeOf(call)!;
  const declaration = call.closest('ClassDefinition');
  const named = call.calledName === 'get_serializer' ? declaration && classAttribute(declaration, 'serializer_class', file) : callee;
  const serializer = named && modelReference(named, file);
  if (rows === undefined || serializer === undefined) return [];
  const row = rowIn(file.valueOf(rows));
  return one(isInSight(row) ? handed({ place: call, row, query: rows, shownBy: named!.text, showing: [{ kind: 'serializer', serializer }] }, file) : undefined);
}

/** `OrderSchema(many=True).dump(orders)`, `schema.dump(orders, many=True)` of Marshmallow. */
function dumped(call: PythonNode, file: PythonFile): readonly Match<Facts>[] {
  const schema = memberOf(calleeOf(call))?.object;
  const made = schema && madeBy(unwrap(schema), file);
  const rows = argumentAt(call, 0, 'obj');
  if (made === undefined || rows === undefined || !/Schema$/.test(made.calledName)) return [];
  if (keywordArgument(made, 'many')?.text !== 'True' && keywordArgument(call, 'many')?.text !== 'True') return [];
  const serializer = modelReference(calleeOf(made)!, file);
  const row = rowIn(file.valueOf(rows));
  if (serializer === undefined || !isInSight(row)) return [];
  return one(handed({ place: call, row, query: rows, shownBy: made.calledName, showing: [{ kind: 'serializer', serializer }] }, file));
}

/** The constructor call behind an expression: itself, or what its name was given. */
function madeBy(expression: PythonNode, file: PythonFile): PythonNode | undefined {
  if (expression.kind === 'CallExpression') return expression;
  const bindings = expression.kind === 'VariableName' ? (file.scopes.resolve(expression.text, expression)?.bindings ?? []) : [];
  const reaching = reachingBindings(bindings, expression);
  return reaching.length === 1 && reaching[0]!.value?.kind === 'CallExpression' ? reaching[0]!.value : undefined;
}

/** `render(request, "orders.html", {"orders": orders})`, `render_template("orders.html", orders=orders)`. */
function rendered(call: PythonNode, position: number, file: PythonFile): readonly Match<Facts>[] {
  const args = argumentsOf(call);
  // Starlette takes the name first, Django the request.
  const at = [position, 0].find((index) => literalText(args[index]?.value) !== undefined);
  const name = at === undefined ? undefined : literalText(args[at]!.value);
  if (name === undefined || !/\.(?:html|txt|jinja2?|j2|xml)$/.test(name)) return [];
  const context = args.find(({ name: keyword, value }, index) => (keyword === 'context' || (keyword === undefined && index > at!)) && value !== undefined)?.value;
  const pairs = [...(context ? contextPairs(context, file) : []), ...args.flatMap(({ name: keyword, value }) => (keyword === undefined ? [] : [[keyword, value] as const]))];
  return pairs.flatMap(([variable, value]) => shownVariable(name, variable, value, file));
}

/** The names and values of a dictionary, written there or kept under a name. */
function contextPairs(context: PythonNode, file: PythonFile): readonly (readonly [string, PythonNode])[] {
  const node = unwrap(context);
  if (node.kind === 'VariableName') {
    const reaching = reachingBindings(file.scopes.resolve(node.text, node)?.bindings ?? [], node);
    const [binding] = reaching;
    return reaching.length === 1 && binding!.kind === 'assignment' && binding!.value?.kind === 'DictionaryExpression' ? contextPairs(binding!.value, file) : [];
  }
  if (node.kind !== 'DictionaryExpression') return [];
  const { children } = node;
  return children.flatMap((child, i) => {
    const key = child.kind === ':' ? literalText(children[i - 1]) : undefined;
    const value = children[i + 1];
    return key === undefined || value === undefined ? [] : [[key, value] as const];
  });
}

/** Rows under a name of a template; a single row counts for what its related rows read. */
function shownVariable(template: string, variable: string, value: PythonNode, file: PythonFile): readonly Match<Facts>[] {
  const known: Value | undefined = file.valueOf(value);
  const row = known?.kind === 'record' ? known : rowIn(known);
  if (!isInSight(row)) return [];
  const isOneRow = known?.kind === 'record' || undefined;
  return one(handed({ place: value, row, query: value, shownBy: template, showing: [{ kind: 'template', name: template, variables: [variable] }], isOneRow }, file));
}

const one = (match: Match<Facts> | undefined): readonly Match<Facts>[] => (match ? [match] : []);
