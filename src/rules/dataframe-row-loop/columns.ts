import { argumentsOf, calleeOf, isComprehension, memberOf, operatorOf, subscriptOf, unwrap } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { mentions } from '../../syntax/python/iteration';

/** Functions that have a form for whole columns. */
const FUNCTIONS = /^(?:builtins\.(?:abs|round|min|max|float|int|str|bool|pow)|math\.\w+|(?:numpy|np)\.(?!random|vectorize|array|append)\w+|pandas\.(?:isna|isnull|notna|notnull|to_datetime|to_numeric|Timestamp|Timedelta|to_timedelta))$/;
/** Methods of one value that `.str`, `.dt` or the column itself has too. */
const METHODS: ReadonlySet<string> = new Set([
  'lower', 'upper', 'strip', 'lstrip', 'rstrip', 'title', 'replace', 'startswith', 'endswith', 'find', 'zfill', 'get', 'total_seconds', 'isnull', 'notnull', 'isna', 'notna', 'date', 'strftime', 'isoformat',
]);
const ARITHMETIC = /^(?:[-+*/%]|\/\/|\*\*|[<>]=?|[!=]=|[&|^])$/;

/** Whether an expression could be written on whole columns: it reads values and combines them, and calls nothing else. */
export function isColumnwise(expression: PythonNode, file: PythonFile): boolean {
  const node = unwrap(expression);
  switch (node.kind) {
    case 'VariableName':
    case 'Number':
    case 'String':
    case 'Boolean':
    case 'None':
      return true;
    case 'MemberExpression':
      return isColumnRead(node, file);
    case 'UnaryExpression':
      return isColumnwise(node.lastChild!, file);
    case 'BinaryExpression':
      return isColumnwise(node.firstChild!, file) && isColumnwise(node.lastChild!, file);
    case 'ConditionalExpression':
      return [0, 2, 4].every((position) => node.children[position] !== undefined && isColumnwise(node.children[position], file));
    case 'CallExpression':
      return isColumnCall(node, file);
    default:
      return false;
  }
}

/** `row["price"]`, `row.price`, `df.at[i, "price"]`; of what stands in the brackets, only that nothing is computed there. */
function isColumnRead(node: PythonNode, file: PythonFile): boolean {
  const member = memberOf(node);
  if (member !== undefined) return isColumnwise(member.object, file);
  // `values[i - 1]` reads another row, and `other[other.id == row.id]` joins another frame.
  return subscriptOf(node) !== undefined && node.descendants('CallExpression').length === 0 && node.descendants('BinaryExpression').length === 0;
}

function isColumnCall(call: PythonNode, file: PythonFile): boolean {
  const callee = calleeOf(call)!;
  const list = call.child('ArgList');
  if (list === undefined || isComprehension(list) || argumentsOf(list).some(({ value, unpacks }) => unpacks !== undefined || !isColumnwise(value, file))) return false;
  const qualified = file.names.qualified(callee);
  if (qualified !== undefined) return FUNCTIONS.test(qualified);
  const member = memberOf(callee);
  return member !== undefined && METHODS.has(member.name) && isColumnwise(member.object, file);
}

/** Whether the expression combines values of the row, and does not just fetch them. */
export function combines(expression: PythonNode, rowNames: ReadonlySet<string>): boolean {
  const nodes = [expression, ...expression.descendants('BinaryExpression'), ...expression.descendants('ConditionalExpression')];
  return nodes.some((node) => {
    if (node.kind === 'ConditionalExpression') return mentions(node, rowNames);
    return node.kind === 'BinaryExpression' && ARITHMETIC.test(operatorOf(node)) && mentions(node, rowNames);
  });
}
