import type { ColumnUse, QueryFact } from '../../../core/facts';
import { RELATED, type OrmQuery } from '../../../core/ormQuery';
import { argumentAt, argumentsOf, calleeOf, memberOf, unwrap } from '../expressions';
import type { PythonFile } from '../file';
import { asModelReference } from '../models/references';
import type { PythonNode } from '../node';
import { chainOf, type Link } from './chain';
import { columnOf, conditionsIn, type Conditions } from './sqlalchemyConditions';

/** After one of these the rows are no longer the table's, or a condition hides. */
const OPAQUE = new Set([
  'union', 'union_all', 'intersect', 'except_', 'select_from', 'from_statement', 'from_self', 'group_by', 'having', 'filter_by_all', 'params', 'subquery', 'cte', 'correlate',
]);
const KNOWN =
  /^(?:filter|where|filter_by|(?:outer)?join|order_by|limit|offset|paginate|get|get_or_404|one_or_404|options|distinct|with_entities|with_only_columns|execution_options|add_columns|with_for_update|yield_per|populate_existing|enable_eagerloads|first|first_or_404|all|one|one_or_none|count|scalar|scalars|unique|prefix_with|with_hint)$/;
const ONE_ROW = /^(?:first|first_or_404)$/;

/** The query of a call such as `session.scalars(select(Order).where(...))` or `session.query(Order).filter(...).all()`. */
export function sqlAlchemyQuery(call: PythonNode, file: PythonFile): OrmQuery | undefined {
  const chain = chainOf(call, file, (node) => isRoot(node, file));
  const root = chain && rootModel(chain.root, file);
  if (chain === undefined || root === undefined) return undefined;
  const reader = new ChainReader(root.name, file, aggregates(chain.root));
  for (const link of chain.links) if (!reader.read(link)) return undefined;
  return reader.query({ ...root, library: 'sqlalchemy' }, call);
}

/** `select(func.count(Order.id))`: one row of many. */
const aggregates = (root: PythonNode): boolean => argumentsOf(root).some(({ value }) => /\bfunc\.(?:count|sum|avg|min|max|\w*_agg)\b/.test(value.text));

/** `select(Order)`, `session.query(Order)`, `Order.query`. */
function isRoot(node: PythonNode, file: PythonFile): boolean {
  if (node.kind === 'MemberExpression') return memberOf(node)?.name === 'query';
  const callee = calleeOf(node);
  if (callee === undefined) return false;
  const member = memberOf(callee);
  if (member?.name === 'query') return file.valueOf(member.object)?.kind === 'session' || /(?:^|\.)\w*session$/i.test(member.object.text);
  return file.valueOf(node)?.kind === 'statement' && (member === undefined || file.valueOf(member.object)?.kind !== 'statement');
}

function rootModel(root: PythonNode, file: PythonFile): { readonly name: string; readonly module?: string } | undefined {
  if (root.kind === 'MemberExpression') return asModelReference(file.names.reference(memberOf(root)!.object));
  const value = file.valueOf(root);
  if (value?.verb !== undefined && value.verb !== 'select') return undefined;
  return asModelReference(value?.reference);
}

class ChainReader {
  private readonly conditions: Conditions = { filters: [], places: [], joins: [] };
  private orderBy: (ColumnUse & { readonly descending: boolean })[] = [];
  private orderNode?: PythonNode;
  private hasLimit = false;
  private hasOffset = false;
  private readonly tables: Set<string>;

  constructor(
    private readonly root: string,
    private readonly file: PythonFile,
    private isReduced: boolean,
  ) {
    this.tables = new Set([root]);
  }

