import { ts } from 'ts-morph';
import { isProjectCallee } from '../../syntax/typescript/callees';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { httpCall } from '../../syntax/typescript/libraries/http';
import { calleeText, isInlineFunction, methodName, receiverOf, some, unwrap, walk } from '../../syntax/typescript/nodes';
import { originOf } from '../../syntax/typescript/origin';
import type { Wait } from './waits';

/** One await of a run, with where it stands. */
export interface Step extends Wait {
  readonly statement: ts.VariableStatement;
  readonly declaration: ts.VariableDeclaration;
  readonly awaited: ts.AwaitExpression;
}

/** Names of functions that only look. A name is all there is where the function stands in another file. */
const READING = /^(?:get|load|fetch|find|list|read|count|query|search|lookup|retrieve|select|has|is)(?![a-z])/;
/** Calls that decide whether the rest may run: what comes after them has to wait. */
const GUARDING = /auth|session|permission|access|require|assert|ensure|validat|verif|check|guard|protect|^can[A-Z]|currentUser|getUser$|getServerUser|viewer|rateLimit|csrf|token|logged|sign|redirect|OrThrow|OrFail|notFound|^is[A-Z]|^has[A-Z]|lock|acquire/i;
/** Reads of a body or of what the framework holds ready: no round trip, and nothing that could fail for others. */
const PASSIVE = /^(?:json|text|formData|arrayBuffer|blob|cookies|headers|draftMode|getTranslations?|getTranslate|getLocale|getI18n\w*)$/;
/** One connection or unit of work: calls that are given the same one take turns. */
const ONE_CONNECTION = /\b(?:tx|trx|transaction|queryRunner|entityManager|manager|em|conn|connection|poolClient|dbSession|mongoSession)\b/;

/**
 * The runs of awaits in a block: declarations one after another, with nothing between them that could end
 * the function, have an effect, or take part in the order of effects.
 */
export function runsOf(block: ts.Block, file: TypeScriptFile): readonly (readonly Step[])[] {
  const runs: Step[][] = [];
  let run = new Run(file);
  const flush = (): void => {
    if (run.steps.length > 1) runs.push(run.steps);
    run = new Run(file);
  };
  for (const statement of block.statements) {
    if (!ts.isVariableStatement(statement) || !run.take(statement)) flush();
  }
  flush();
  return runs;
}

class Run {
  readonly steps: Step[] = [];
  /** Name -> the awaits that its value was made of. */
  private readonly madeOf = new Map<string, ReadonlySet<number>>();

  constructor(private readonly file: TypeScriptFile) {}

  /** Adds a statement to the run; false where it ends the run. */
  take(statement: ts.VariableStatement): boolean {
    return statement.declarationList.declarations.every((declaration) => this.takeDeclaration(declaration, statement));
  }

  private takeDeclaration(declaration: ts.VariableDeclaration, statement: ts.VariableStatement): boolean {
    const { initializer } = declaration;
    if (!initializer) return true;
    const needs = this.needsOf(initializer);
    const awaited = rootAwait(initializer);
    if (!awaited) {
      if (!this.isChoiceOfReads(initializer) && !isHarmless(initializer)) return false;
      this.define(declaration.name, needs);
      return true;
    }
    const call = awaitedCall(awaited);
    const name = call && calledName(call);
    if (!call || (name !== undefined && PASSIVE.test(name))) {
      // `await props.params`, `await response.json()`: part of the run, but nothing to start earlier.
      if (call && !isHarmless(call)) return false;
      this.define(declaration.name, needs);
      return true;
    }
    const wait = this.waitOf(call, name);
    if (!wait) return false;
    this.define(declaration.name, new Set([...needs, this.steps.length]));
    this.steps.push({ ...wait, needs: [...needs], statement, declaration, awaited });
    return true;
  }

  /** `wanted ? await read(id) : []`: it may wait or not, but what comes after it need not wait for what came before. */
  private isChoiceOfReads(expression: ts.Expression): boolean {
    const choice = unwrap(expression);
    if (!ts.isConditionalExpression(choice) || !isHarmless(choice.condition)) return false;
    return [choice.whenTrue, choice.whenFalse].every((branch) => {
      const awaited = rootAwait(branch);
      const call = awaited && awaitedCall(awaited);
      return call ? this.waitOf(call, calledName(call)) !== undefined : isHarmless(branch);
    });
  }

