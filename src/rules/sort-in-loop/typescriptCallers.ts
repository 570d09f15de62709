import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { nameFunction } from '../../syntax/typescript/functions';
import type { Loop } from '../../syntax/typescript/loops';
import { enclosingFunction, isWithin, receiverOf, rootOf, type FunctionNode } from '../../syntax/typescript/nodes';

const Kind = ts.SyntaxKind;

/** A loop of this file that calls a function in each round. */
export interface Caller {
  readonly callee: FunctionNode;
  readonly loop: Loop;
}

/** A loop that calls the function around `node`, where `list`, which that function changes, outlives the rounds. */
export function loopOfCaller(node: ts.Node, list: ts.Expression, file: TypeScriptFile): Caller | undefined {
  const callee = enclosingFunction(node);
  if (!callee) return undefined;
  for (const call of callsOf(callee, file)) {
    const loop = isWithin(call, callee) ? undefined : file.loopAround(call);
    if (loop && outlives(list, callee, call, loop, file)) return { callee, loop };
  }
  return undefined;
}

/** The calls of a function by its name, and of a method on what this file knows to be of its class. */
function callsOf(fn: FunctionNode, file: TypeScriptFile): ts.CallExpression[] {
  const named = nameFunction(fn);
  if (!named) return [];
  if (ts.isMethodDeclaration(fn)) return file.uses.properties(named.name).map((use) => use.parent).filter((call): call is ts.CallExpression => ts.isCallExpression(call) && isMethodOf(fn.parent, call, file));
  if (!ts.isIdentifier(named.nameNode)) return [];
  const declaration = file.scopes.resolve(named.nameNode);
  const uses = declaration ? file.uses.of(declaration) : [];
  return uses.map((use) => use.parent).filter((call, index): call is ts.CallExpression => ts.isCallExpression(call) && call.expression === uses[index]);
}

function isMethodOf(owner: ts.Node, call: ts.CallExpression, file: TypeScriptFile): boolean {
  const callee = file.callee(call);
  const name = ts.isClassLike(owner) ? owner.name?.text : undefined;
  return name !== undefined && callee?.kind === 'method' && callee.owner.kind === 'local' && callee.owner.name === name;
}

/** The list belongs to the object whose method is called, is handed over, or stands outside of the function; and it is the same in each round. */
function outlives(list: ts.Expression, callee: FunctionNode, call: ts.CallExpression, loop: Loop, file: TypeScriptFile): boolean {
  const root = rootOf(list);
  if (root.kind === Kind.ThisKeyword) return ts.isMethodDeclaration(callee) && isBefore(receiverOf(call), loop, file);
  const declaration = ts.isIdentifier(root) ? file.scopes.resolve(root)?.node : undefined;
  if (!declaration) return false;
  const parameter = callee.parameters.indexOf(declaration as ts.ParameterDeclaration);
  if (parameter >= 0) return isBefore(call.arguments[parameter], loop, file);
  return !isWithin(declaration, callee) && !isWithin(declaration, loop.node);
}

function isBefore(value: ts.Expression | undefined, loop: Loop, file: TypeScriptFile): boolean {
  const root = value && rootOf(value);
  if (root?.kind === Kind.ThisKeyword) return true;
  const declaration = root && ts.isIdentifier(root) ? file.scopes.resolve(root)?.node : undefined;
  return declaration !== undefined && !isWithin(declaration, loop.node);
}
