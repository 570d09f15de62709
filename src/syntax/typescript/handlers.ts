import { ts } from 'ts-morph';
import { methodName, receiverOf, rootOf, unwrap, type FunctionNode } from './nodes';

const {
  isArrowFunction, isCallExpression, isExportAssignment, isFunctionExpression, isIdentifier, isNewExpression,
  isObjectBindingPattern, isObjectLiteralExpression, isParenthesizedExpression, isPropertyAccessExpression,
  isPropertyAssignment, isStringLiteralLike, isVariableDeclaration,
} = ts;

/** A function that a framework was given to call: for a route, a procedure, a queue, a message. */
export interface Registration {
  /** As its reader would call it: "GET /orders", "worker emails"; undefined where the variable or property around it names it. */
  readonly name?: string;
  /** Why it runs often. */
  readonly reason: string;
  /** The file must import such a module for the reason to hold; absent where the form of the call is evidence enough. */
  readonly module?: RegExp;
  /** The call that takes the function. */
  readonly call: ts.CallExpression | ts.NewExpression;
}

const ROUTE_METHODS = new Set(['get', 'post', 'put', 'patch', 'delete', 'all', 'options', 'head']);
/** What frameworks call a handler's first parameter; `cache.get('key', async () => …)` is no route. */
const REQUEST_NAMES = /^_?(?:req|request|ctx|c|context|event)$/;

/** How an inline function is registered, judged by the call around it alone; undefined for all others. */
export function registrationOf(node: FunctionNode): Registration | undefined {
  if (!isArrowFunction(node) && !isFunctionExpression(node)) return undefined;
  const call = callAround(node);
  if (!call) return undefined;
  if (isNewExpression(call)) return worker(call, node);
  const method = methodName(call);
  return method === undefined ? plainCall(call) : methodCall(call, method, node);
}

/** The call that takes the function, past wrappers such as `asyncHandler(async (req, res) => …)` and option objects. */
function callAround(node: ts.Node): ts.CallExpression | ts.NewExpression | undefined {
  let at = node.parent;
  while (isParenthesizedExpression(at)) at = at.parent;
  if (isNewExpression(at)) return at;
  if (!isCallExpression(at)) return undefined;
  const isWrapper = isIdentifier(at.expression) && isCallExpression(at.parent) && at.parent.arguments.includes(at) && ROUTE_METHODS.has(methodName(at.parent) ?? '');
  return isWrapper ? (at.parent as ts.CallExpression) : at;
}

/** `new Worker('emails', async (job) => …)` of BullMQ. */
function worker(call: ts.NewExpression, node: ts.Node): Registration | undefined {
  if (!isIdentifier(call.expression) || call.expression.text !== 'Worker' || call.arguments?.[1] !== node) return undefined;
  return { name: `worker ${literal(call.arguments[0]) ?? 'queue'}`, reason: 'runs for each job of a queue', module: /^bullmq$/, call };
}

/** `export default defineEventHandler(async (event) => …)`, `inngest.createFunction` destructured, and the like. */
function plainCall(call: ts.CallExpression): Registration | undefined {
  const name = isIdentifier(call.expression) ? call.expression.text : '';
  if (/^(?:define(?:Cached)?|lazy|cached)?EventHandler$/i.test(name)) return { reason: 'request handler', call };
  return undefined;
}

function methodCall(call: ts.CallExpression, method: string, node: FunctionNode): Registration | undefined {
  const isLast = isWithinLast(call, node);
  if (ROUTE_METHODS.has(method) && isLast) return route(call, method, node);
  switch (method) {
    case 'query':
    case 'mutation':
    case 'subscription':
      return isOnlyArgument(call, node) && /procedure|^t$/i.test(chainText(call)) ? { reason: 'tRPC procedure', call } : undefined;
    case 'action':
      return isOnlyArgument(call, node) && /action|client/i.test(chainText(call)) ? { reason: 'server action', call } : undefined;
    case 'handler':
      return isOnlyArgument(call, node) && isCallExpression(receiverOf(call)!) ? { reason: 'request handler', module: /^(?:@orpc\/|@tanstack\/)/, call } : undefined;
    case 'openapi':
      return isLast && call.arguments.length > 1 ? { name: `route ${call.arguments[0]!.getText().slice(0, 40)}`, reason: 'route handler', call } : undefined;
    case 'process':
      return isLast ? { name: `process ${literal(call.arguments[0]) ?? 'job'}`, reason: 'runs for each job of a queue', module: /^bull$/, call } : undefined;
    case 'consume':
      return { name: `consume ${literal(call.arguments[0]) ?? 'message'}`, reason: 'runs for each message of a queue', module: /^amqplib/, call };
    case 'createFunction':
      return isLast ? { name: `function ${idOf(call.arguments[0]) ?? 'job'}`, reason: 'runs for each event', module: /^inngest$|inngest/, call } : undefined;
    case 'on':
      return socketMessage(call);
    default:
      return undefined;
  }
}