  /** What is known of an awaited call; undefined where it may have an effect or guard what follows. */
  private waitOf(call: ts.CallExpression, name: string | undefined): Pick<Step, 'call' | 'library' | 'callee'> | undefined {
    const { file } = this;
    if (name === undefined || GUARDING.test(name) || sharesConnection(call, file) || call.arguments.some(holdsAwait)) return undefined;
    const access = file.dataAccess(call);
    if (access) {
      const reads = access.kind === 'query' || (access.kind === 'request' && isGet(call, file)) || (access.kind === 'file' && /^(?:read|stat|lstat|access)/.test(name));
      return reads ? { call: calleeText(call), library: access.library } : undefined;
    }
    const callee = file.callee(call);
    return READING.test(name) && callee && isProjectCallee(callee) ? { call: calleeText(call), callee } : undefined;
  }

  private needsOf(expression: ts.Expression): ReadonlySet<number> {
    const needs = new Set<number>();
    if (this.madeOf.size === 0) return needs;
    walk(expression, (node) => {
      if (!ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)) return;
      for (const step of this.madeOf.get(node.text) ?? []) needs.add(step);
    });
    return needs;
  }

  private define(name: ts.BindingName, steps: ReadonlySet<number>): void {
    if (ts.isIdentifier(name)) this.madeOf.set(name.text, steps);
    else for (const element of name.elements) if (ts.isBindingElement(element)) this.define(element.name, steps);
  }
}

/** The await at the root of `await x`, `(await x).y` and `(await x) as T`. */
export function rootAwait(expression: ts.Expression): ts.AwaitExpression | undefined {
  let node = unwrap(expression);
  while (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) node = unwrap(node.expression);
  return ts.isAwaitExpression(node) ? node : undefined;
}

/** The call behind `await call(…)` and `await call(…).catch(…)`. */
function awaitedCall(awaited: ts.AwaitExpression): ts.CallExpression | undefined {
  let node = unwrap(awaited.expression);
  while (ts.isCallExpression(node) && /^(?:then|catch|finally)$/.test(methodName(node) ?? '')) node = receiverOf(node)!;
  return ts.isCallExpression(node) ? node : undefined;
}

function calledName(call: ts.CallExpression): string | undefined {
  const callee = unwrap(call.expression);
  return methodName(call) ?? (ts.isIdentifier(callee) ? callee.text : undefined);
}

const holdsAwait = (node: ts.Node): boolean => some(node, ts.isAwaitExpression, isInlineFunction);

/** Methods of the language's own values; any other call could have an effect or throw on purpose. */
const HARMLESS_METHODS = /^(?:map|filter|find|slice|concat|flatMap|flat|join|split|trim|toLowerCase|toUpperCase|toString|includes|some|every|at|keys|values|entries|get|has|from|isArray|json|text|formData|arrayBuffer|blob|toISOString|getTime|startsWith|endsWith|replace|parseInt|max|min|floor|ceil|round|now)$/;
const HARMLESS_FUNCTIONS = /^(?:Number|String|Boolean|Array|parseInt|parseFloat|encodeURIComponent|cookies|headers|draftMode|getTranslations?|getTranslate|getLocale)$/;

/** An expression without awaits, assignments and calls that could have an effect. */
function isHarmless(expression: ts.Expression): boolean {
  return !some(expression, (node) => {
    if (ts.isAwaitExpression(node) || ts.isYieldExpression(node) || ts.isDeleteExpression(node)) return true;
    if (ts.isBinaryExpression(node)) return node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
    if (ts.isNewExpression(node)) return !/^(?:Date|Map|Set|URL|URLSearchParams|Headers|Array)$/.test(node.expression.getText());
    if (!ts.isCallExpression(node)) return false;
    const callee = unwrap(node.expression);
    return ts.isPropertyAccessExpression(callee) ? !HARMLESS_METHODS.test(callee.name.text) : !(ts.isIdentifier(callee) && HARMLESS_FUNCTIONS.test(callee.text));
  }, isInlineFunction);
}

/** Through a transaction, a single connection or a unit of work, as receiver or argument. */
function sharesConnection(call: ts.CallExpression, file: TypeScriptFile): boolean {
  if (ONE_CONNECTION.test(call.expression.getText()) || call.arguments.some((argument) => ONE_CONNECTION.test(argument.getText()))) return true;
  const receiver = receiverOf(call);
  const origin = receiver && originOf(receiver, file);
  if (!origin) return false;
  return (origin.module === 'pg' && (origin.name !== 'Pool' || origin.path.includes('connect'))) || /^(?:EntityManager|QueryRunner|ClientSession|PoolConnection|Connection)$/.test(origin.name);
}

function isGet(call: ts.CallExpression, file: TypeScriptFile): boolean {
  const http = httpCall(call, file);
  if (http) return http.verb === 'get' || http.verb === 'head';
  return /^(?:get|list|retrieve|search|query|fetch|head|describe)/.test(calledName(call) ?? '');
}
