import { ts } from 'ts-morph';
import type { TypeScriptFile } from './file';
import { isFunction, isInlineFunction, isWithin, methodName, receiverOf, shortText, unwrap } from './nodes';

const {
  isArrayLiteralExpression, isAwaitExpression, isBinaryExpression, isCallExpression, isIdentifier,
  isNumericLiteral, isObjectLiteralExpression, isParenthesizedExpression, isPostfixUnaryExpression,
  isPrefixUnaryExpression, isPropertyAccessExpression,
} = ts;

const Kind = ts.SyntaxKind;

/** A construct that runs its body once per item. */
export interface Loop {
  readonly node: ts.Node;
  readonly kind: 'for-of' | 'for-in' | 'for' | 'while' | 'callback';
  /** What is iterated, where it is one expression. */
  readonly collection?: ts.Expression;
  /** How messages call the collection: "orders". */
  readonly label: string;
  /** The body: a statement, or the callback's function. */
  readonly body: ts.Node;
  /** For callbacks: the array method ("map", "forEach"…). */
  readonly method?: string;
  /** Number of iterations, where a literal shows it. */
  readonly size?: number;
  /** Chunks, pages or batches are iterated: one call per iteration is already the bulk form. */
  readonly isBatched: boolean;
}

/** Methods whose callback runs once per element. */
const ITERATION_METHODS = new Set([
  'map', 'forEach', 'filter', 'flatMap', 'some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex', 'reduce', 'reduceRight',
]);
/** Functions that take a collection and a callback: lodash, p-map, async, bluebird. */
const ITERATION_FUNCTIONS = new Set(['map', 'forEach', 'each', 'filter', 'flatMap', 'reduce', 'some', 'every', 'pMap', 'eachSeries', 'eachLimit', 'mapLimit', 'mapSeries']);
const ITERATION_OWNERS = new Set(['_', 'lodash', 'async', 'Bluebird', 'Promise', 'R', 'ramda']);
/** Modules of functions whose `map` and `filter` describe one value or effect: `Effect.map(f)`, `Option.filter(f)`. */
const EFFECT_MODULES = /^(?:effect|fp-ts|@effect)(?:$|\/)/;

/** Longer expressions do not read as a name. */
const LONGEST_LABEL = 40;

const BATCH_WORDS = /(?:chunk|batch|page|slice|bucket|partition|group(?:ed)?)/i;

/** Uncached; matchers ask `file.loopAround`. */
export function findLoopAround(node: ts.Node, file: TypeScriptFile): Loop | undefined {
  let child = node;
  for (let at: ts.Node | undefined = node.parent; at; child = at, at = at.parent) {
    const loop = statementLoop(at, child, file);
    if (loop) return loop;
    if (at.kind === Kind.Block) return file.loopAroundBlock(at as ts.Block);
    if (!isFunction(at)) continue;
    if (!isInlineFunction(at)) return undefined;
    const callback = callbackLoop(at, file);
    if (callback) return callback;
    if (!runsInPlace(at)) return undefined;
  }
  return undefined;
}

/** Loops from the inside out, as far as they belong to the same function or its inline callbacks. */
export function loopsAround(node: ts.Node, file: TypeScriptFile): Loop[] {
  const loops: Loop[] = [];
  for (let loop = file.loopAround(node); loop; loop = file.loopAround(loop.node)) loops.push(loop);
  return loops;
}

function statementLoop(node: ts.Node, child: ts.Node, file: TypeScriptFile): Loop | undefined {
  switch (node.kind) {
    case Kind.ForOfStatement:
    case Kind.ForInStatement: {
      const loop = node as ts.ForOfStatement | ts.ForInStatement;
      // The iterated expression is evaluated once, before the loop.
      if (child !== loop.statement) return undefined;
      return new CollectionLoop(loop, node.kind === Kind.ForOfStatement ? 'for-of' : 'for-in', loop.expression, loop.statement, file);
    }
    case Kind.ForStatement:
      return child === (node as ts.ForStatement).initializer ? undefined : countingLoop(node as ts.ForStatement, file);
    case Kind.WhileStatement:
    case Kind.DoStatement: {
      const loop = node as ts.WhileStatement | ts.DoStatement;
      return { node, kind: 'while', label: shortText(loop.expression), body: loop.statement, isBatched: false };
    }
    default:
      return undefined;
  }
}

/** Most loops are asked for their kind only, so that label and size wait until somebody wants them. */
class CollectionLoop implements Loop {
  private knownLabel?: string;

  constructor(
    readonly node: ts.Node,
    readonly kind: Loop['kind'],
    readonly collection: ts.Expression,
    readonly body: ts.Node,
    private readonly file: TypeScriptFile,
    readonly method?: string,
  ) {}

  get label(): string {
    return (this.knownLabel ??= labelOf(this.collection));
  }

