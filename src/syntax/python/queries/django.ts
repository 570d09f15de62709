import type { ColumnUse, FilterUse, QueryFact } from '../../../core/facts';
import { DEFAULT_ORDER, type OrmFilter, type OrmQuery } from '../../../core/ormQuery';
import { argumentsOf, outerParent, subscriptOf } from '../expressions';
import type { PythonFile } from '../file';
import { asModelReference } from '../models/references';
import type { PythonNode } from '../node';
import { literalText } from '../strings';
import { chainOf, type Link } from './chain';
import { conditionsOf } from './djangoConditions';

/** After one of these the rows are no longer the table's. */
const OPAQUE = new Set(['raw', 'extra', 'union', 'intersection', 'difference', 'dates', 'datetimes', 'complex_filter']);
const KNOWN =
  /^(?:\[\]|all|a?iterator|order_by|annotate|alias|values|values_list|distinct|select_related|prefetch_related|only|defer|reverse|using|select_for_update|none|get_queryset|a?(?:first|last|latest|earliest|exists|count|aggregate|in_bulk|update|delete|explain|contains))$/;
const ONE_ROW = /^a?(?:first|last|latest|earliest)$/;

/** The query that a call on a Django manager or query set makes, as far as all of its conditions stand in this file. */
export function djangoQuery(call: PythonNode, file: PythonFile): OrmQuery | undefined {
  const chain = chainOf(call, file, (node) => node.kind !== 'CallExpression' && node.kind !== 'VariableName' && isManager(node, file));
  if (chain === undefined) return undefined;
  const manager = file.valueOf(chain.root)!;
  const reference = asModelReference(manager.reference) ?? (manager.table === undefined ? undefined : { name: manager.table });
  if (reference === undefined || chain.links.some(({ name }) => OPAQUE.has(name))) return undefined;
  const reader = new ChainReader(file);
  for (const link of [...chain.links, ...sliceAround(call)]) if (!reader.read(link)) return undefined;
  return reader.query({ ...reference, library: 'django' }, call);
}

function isManager(node: PythonNode, file: PythonFile): boolean {
  return file.valueOf(node)?.kind === 'manager';
}

/** `Order.objects.order_by("created")[:10]`: the slice limits the call inside. */
function sliceAround(call: PythonNode): Link[] {
  const parent = outerParent(call);
  return parent !== undefined && subscriptOf(parent)?.object.contains(call) ? [{ name: '[]', node: parent }] : [];
}

class ChainReader {
  private verb: QueryFact['verb'] = 'select';
  private columns: QueryFact['columns'] = '*';
  private readonly filters: FilterUse[] = [];
  private readonly places: OrmFilter[] = [];
  private orderBy: (ColumnUse & { readonly descending: boolean })[] | undefined;
  private orderNode?: PythonNode;
  private hasLimit = false;
  private hasOffset = false;
  private isOrdered = true;
  private isReduced = false;

  constructor(private readonly file: PythonFile) {}

  /** False where the call hides a condition. */
  read({ name, node }: Link): boolean {
    if (name === 'filter' || name === 'exclude' || /^a?get(?:_or_create)?$/.test(name) || name === 'update_or_create') return this.readConditions(node, name === 'exclude');
    // A method of the project's own query sets may add any condition.
    if (!KNOWN.test(name)) return false;
    if (name === 'distinct' || (name === 'annotate' && this.columns !== '*')) this.isReduced = true;
    if (name === '[]') this.limit(node);
    else if (name === 'order_by') return this.order(node);
    else if (name === 'reverse') this.orderBy = this.orderBy?.map((use) => ({ ...use, descending: !use.descending }));
    else if (ONE_ROW.test(name)) this.oneRow(name, node);
    else if (/^a?(?:exists|count|aggregate)$/.test(name)) {
      this.isOrdered = false;
      this.columns = [];
    } else if (name === 'update' || name === 'delete') this.verb = name;
    else if (/^(?:values|values_list|only)$/.test(name)) this.columns = textArguments(node)?.map((name) => name.replaceAll('__', '.')) ?? '*';
    return true;
  }

  query(model: NonNullable<QueryFact['model']>, call: PythonNode): OrmQuery {
    const { verb, columns, filters, hasLimit, hasOffset } = this;
    // A page of all rows comes in the order the model declares; of the rows a condition leaves that costs little.
    const isPage = hasLimit && filters.length === 0;
    const orderBy = !this.isOrdered ? [] : (this.orderBy ?? (isPage ? [{ column: DEFAULT_ORDER, descending: false }] : []));
    return {
      fact: { verb, tables: [model.name], columns, filters, joins: [], orderBy, hasLimit, hasOffset, line: this.file.lineOf(call), model },
      span: call,
      isReduced: this.isReduced || undefined,
      filters: this.places,
      orderSpan: this.orderNode,
    };
  }

  private readConditions(call: PythonNode, isNegated: boolean): boolean {
    const conditions = conditionsOf(call, this.file);
    if (conditions === undefined) return false;
    for (const { filter, place } of conditions) {
      this.filters.push(isNegated ? { ...filter, operator: 'other' } : filter);
      this.places.push(place);
    }
    return true;
  }

  private limit(node: PythonNode): void {
    const slice = subscriptOf(node);
    if (slice?.isSlice !== true) {
      this.hasLimit ||= slice?.index !== undefined && literalText(slice.index) === undefined;
      return;
    }
    this.hasLimit ||= slice.stop !== undefined;
    this.hasOffset ||= slice.start !== undefined;
  }

  /** False for columns that are only known when it runs. */
  private order(call: PythonNode): boolean {
    const names = textArguments(call);
    if (names === undefined || names.includes('?')) return names !== undefined;
    this.orderNode = call.child('ArgList');
    this.orderBy = names.map((name) => ({ column: name.replace(/^-/, '').replaceAll('__', '.'), descending: name.startsWith('-') }));
    return true;
  }

  private oneRow(name: string, call: PythonNode): void {
    this.hasLimit = true;
    const [field] = textArguments(call) ?? [];
    if (field === undefined) return;
    this.orderNode = call.child('ArgList');
    const descending = name.endsWith('latest') !== field.startsWith('-');
    this.orderBy = [{ column: field.replace(/^-/, '').replaceAll('__', '.'), descending }];
  }
}

/** The positional texts of a call; undefined where one is something else. */
function textArguments(call: PythonNode): string[] | undefined {
  const args = argumentsOf(call).filter(({ name }) => name === undefined);
  const texts = args.map(({ value, unpacks }) => (unpacks === undefined ? literalText(value) : undefined));
  return texts.every((text) => text !== undefined) ? (texts as string[]) : undefined;
}