/** The route that a call registers handlers for, by its path. */
export function routeOf(call: ts.CallExpression): string | undefined {
  const path = literal(call.arguments[0]);
  const method = methodName(call);
  return path?.startsWith('/') && method && ROUTE_METHODS.has(method) ? `${method.toUpperCase()} ${path}` : undefined;
}

/** `app.get('/orders', async (req, res) => …)` is called "GET /orders"; so is `router.route('/orders').get(…)`. */
function route(call: ts.CallExpression, method: string, node: FunctionNode): Registration | undefined {
  const path = literal(call.arguments[0]) ?? routedPath(receiverOf(call)!);
  if (path === undefined || !(path.startsWith('/') || takesRequest(node))) return undefined;
  const name = `${method.toUpperCase()} ${path}`;
  return { name, reason: `route handler ${name}`, call };
}

function routedPath(receiver: ts.Expression): string | undefined {
  const inner = unwrap(receiver);
  return isCallExpression(inner) && methodName(inner) === 'route' ? literal(inner.arguments[0]) : undefined;
}

function takesRequest({ parameters: [first] }: FunctionNode): boolean {
  return first !== undefined && isIdentifier(first.name) && REQUEST_NAMES.test(first.name.text);
}

/** `socket.on('save', async (order) => …)` answers a client's message; other emitters say nothing of how often they emit. */
function socketMessage(call: ts.CallExpression): Registration | undefined {
  const receiver = receiverOf(call)!;
  const event = literal(call.arguments[0]);
  if (event === undefined || !isIdentifier(receiver) || receiver.text !== 'socket') return undefined;
  return /^(?:connect|connection|disconnect|error|close|end|open)$/.test(event) ? undefined : { name: `on ${event}`, reason: `answers the message ${event}`, call };
}

function isWithinLast(call: ts.CallExpression, node: ts.Node): boolean {
  const last = call.arguments[call.arguments.length - 1];
  return last !== undefined && node.pos >= last.pos && node.end <= last.end;
}

function isOnlyArgument(call: ts.CallExpression, node: ts.Node): boolean {
  return call.arguments.length === 1 && call.arguments[0] === node;
}

/** The names at the head of a chain: "t.procedure", "authActionClient". */
function chainText(call: ts.CallExpression): string {
  const root = rootOf(call);
  const owner = root.parent;
  const next = isPropertyAccessExpression(owner) && owner.expression === root ? `.${owner.name.text}` : '';
  return isIdentifier(root) ? root.text + next : '';
}

function literal(argument: ts.Expression | undefined): string | undefined {
  return argument && isStringLiteralLike(argument) ? argument.text : undefined;
}

function idOf(options: ts.Expression | undefined): string | undefined {
  if (!options || !isObjectLiteralExpression(options)) return undefined;
  const id = options.properties.find((property) => property.name?.getText() === 'id' || property.name?.getText() === 'name');
  return id && isPropertyAssignment(id) ? literal(id.initializer) : undefined;
}

/** The variable, property or export that a registered function's call is the value of. */
export function holderOfRegistration({ call }: Registration): ts.VariableDeclaration | ts.PropertyAssignment | ts.ExportAssignment | undefined {
  const { parent } = call;
  return isVariableDeclaration(parent) || isPropertyAssignment(parent) || isExportAssignment(parent) ? parent : undefined;
}

/** `{ ctx, input }`: what procedures and resolvers take apart in their first parameter. */
export function destructures(node: FunctionNode, names: RegExp): boolean {
  const [first] = node.parameters;
  return first !== undefined && isObjectBindingPattern(first.name) && first.name.elements.some(({ name }) => isIdentifier(name) && names.test(name.text));
}
