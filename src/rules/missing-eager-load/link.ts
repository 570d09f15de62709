import type { FindingFix } from '../../core/finding';
import type { ReadPath } from '../../core/models';
import type { Candidate, Linked } from '../../core/rule';
import type { Classes, Field, Model, WorkspaceView } from '../../core/workspaceView';
import { fieldNamed } from '../../workspace/models/fields';
import { lazyReads, type LazyRead } from '../../workspace/models/lazyReads';
import { loaderFor } from '../../workspace/models/loaders';
import { appOf } from '../../workspace/models/naming';
import { knownRows } from '../../workspace/models/rows';
import { shownBySerializer } from '../../workspace/presentation/serializers';
import type { Shown } from '../../workspace/presentation/shown';
import { shownOfEach, shownOfOne } from '../../workspace/presentation/templates';
import type { Column, Facts, Handed, Showing } from './facts';

/** Confirms that what shows the rows reads relations their query did not ask for. */
export function linkShownRows(candidate: Candidate<Facts>, handed: Handed, workspace: WorkspaceView): Linked<Facts> | undefined {
  const { file, facts } = candidate;
  const settled = withBases(handed, file, workspace.classes);
  const rows = settled && knownRows(settled, file, workspace.models);
  if (rows === undefined) return undefined;
  const shown = handed.showing.flatMap((showing) => shownBy(showing, handed, rows.model, file, workspace));
  const eager = [...rows.eager, ...joinedByAdmin(settled!, rows.model)];
  const reads = perRow(readsOf(rows.model, shown, eager), handed, rows.model);
  const [first] = reads;
  if (first === undefined) return undefined;
  const loader = loaderFor(rows.model, reads.map(({ read }) => read));
  return {
    facts: { ...facts, handed: undefined, relations: reads.map(({ read }) => read.relation), model: rows.model.name, loader: loader.call.slice(1), isConditional: first.isConditional || undefined, perRowOf: handed.isOneRow ? [...new Set(reads.map(({ read }) => parentOf(read.relation)))] : undefined },
    confidence: rows.isDoubtful || first.isConditional ? 'possible' : candidate.confidence,
    related: reads.slice(0, 5).flatMap(relatedPlaces),
    fixes: rows.isDoubtful ? [] : [loadingFix(file, handed, rows.model, shown, reads.map(({ read }) => read))].filter((fix) => fix !== undefined),
  };
}

interface Read {
  readonly read: LazyRead;
  readonly isConditional: boolean;
  readonly place: Shown;
}

/** The relations that are asked for, each once, with the first place that reads it. */
function readsOf(model: Model, shown: readonly Shown[], eager: readonly string[]): Read[] {
  const found = new Map<string, Read>();
  for (const place of shown) {
    for (const read of lazyReads(model, [place.path], eager)) {
      const isConditional = place.isConditional === true || read.isConditional === true;
      const known = found.get(read.relation);
      if (known === undefined || (known.isConditional && !isConditional)) found.set(read.relation, { read, isConditional, place });
    }
  }
  // The key of a related row costs a query too, but it is the row that has it: that is another advice.
  const reads = [...found.values()].filter(({ read }) => !read.keyOnly);
  // What is read of some rows only is no query for every row.
  const certain = reads.filter(({ isConditional }) => !isConditional);
  return certain.length > 0 ? certain : reads;
}

/** Of a single row, only what its related rows read is asked for again and again. */
function perRow(reads: readonly Read[], { isOneRow }: Handed, model: Model): Read[] {
  return reads.filter(({ read }) => !isOneRow || crossesMany(read.relation, model));
}

function crossesMany(relation: string, model: Model): boolean {
  let at: Model | undefined = model;
  for (const name of relation.split('.').slice(0, -1)) {
    const field: Field['relation'] = at && fieldNamed(at, name)?.relation;
    if (field?.kind === 'many') return true;
    at = field?.model;
  }
  return false;
}

const parentOf = (relation: string): string => relation.slice(0, relation.lastIndexOf('.'));

function shownBy(showing: Showing, { isOneRow }: Handed, model: Model, file: string, workspace: WorkspaceView): readonly Shown[] {
  switch (showing.kind) {
    case 'serializer': {
      const serializer = workspace.classes.find(file, showing.serializer);
      return serializer ? shownBySerializer(serializer, model, workspace.classes).map((each) => ({ ...each, path: [...(showing.path ?? []), ...each.path] })) : [];
    }
    case 'template': {
      const name = showing.name ?? `${appOf(model.file)}/${model.name.toLowerCase()}${showing.suffix}.html`;
      const derived = showing.suffix === undefined ? [] : [`${model.name.toLowerCase()}${isOneRow ? '' : '_list'}`];
      return (isOneRow ? shownOfOne : shownOfEach)(name, file, [...showing.variables, ...derived], workspace);
    }
    case 'admin':
      return showing.columns.flatMap((column) => shownByColumn(column, model, file));
  }
}

