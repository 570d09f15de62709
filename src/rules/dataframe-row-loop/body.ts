import { argumentsOf, calleeOf, memberOf, rootName } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { assignmentOf, statementsOf } from '../../syntax/python/statements';
import { combines, isColumnwise } from './columns';

/**
 * What a body computes, where whole columns could: assignments, sums, appends and conditions over values of the row.
 * @returns the names it adds to (sums and lists), or undefined where some statement does anything else
 */
export class ColumnwiseBody {
  /** Names that are only added to, which a sum or a column replaces. */
  readonly collected = new Set<string>();
  private combined = false;

  private constructor(
    private readonly rowNames: Set<string>,
    private readonly file: PythonFile,
    /** The frame whose rows are visited: writing one of its cells per row writes a column. */
    private readonly frame: string | undefined,
  ) {}

  static of(body: PythonNode | undefined, rowNames: ReadonlySet<string>, file: PythonFile, frame?: string): ColumnwiseBody | undefined {
    const reader = new ColumnwiseBody(new Set(rowNames), file, frame);
    return reader.block(body) && reader.combined ? reader : undefined;
  }

  private block(body: PythonNode | undefined): boolean {
    return statementsOf(body).every((statement) => this.statement(statement));
  }

  private statement(statement: PythonNode): boolean {
    switch (statement.kind) {
      case 'PassStatement':
      case 'ContinueStatement':
        return true;
      case 'AssignStatement':
        return this.assignment(statement);
      case 'UpdateStatement':
        this.collected.add(statement.firstChild!.text);
        return this.value(statement.lastChild!);
      case 'ExpressionStatement':
        return this.append(statement.firstChild!);
      case 'ReturnStatement':
        return statement.children.length === 2 && this.value(statement.children[1]!);
      case 'IfStatement':
        return this.condition(statement);
      default:
        return false;
    }
  }

  private assignment(statement: PythonNode): boolean {
    const { targets, value } = assignmentOf(statement);
    if (value.length !== 1 || !this.value(value[0]!)) return false;
    this.combined ||= targets.flat().some((target) => target.kind === 'MemberExpression' && rootName(target)?.text === this.frame);
    for (const target of targets.flat()) if (target.kind === 'VariableName') this.rowNames.add(target.text);
    return targets.flat().every(({ kind }) => kind === 'VariableName' || kind === 'MemberExpression');
  }

  private append(call: PythonNode): boolean {
    const member = memberOf(calleeOf(call));
    const [argument, ...others] = argumentsOf(call);
    if (member?.name !== 'append' || argument === undefined || others.length > 0) return false;
    this.collected.add(member.object.text);
    return this.value(argument.value);
  }

  private condition(statement: PythonNode): boolean {
    return statement.children.every((child) => {
      if (child.kind === 'Body') return this.block(child);
      return /^(?:if|elif|else)$/.test(child.kind) || this.value(child);
    });
  }

  private value(expression: PythonNode): boolean {
    this.combined ||= combines(expression, this.rowNames);
    return isColumnwise(expression, this.file);
  }
}