  /** False where the call hides a condition. */
  read({ name, node }: Link): boolean {
    // A method of the project's own queries may add any condition.
    if (OPAQUE.has(name) || !KNOWN.test(name)) return false;
    if (name === 'distinct' || aggregates(node)) this.isReduced = true;
    if (/^(?:filter|where)$/.test(name)) return this.readConditions(node);
    if (name === 'filter_by') return this.readKeywords(node);
    if (/^(?:outer)?join$/.test(name)) return this.join(node);
    if (name === 'order_by') return this.order(node);
    if (name === 'limit' || name === 'paginate' || ONE_ROW.test(name)) this.hasLimit = true;
    else if (name === 'offset') this.hasOffset = true;
    else if (/^(?:get|get_or_404)$/.test(name)) return this.addFilter({ column: 'id', operator: '=' }, node);
    return true;
  }

  query(model: NonNullable<QueryFact['model']>, call: PythonNode): OrmQuery {
    const { filters, places, joins } = this.conditions;
    for (const use of filters) if (use.table !== undefined) this.tables.add(use.table);
    return {
      fact: {
        verb: 'select', tables: [...this.tables], columns: '*', filters, joins, orderBy: this.orderBy, hasLimit: this.hasLimit, hasOffset: this.hasOffset,
        line: this.file.lineOf(call), model,
      },
      span: call,
      isReduced: this.isReduced || undefined,
      filters: places,
      orderSpan: this.orderNode,
    };
  }

  private readConditions(call: PythonNode): boolean {
    return argumentsOf(call).every(({ name, value, unpacks }) => name === undefined && unpacks === undefined && conditionsIn(value, this.root, this.file, this.conditions));
  }

  private readKeywords(call: PythonNode): boolean {
    // After a join, filter_by() speaks of the table joined last.
    if (this.tables.size > 1) return false;
    return argumentsOf(call).every(({ name, value }) => name !== undefined && this.addFilter({ column: name, operator: value.kind === 'None' ? 'is-null' : '=' }, value));
  }

  private addFilter(filter: { column: string; operator: '=' | 'is-null' }, value: PythonNode): boolean {
    this.conditions.filters.push({ ...filter, ...(/^(?:String|Number|Boolean)$/.test(value.kind) && { isEnumerated: true }) });
    this.conditions.places.push({ span: { start: value.previous?.previous?.start ?? value.start, end: value.end } });
    return true;
  }

  /** `.join(Order.customer)` and `.join(Customer)` follow a foreign key, `.join(Customer, a == b)` a condition. */
  private join(call: PythonNode): boolean {
    const [target, condition] = argumentsOf(call).filter(({ name }) => name === undefined).map(({ value }) => unwrap(value));
    if (target === undefined) return false;
    const relation = columnOf(target, this.file);
    if (relation === undefined && !/^[A-Z]\w*$/.test(target.text)) return false;
    this.tables.add(relation?.table ?? target.text);
    if (condition === undefined) this.conditions.joins.push([relation ?? { table: target.text, column: RELATED }, { column: RELATED }]);
    return condition === undefined || conditionsIn(condition, this.root, this.file, this.conditions);
  }

  private order(call: PythonNode): boolean {
    const uses = argumentsOf(call).map(({ value, unpacks }) => (unpacks === undefined ? sortedColumn(unwrap(value), this.file) : undefined));
    if (uses.some((use) => use === undefined)) return false;
    this.orderNode = call.child('ArgList');
    this.orderBy.push(...(uses as (ColumnUse & { descending: boolean })[]));
    return true;
  }
}

/** `Order.created`, `Order.created.desc()`, `desc(Order.created)`. */
function sortedColumn(node: PythonNode, file: PythonFile): (ColumnUse & { descending: boolean }) | undefined {
  const callee = calleeOf(node);
  if (callee === undefined) {
    const column = columnOf(node, file);
    return column && { ...column, descending: false };
  }
  const member = memberOf(callee);
  const name = member?.name ?? callee.text;
  if (!/^(?:desc|asc|nulls_?(?:first|last))$/.test(name)) return undefined;
  const inner = argumentAt(node, 0) ?? member?.object;
  const column = inner && sortedColumn(unwrap(inner), file);
  return column && { ...column, descending: name === 'desc' ? true : name === 'asc' ? false : column.descending };
}