function shownByColumn({ name, reads, sometimes = [], line }: Column, model: Model, file: string): Shown[] {
  const conditional = sometimes.map((path) => ({ path, isConditional: true, file, line }));
  if (reads !== undefined) return [...reads.map((path) => ({ path, file, line })), ...conditional];
  const path: ReadPath = name.split('__').length > 1 && !name.startsWith('__') ? name.split('__') : [name];
  // A related row is shown as its text.
  const isRelation = fieldNamed(model, path[0]!)?.relation?.kind === 'one' && path.length === 1;
  return [{ path: isRelation ? [...path, '__str__'] : path, file, line }];
}

/** With a foreign key among its columns, and no word on what to join, the admin joins every key that cannot be null. */
function joinedByAdmin({ showing, eager }: Handed, model: Model): readonly string[] {
  const [first] = showing;
  if (first?.kind !== 'admin' || (eager?.length ?? 0) > 0) return [];
  const showsKey = first.columns.some(({ name, reads }) => {
    const field = reads === undefined ? model.fields.get(name) : undefined;
    return field?.relation?.kind === 'one' && field.relation.holdsKey;
  });
  return showsKey ? ['+'] : [];
}

/**
 * The rows with what base classes of the project read along; undefined where a base decides more than that.
 * What made them doubtful in their own file, that a base may do so, is then settled.
 */
function withBases(handed: Handed, file: string, classes: Classes): Handed | undefined {
  const view = handed.view && classes.find(file, handed.view);
  if (view === undefined) return handed;
  const bases = classes.lineage(view).known.slice(1);
  if (bases.some(({ members }) => members.some((name) => DECIDES.test(name)))) return undefined;
  return { ...handed, eager: [...(handed.eager ?? []).filter((each) => each !== MORE), ...bases.flatMap(({ eager = [] }) => eager)] };
}

const MORE = '?';

/** Methods with which a base decides what is shown, or whether it is a page of rows at all. */
const DECIDES = /^(?:get_serializer_class|paginate_queryset|get_list_display|get_list_select_related|get_template_names|list)$/;

function relatedPlaces({ read, place }: Read): NonNullable<Linked<Facts>['related']> {
  const shown = { file: place.file, line: place.line, message: `${read.relation} is read here.` };
  const { via } = read;
  return via === undefined ? [shown] : [shown, { file: via.member.file, line: via.member.line, message: `${via.model.name}.${via.member.name} reads ${read.relation}.` }];
}

function loadingFix(file: string, handed: Handed, model: Model, shown: readonly Shown[], reads: readonly LazyRead[]): FindingFix | undefined {
  const { origin } = handed;
  if (origin === undefined) return undefined;
  const code = origin.isNameList ? nameList(model, shown, reads) : loaderFor(model, reads).call;
  const missing = loaderFor(model, reads).imports.filter((name) => !origin.imported?.includes(name));
  if (code === undefined || code === '' || (missing.length > 0 && origin.importAt === undefined)) return undefined;
  const insertion = (position: typeof origin.position, newText: string) => ({ file, range: { start: position, end: position }, newText });
  return {
    title: `Read ${reads.map(({ relation }) => relation).join(', ')} along with the rows`,
    kind: 'suggestion',
    edits: [
      ...(missing.length > 0 ? [insertion(origin.importAt!, `from sqlalchemy.orm import ${missing.join(', ')}\n`)] : []),
      insertion(origin.position, `${origin.before ?? ''}${code}`),
    ],
    caveat: 'The relations are read for every row of the query, wherever else it is used.',
  };
}

/** The names for `list_select_related`, which replaces what the admin would have joined by itself; undefined where one is of many rows. */
function nameList(model: Model, shown: readonly Shown[], reads: readonly LazyRead[]): string | undefined {
  if (!/^\.select_related\([^)]*\)$/.test(loaderFor(model, reads).call)) return undefined;
  const all = lazyReads(model, shown.map(({ path }) => path), []).filter(({ kind, keyOnly }) => kind === 'one' && !keyOnly);
  const names = /^\.select_related\(([^)]*)\)/.exec(loaderFor(model, all).call)?.[1];
  return names === undefined ? undefined : `(${names}${names.includes(',') ? '' : ','})`;
}
