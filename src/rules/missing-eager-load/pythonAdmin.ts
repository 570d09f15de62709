import type { Match } from '../../core/rule';
import { displayItems } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { loadedBy } from '../../syntax/python/data/loading';
import { membersOf } from '../../syntax/python/models/members';
import { declaredName, statementsOf } from '../../syntax/python/statements';
import { literalText } from '../../syntax/python/strings';
import { classAttribute, classMethod, declaredRows, ownLineage } from '../../syntax/python/views/declaredRows';
import type { Column, Facts, Origin } from './facts';
import { handed } from './pythonHanded';

/** Ways to say what the list shows and joins that only run when it is shown. */
const DYNAMIC = ['get_list_display', 'get_list_select_related', 'get_changelist'] as const;

/** The list of rows of a class of Django's admin: the columns it shows, and what their query joins. */
export function adminList(declaration: PythonNode, file: PythonFile): Match<Facts> | undefined {
  if (DYNAMIC.some((name) => classMethod(declaration, name, file) !== undefined)) return undefined;
  const rows = declaredRows(declaration, file);
  const display = classAttribute(declaration, 'list_display', file);
  const columns = display === undefined ? [{ name: '__str__', line: file.lineOf(declaration) }] : columnsOf(display, declaration, file);
  const eager = joined(declaration, file);
  if (rows?.element === undefined || columns === undefined || eager === undefined) return undefined;
  const name = declaredName(declaration)!;
  const statement = display?.parent;
  return handed(
    {
      place: statement?.kind === 'AssignStatement' && declaration.contains(statement) ? statement.firstChild! : name,
      row: { ...rows.element, eager: [...(rows.element.eager ?? []), ...eager] },
      shownBy: `${name.text}.list_display`,
      showing: [{ kind: 'admin', columns }],
      view: { name: name.text },
      origin: statement && declaration.contains(statement) && eager.length === 0 ? nameListBehind(statement, file) : undefined,
    },
    file,
  );
}

/** The columns of `list_display`; undefined where it is not a display of names. */
function columnsOf(display: PythonNode, declaration: PythonNode, file: PythonFile): Column[] | undefined {
  const items = displayItems(display);
  const names = items.map((item) => literalText(item) ?? (item.kind === 'VariableName' ? item.text : undefined));
  if (names.length === 0 || names.some((name) => name === undefined)) return undefined;
  const methods = new Map(ownLineage(declaration, file).flatMap((each) => membersOf(each, file, 1).map((member) => [member.name, member] as const)));
  return names.map((name, i) => {
    const method = methods.get(name!);
    const isMethod = method !== undefined || classMethod(declaration, name!, file) !== undefined;
    return { name: name!, reads: isMethod ? (method?.reads ?? []) : undefined, sometimes: method?.sometimes, line: method?.line ?? file.lineOf(items[i]!) };
  });
}

/** What the list's query reads along by `list_select_related` and `get_queryset`; undefined where that is not known. */
function joined(declaration: PythonNode, file: PythonFile): readonly string[] | undefined {
  const method = classMethod(declaration, 'get_queryset', file);
  const fetched = method === undefined ? [] : method.descendants('CallExpression').flatMap((call) => loadedBy(call.calledName, call));
  // A method that asks a helper may read anything along.
  if (method !== undefined && !/\bsuper\(|\.objects\b|_default_manager\b/.test(method.text)) return undefined;
  const named = classAttribute(declaration, 'list_select_related', file);
  if (named === undefined || named.text === 'False') return fetched;
  if (named.text === 'True') return [...fetched, '+'];
  const names = displayItems(named).map((item) => literalText(item)?.replaceAll('__', '.'));
  return names.length === 0 || names.includes(undefined) ? undefined : [...fetched, ...(names as string[])];
}

function nameListBehind(statement: PythonNode, file: PythonFile): Origin {
  const { character } = file.lines.positionAt(statement.start);
  return { position: file.lines.positionAt(statement.end), before: `\n${' '.repeat(character)}list_select_related = `, isNameList: true };
}

/** A class of the admin, by its bases. */
export function isAdmin(bases: readonly string[], declaration: PythonNode): boolean {
  return bases.some((base) => /(?:^|\.)\w*(?:ModelAdmin|Admin)$/.test(base)) && statementsOf(declaration.child('Body')).length > 0;
}