  get size(): number | undefined {
    return this.file.shape(this.collection).size;
  }

  get isBatched(): boolean {
    return BATCH_WORDS.test(this.label);
  }
}

/** `for (let i = 0; i < xs.length; i++)` runs over xs; a step other than one means batches. */
function countingLoop(node: ts.ForStatement, file: TypeScriptFile): Loop {
  const condition = node.condition && isBinaryExpression(node.condition) ? node.condition : undefined;
  const bound = condition ? unwrap(condition.right) : undefined;
  const isLength = bound && isPropertyAccessExpression(bound) && (bound.name.text === 'length' || bound.name.text === 'size');
  const collection = isLength ? bound.expression : undefined;
  const literal = bound && isNumericLiteral(bound) ? Number(bound.text) : undefined;
  return {
    node,
    kind: 'for',
    collection,
    label: collection ? labelOf(collection) : bound ? shortText(bound) : 'the loop',
    body: node.statement,
    size: literal ?? (collection ? file.shape(collection).size : undefined),
    isBatched: !stepsByOne(node.incrementor),
  };
}

function stepsByOne(incrementor: ts.Expression | undefined): boolean {
  if (!incrementor) return false;
  const step = unwrap(incrementor);
  if (isPrefixUnaryExpression(step) || isPostfixUnaryExpression(step)) return true;
  return isBinaryExpression(step) && isNumericLiteral(step.right) && step.right.text === '1';
}

function callbackLoop(callback: ts.ArrowFunction | ts.FunctionExpression, file: TypeScriptFile): Loop | undefined {
  const call = callback.parent;
  if (!isCallExpression(call)) return undefined;
  const name = methodName(call);
  const receiver = receiverOf(call);
  if (call.arguments[0] === callback && name && receiver && ITERATION_METHODS.has(name)) {
    if (isIdentifier(receiver) && (ITERATION_OWNERS.has(receiver.text) || EFFECT_MODULES.test(file.imports.get(receiver.text)?.module ?? ''))) return undefined;
    const kind = file.shape(receiver).kind;
    const isCollection = kind === 'array' || kind === 'unknown' || kind === 'set' || kind === 'map';
    return isCollection ? new CollectionLoop(call, 'callback', receiver, callback, file, name) : undefined;
  }
  const [collection] = call.arguments;
  if (call.arguments[1] !== callback || !collection) return undefined;
  const isFromArray = name === 'from' && receiver && isIdentifier(receiver) && receiver.text === 'Array';
  const isLibrary = receiver && isIdentifier(receiver) && ITERATION_OWNERS.has(receiver.text) && name && ITERATION_FUNCTIONS.has(name);
  const isPlain = isIdentifier(call.expression) && (call.expression.text === 'pMap' || call.expression.text === 'pEach');
  return isFromArray || isLibrary || isPlain ? new CollectionLoop(call, 'callback', collection, callback, file, name ?? 'map') : undefined;
}

/** Calls that run their callback at once and once, as part of the surrounding code. */
const IN_PLACE_CALLS = /(?:transaction|limit|limiter|retry|withSpan|startActiveSpan|measure|time|batch|run|wrap)$/i;

/** `(() => …)()`, `await db.transaction(async (tx) => …)` and `limit(() => …)` belong to the code around them. */
function runsInPlace(callback: ts.ArrowFunction | ts.FunctionExpression): boolean {
  let at: ts.Node = callback.parent;
  while (isParenthesizedExpression(at)) at = at.parent;
  if (!isCallExpression(at)) return false;
  if (isWithin(callback, at.expression)) return true;
  const callee = unwrap(at.expression);
  const name = isPropertyAccessExpression(callee) ? callee.name.text : isIdentifier(callee) ? callee.text : '';
  return IN_PLACE_CALLS.test(name);
}

/** What messages call a collection; long expressions are cut down to what they begin with. */
export function labelOf(collection: ts.Expression): string {
  const inner = unwrap(collection);
  if (isCallExpression(inner)) {
    const name = methodName(inner);
    const receiver = receiverOf(inner);
    // `orders.filter(…)` and `Object.values(orders)` are still about the orders.
    if (receiver && name && (ITERATION_METHODS.has(name) || /^(?:keys|values|entries|slice|sort|reverse|toSorted)$/.test(name))) {
      const [argument] = inner.arguments;
      const isObjectStatic = isIdentifier(receiver) && (receiver.text === 'Object' || receiver.text === 'Array');
      return labelOf(isObjectStatic && argument ? argument : receiver);
    }
  }
  if (isAwaitExpression(inner)) return labelOf(inner.expression);
  if (isObjectLiteralExpression(inner) || isArrayLiteralExpression(inner) || inner.end - inner.getStart() > LONGEST_LABEL) return 'the list';
  return shortText(inner).replace(/^this\./, '');
}
