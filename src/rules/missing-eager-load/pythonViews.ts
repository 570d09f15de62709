import type { Match } from '../../core/rule';
import { calleeOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { modelReference } from '../../syntax/python/models/references';
import { declaredName } from '../../syntax/python/statements';
import { literalText } from '../../syntax/python/strings';
import { classAttribute, classMethod } from '../../syntax/python/views/declaredRows';
import { viewRows, type ViewRows } from '../../syntax/python/views/viewRows';
import type { Facts, Origin, Showing } from './facts';
import { handed } from './pythonHanded';

/** Views of Django REST framework that list rows, by the last name of a base. */
const API_LIST = /(?:^|\.)(?:\w*ModelViewSet|\w*ReadOnly\w*ViewSet|List\w*APIView|\w*ListAPIView|ListModelMixin|ListCreateAPIView)$/;
const GENERIC_LIST = /(?:^|\.)(?:\w*ListView|ArchiveIndexView|(?:Year|Month|Week|Day|Today)ArchiveView)$/;
/** Views of one row, and what the names of their templates end in. */
const GENERIC_ONE: readonly (readonly [RegExp, string])[] = [[/(?:^|\.)\w*DetailView$/, '_detail'], [/(?:^|\.)UpdateView$/, '_form'], [/(?:^|\.)DeleteView$/, '_confirm_delete']];

/** A view class of Django REST framework that lists rows through a serializer. */
export function apiList(declaration: PythonNode, bases: readonly string[], file: PythonFile): Match<Facts> | undefined {
  if (!bases.some((base) => API_LIST.test(base)) || classMethod(declaration, 'list', file) !== undefined) return undefined;
  const methods = classAttribute(declaration, 'http_method_names', file);
  if (methods !== undefined && !/["']get["']/.test(methods.text)) return undefined;
  const serializers = serializersOf(declaration, file);
  const rows = viewRows(declaration, file);
  if (rows === undefined || serializers.length === 0) return undefined;
  const showing = serializers.flatMap((node): Showing[] => {
    const serializer = modelReference(node, file);
    return serializer ? [{ kind: 'serializer', serializer }] : [];
  });
  return viewMatch(declaration, rows, serializers[0]!.text, showing, file, serializers.length > 1 ? 'possible' : undefined);
}

/** The serializer classes that a view may use: by attribute, or what `get_serializer_class` returns. */
function serializersOf(declaration: PythonNode, file: PythonFile): readonly PythonNode[] {
  const attribute = classAttribute(declaration, 'serializer_class', file);
  const method = classMethod(declaration, 'get_serializer_class', file);
  const returned = method?.descendants('ReturnStatement').flatMap((statement) => statement.children[1] ?? []) ?? [];
  const named = [...(attribute ? [attribute] : []), ...returned].filter((node) => calleeOf(node) === undefined && /^(?:\w+\.)*[A-Z]\w*$/.test(node.text));
  return [...new Map(named.map((node) => [node.text, node])).values()];
}

/** A generic view of Django, and the template that shows its rows or its row. */
export function templateView(declaration: PythonNode, bases: readonly string[], file: PythonFile): Match<Facts> | undefined {
  const isList = bases.some((base) => GENERIC_LIST.test(base));
  const suffix = isList ? '_list' : GENERIC_ONE.find(([pattern]) => bases.some((base) => pattern.test(base)))?.[1];
  if (suffix === undefined || classMethod(declaration, 'get_template_names', file) !== undefined) return undefined;
  const rows = viewRows(declaration, file);
  if (rows === undefined) return undefined;
  const template = classAttribute(declaration, 'template_name', file);
  const name = literalText(template);
  if (template !== undefined && name === undefined) return undefined;
  const given = literalText(classAttribute(declaration, 'context_object_name', file));
  const ownSuffix = literalText(classAttribute(declaration, 'template_name_suffix', file));
  const variables = [...(given === undefined ? [] : [given]), ...(isList ? ['object_list', 'page_obj'] : ['object'])];
  const shownBy = name ?? `The template of ${declaredName(declaration)!.text}`;
  return viewMatch(declaration, rows, shownBy, [{ kind: 'template', name, suffix: ownSuffix ?? suffix, variables }], file, undefined, !isList);
}

function viewMatch(
  declaration: PythonNode,
  { value, query }: ViewRows,
  shownBy: string,
  showing: readonly Showing[],
  file: PythonFile,
  confidence?: Match<Facts>['confidence'],
  isOneRow?: boolean,
): Match<Facts> | undefined {
  const name = declaredName(declaration)!;
  const model = query === undefined ? classAttribute(declaration, 'model', file) : undefined;
  const place = query ?? model ?? name;
  return handed(
    {
      place: declaration.contains(place) ? place : name,
      row: value.element,
      query,
      shownBy,
      showing,
      isOneRow: isOneRow || undefined,
      view: { name: name.text },
      origin: model && declaration.contains(model) ? queryBehind(model, file) : undefined,
      confidence,
    },
    file,
  );
}

/** Django's generic views take a query set in place of a model. */
function queryBehind(model: PythonNode, file: PythonFile): Origin {
  const { character } = file.lines.positionAt(model.parent!.start);
  return { position: file.lines.positionAt(model.parent!.end), before: `\n${' '.repeat(character)}queryset = ${model.text}.objects` };
}
