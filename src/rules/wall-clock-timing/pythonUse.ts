import { argumentsOf, calleeOf, isComprehension, memberOf, operatorOf, outerParent } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { simpleAssignment } from '../../syntax/python/statements';
import { isDurationName, isLimitName, isOtherDifference } from './words';

const ROUNDING = /^(?:int|round|float|str|abs|max|floor|ceil|Decimal|repr)$/;
const WAITING = /^(?:sleep|wait|min|timedelta)$/;
const ENDING_NAMES = /end|exit|finish|done|stop|complete|close|after|log|report|record|elapsed|duration|measure|teardown|callback|cb$/i;
const ARITHMETIC = /^[-+*/%]$|^\/\/$/;

/** Whether the reading at the end belongs to the run of code that bound the name of the one at the beginning. */
export function isSameRun(end: PythonNode, scope: PythonNode): boolean {
  for (let at = end.closest('FunctionDefinition', 'ClassDefinition'); at !== undefined && at !== scope; at = at.closest('FunctionDefinition', 'ClassDefinition')) {
    if (at.kind === 'ClassDefinition' || !ENDING_NAMES.test(at.child('VariableName')?.text ?? '')) return false;
  }
  return true;
}

/** `if time.time() - start > timeout:` */
export function isDeadline(difference: PythonNode): boolean {
  const parent = outerParent(difference);
  return parent?.kind === 'BinaryExpression' && /^[<>]=?$/.test(operatorOf(parent)) && isLimitName(parent.text);
}

/** Whether a difference is told to somebody as a duration; one that is only compared with a limit is a deadline. */
export function isReported(difference: PythonNode, file: PythonFile): boolean {
  let at = difference;
  for (;;) {
    const { parent } = at;
    if (parent === undefined) return false;
    switch (parent.kind) {
      case 'FormatReplacement':
      case 'ReturnStatement':
      case 'YieldStatement':
      case 'LambdaExpression':
      case 'AwaitExpression':
        return true;
      case 'AssignStatement':
        return isTold(parent, at, file);
      case 'UpdateStatement':
        return parent.lastChild === at && isDurationName(lastName(parent.firstChild!));
      case 'BinaryExpression':
        if (!ARITHMETIC.test(operatorOf(parent)) || (operatorOf(parent) === '-' && parent.firstChild !== at)) return false;
        break;
      case 'ArgList':
        if (isComprehension(parent)) return false;
        if (!isRounding(parent.parent!)) return isTelling(parent, at);
        break;
      case 'DictionaryExpression':
        return !isOtherDifference(at.previous?.previous?.text ?? '');
      case 'ParenthesizedExpression':
      case 'ConditionalExpression':
      case 'TupleExpression':
      case 'CallExpression':
        break;
      case 'MemberExpression':
        if (!/^(?:total_seconds|seconds|microseconds)$/.test(memberOf(parent)?.name ?? '')) return false;
        break;
      default:
        return false;
    }
    at = parent;
  }
}

function isRounding(call: PythonNode): boolean {
  return ROUNDING.test(call.calledName) && memberOf(calleeOf(call)) === undefined;
}

/** An argument of anything but a wait or a format whose keyword says that it is something else. */
function isTelling(list: PythonNode, at: PythonNode): boolean {
  if (WAITING.test(list.parent!.calledName)) return false;
  const keyword = argumentsOf(list).find(({ value }) => value === at)?.name;
  return keyword === undefined || !isOtherDifference(keyword);
}

function isTold(statement: PythonNode, at: PythonNode, file: PythonFile): boolean {
  const assigned = simpleAssignment(statement);
  if (assigned === undefined || assigned.value !== at) return false;
  const { target } = assigned;
  if (target.kind !== 'VariableName') return isDurationName(lastName(target));
  if (isOtherDifference(target.text)) return false;
  const bindings = file.scopes.resolve(target.text, target)?.bindings;
  const uses = file.usesOf(target.text).filter((use) => file.scopes.resolve(target.text, use)?.bindings === bindings);
  return uses.some((use) => !isCompared(use)) && !uses.some(isComparedWithLimit);
}

function isCompared(use: PythonNode): boolean {
  return use.parent?.kind === 'BinaryExpression' && !/^[+*/%]$/.test(operatorOf(use.parent));
}

/** `if elapsed > timeout:` */
function isComparedWithLimit(use: PythonNode): boolean {
  const comparison = isCompared(use) ? use.parent! : undefined;
  const other = comparison?.firstChild === use ? comparison.lastChild : comparison?.firstChild;
  return other !== undefined && isLimitName(other.text);
}

/** "duration" of `self.duration` and of `row["duration"]`. */
function lastName(target: PythonNode): string {
  return /(\w+)["'\])]*$/.exec(target.text)?.[1] ?? '';
}
