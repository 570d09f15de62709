import { ts } from 'ts-morph';
import type { CalleeReference, EffectKind } from '../../core/facts';
import type { SizeReference } from '../../core/rule';
import { isProjectCallee } from './callees';
import type { DataAccess } from './dataAccess';
import type { TypeScriptFile } from './file';
import { classifyTaggedSql } from './libraries/sqlCalls';
import type { Loop } from './loops';
import { assignedNames, guardsWithLookup, leavesEarly, readsAny } from './loopFlow';
import { isFunction, isInlineFunction, receiverOf } from './nodes';

const { isCallExpression, isTaggedTemplateExpression } = ts;

/** A call that runs once per item of a loop and leaves the process, or may do so through a project function. */
export interface PerItemCall {
  readonly loop: Loop;
  readonly access?: DataAccess;
  readonly callee?: CalleeReference;
  /** All iterations start at once. */
  readonly concurrent: boolean;
  readonly size: SizeReference;
}

/** AppMap warns from five calls on and calls ten an error; a list that somebody wrote down does not grow. */
const SMALLEST_LOOP = 10;

/** Finds per-item calls of one kind and leaves out loops in which one call per round is right. */
export function perItemCall(node: ts.Node, file: TypeScriptFile, kind: EffectKind): PerItemCall | undefined {
  const loop = file.loopAround(node);
  // What streams in is answered as it comes.
  if (!loop || loop.kind === 'while' || (ts.isForOfStatement(loop.node) && loop.node.awaitModifier)) return undefined;
  const found = effectOf(node, file, kind);
  if (!found || loop.isBatched || isRetry(loop)) return undefined;
  if (loop.size !== undefined && loop.size < SMALLEST_LOOP) return undefined;
  if (isBatchedTogether(loop) || guardsWithLookup(node, loop) || leavesEarly(loop) || dependsOnEarlierRound(node, loop)) return undefined;
  return { loop, ...found, concurrent: isConcurrent(loop), size: sizeOf(loop) };
}

export function sizeOf(loop: Loop): SizeReference {
  return loop.size !== undefined ? { kind: 'literal', value: loop.size } : { kind: 'collection', name: loop.label };
}

function effectOf(node: ts.Node, file: TypeScriptFile, kind: EffectKind): { access?: DataAccess; callee?: CalleeReference } | undefined {
  const access = isTaggedTemplateExpression(node) ? classifyTaggedSql(node, file) : isCallExpression(node) ? file.dataAccess(node) : undefined;
  if (access) return access.kind === kind ? { access } : undefined;
  if (!isCallExpression(node)) return undefined;
  const receiver = receiverOf(node);
  const owner = receiver && file.shape(receiver).kind;
  // `byId.get(id)` of a Map is nobody's method.
  if (owner === 'map' || owner === 'set') return undefined;
  const callee = file.callee(node);
  return callee && isProjectCallee(callee) ? { callee } : undefined;
}

function isRetry(loop: Loop): boolean {
  return loop.kind === 'for' && (loop.collection === undefined || /retr|attempt|tries/i.test(loop.node.getText().slice(0, 80)));
}

/** `prisma.$transaction(items.map(…))` and `db.batch(items.map(…))` send the calls as one batch. */
function isBatchedTogether(loop: Loop): boolean {
  const parent = loop.node.parent;
  return loop.kind === 'callback' && isCallExpression(parent) && /(?:\$transaction|\.batch|pipeline)$/.test(parent.expression.getText());
}

function isConcurrent(loop: Loop): boolean {
  if (loop.kind !== 'callback' || (loop.method !== 'map' && loop.method !== 'flatMap' && loop.method !== 'forEach')) return false;
  return isFunction(loop.body) && isInlineFunction(loop.body);
}

/** A query whose arguments were computed by an earlier round (walking up a tree, following a cursor) cannot be batched. */
function dependsOnEarlierRound(node: ts.Node, loop: Loop): boolean {
  const carried = assignedNames(loop.body);
  return carried.size > 0 && readsAny(node, carried);
}
