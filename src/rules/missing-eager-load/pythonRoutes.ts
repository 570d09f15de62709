import type { Match } from '../../core/rule';
import { keywordArgument, subscriptOf, unwrap } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { modelReference } from '../../syntax/python/models/references';
import { decoratorsOf } from '../../syntax/python/statements';
import type { Facts } from './facts';
import { handed, isInSight, rowIn } from './pythonHanded';

const ROUTE = /\.(?:get|post|put|patch|delete|api_route|route|api_operation)$/;
const LIST = /^(?:typing\.)?(?:[Ll]ist|[Ss]equence|Iterable|[Ss]et)$/;

/** A route of FastAPI or Django Ninja that returns rows, which a response model then reads. */
export function routeResponse(declaration: PythonNode, file: PythonFile): readonly Match<Facts>[] {
  const route = decoratorsOf(declaration).find(({ name, args }) => args !== undefined && ROUTE.test(name));
  if (route === undefined) return [];
  const declared = keywordArgument(route.args!, 'response_model') ?? keywordArgument(route.args!, 'response') ?? declaration.child('TypeDef')?.lastChild;
  const model = declared && listedModel(declared);
  const serializer = model && modelReference(model, file);
  if (serializer === undefined) return [];
  const returned = declaration.descendants('ReturnStatement').filter((statement) => statement.closest('FunctionDefinition', 'LambdaExpression') === declaration);
  return returned.flatMap((statement) => {
    const value = statement.children[1];
    const row = value && rowIn(file.valueOf(value));
    const match = isInSight(row) ? handed({ place: value!, row, query: value, shownBy: model!.text, showing: [{ kind: 'serializer', serializer }] }, file) : undefined;
    return match ? [match] : [];
  });
}

/** `OrderOut` of `list[OrderOut]`. */
function listedModel(annotation: PythonNode): PythonNode | undefined {
  const subscript = subscriptOf(unwrap(annotation));
  return subscript && LIST.test(subscript.object.text) && /^(?:\w+\.)*[A-Z]\w*$/.test(subscript.index?.text ?? '') ? subscript.index : undefined;
}
