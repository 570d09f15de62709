import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { CONNECTION_MODULES, connectionOf } from '../../syntax/typescript/libraries/connections';
import { nameFunction } from '../../syntax/typescript/functions';
import { enclosingFunction, isFunction, isWithin, some, unwrap, type FunctionNode } from '../../syntax/typescript/nodes';
import { originOf } from '../../syntax/typescript/origin';
import { isScript } from '../../syntax/typescript/surroundings';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { hoist } from './typescriptFix';

const Kind = ts.SyntaxKind;
/** Functions that make a client. */
const MAKING = ['createPool', 'createConnection', 'createClient', 'createTransport', 'connect', 'launch', 'knex', 'postgres'];
/** Functions that run once, by their name. */
const ONCE = /^(?:constructor|main|bootstrap|start|setup|set_?up|init|initiali[sz]e|connect|configure|register|seed|migrate|run|before\w*|after\w*|on(?:Module|Application)\w+|loader?|default)$|^(?:start|setup|init|bootstrap|register|boot|configure|load|run)[A-Z]/;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [Kind.NewExpression, Kind.CallExpression],
  names: MAKING,

  find(node, file): Match<Facts> | undefined {
    if (!file.importsFrom(CONNECTION_MODULES)) return undefined;
    const made = node as ts.NewExpression | ts.CallExpression;
    if (!mayMakeClient(made)) return undefined;
    const owner = enclosingFunction(made);
    if (!owner || isScript(file) || runsOnce(owner)) return undefined;
    const origin = originOf(made.expression, file);
    const connection = origin && connectionOf(origin, ts.isNewExpression(made));
    if (!connection) return undefined;
    if (!staysLocal(made, owner) || dependsOnCall(made, owner, file)) return undefined;
    const loop = file.loopAround(made);
    return {
      span: file.span(made),
      facts: {
        call: `${ts.isNewExpression(made) ? 'new ' : ''}${made.expression.getText()}`,
        opens: connection.opens,
        loop: loop?.label,
        instead: connection.instead,
      },
      confidence: connection.isDoubtful ? 'possible' : 'likely',
    };
  },

  // A shared transport that is not told to keep its connections opens as many as before.
  fix: ({ facts }, node, file) => (facts.opens.includes('SMTP') ? undefined : hoist(node as ts.NewExpression | ts.CallExpression, file)),
};

/** A class is known by its name, a function was chosen by it. */
function mayMakeClient(made: ts.NewExpression | ts.CallExpression): boolean {
  const callee = unwrap(made.expression);
  const name = ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
  return !ts.isNewExpression(made) || /^[A-Z]/.test(name);
}

function runsOnce(owner: FunctionNode): boolean {
  for (let at: FunctionNode | undefined = owner; at; at = enclosingFunction(at)) {
    const name = nameFunction(at)?.name;
    if (name !== undefined && ONCE.test(name)) return true;
  }
  return false;
}

/**
 * A variable of the function alone holds the client. One that is returned, stored, or handed to somebody
 * may live longer than the call, so nothing is said of it.
 */
function staysLocal(made: ts.Expression, owner: FunctionNode): boolean {
  const declaration = holderOf(made);
  // `new Redis().publish(…)` keeps it for this one call.
  if (!declaration) return isUsedInPlace(made) || isOptionOfCall(made);
  if (!owner.body) return false;
  const name = declaration.name.text;
  return !some(owner.body, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name || node === declaration.name) return false;
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent)) return false;
    // `drizzle(pool)` and `sql\`…\`` use it and keep nothing beyond their own variable.
    return !ts.isTaggedTemplateExpression(parent) && !isWrapped(node);
  });
}

function isUsedInPlace(made: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(made.parent) && made.parent.expression === made && ts.isCallExpression(made.parent.parent);
}

/** `axios.get(url, { httpsAgent: new Agent() })` keeps it no longer than the call. */
function isOptionOfCall(made: ts.Expression): boolean {
  const { parent } = made;
  return ts.isPropertyAssignment(parent) && /agent|dispatcher/i.test(parent.name.getText()) && ts.isCallExpression(parent.parent.parent);
}

/** `const client = new X()`, also awaited or with `await using`. */
function holderOf(made: ts.Expression): (ts.VariableDeclaration & { readonly name: ts.Identifier }) | undefined {
  let at: ts.Node = made.parent;
  while (ts.isAwaitExpression(at) || ts.isParenthesizedExpression(at) || ts.isAsExpression(at)) at = at.parent;
  if (!ts.isVariableDeclaration(at) || !ts.isIdentifier(at.name)) return undefined;
  return at as ts.VariableDeclaration & { readonly name: ts.Identifier };
}

/** Handed to a query layer: `drizzle(pool)`, `new PrismaPg(pool)`, `new Kysely({ dialect })`. */
function isWrapped(node: ts.Identifier): boolean {
  const { parent } = node;
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return false;
  return /^(?:drizzle|PrismaPg|PrismaClient|Kysely|PostgresDialect)$/.test(parent.expression.getText());
}

/** Its settings come from the caller, so that each call may need a client of its own. */
function dependsOnCall(made: ts.NewExpression | ts.CallExpression, owner: FunctionNode, file: TypeScriptFile): boolean {
  return (made.arguments ?? []).some((argument) =>
    some(argument, (node) => node.kind === Kind.ThisKeyword || (ts.isIdentifier(node) && isReference(node) && isOfFunction(node, owner, file))),
  );
}

function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  return !(ts.isPropertyAccessExpression(parent) && parent.name === node) && !(ts.isPropertyAssignment(parent) && parent.name === node);
}

/** A parameter or variable of the function or of one around it; what the file holds at its top is the same for all calls. */
function isOfFunction(node: ts.Identifier, owner: FunctionNode, file: TypeScriptFile): boolean {
  const declaration = file.scopes.resolve(node)?.node;
  if (!declaration || (isFunction(declaration) && !isWithin(declaration, owner))) return false;
  return enclosingFunction(declaration) !== undefined && !isConstantOfEnvironment(declaration);
}

/** `const url = process.env.URL` is the same for all calls, too. */
function isConstantOfEnvironment(declaration: ts.Node): boolean {
  return ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined && /^(?:process\.env|import\.meta\.env|env)\b/.test(declaration.initializer.getText());
}
