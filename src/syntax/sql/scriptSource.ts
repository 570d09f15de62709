import type { SqlDialect } from '../../core/facts';
import { markedTool, namedTool, type MigrationTool } from '../../core/migrations';
import { dialectSigns } from './dialect/signs';
import { appliedStatements } from './sections';
import { splitStatements, type StatementSpan } from './splitter';
import { withoutTemplates } from './templates';

/** A .sql file, and what is true of all its statements; worked out when it is first asked for. */
export class ScriptSource {
  private signs?: readonly SqlDialect[];
  private spans?: readonly StatementSpan[];
  private applied?: number;
  private mark?: { readonly tool: MigrationTool | undefined };

  /** Without the tags of a template, as long as the file and with the same lines. */
  readonly text: string;
  /** Conditions may depend on what is only known when a template is filled. */
  readonly hidesConditions: boolean;

  constructor(
    /** Relative to the workspace folder. */
    readonly file: string,
    source: string,
  ) {
    const { text, hasLogic } = withoutTemplates(source);
    this.text = text;
    this.hidesConditions = hasLogic;
  }

  /** The databases its syntax speaks for. */
  get dialects(): readonly SqlDialect[] {
    return (this.signs ??= dialectSigns(this.text));
  }

  /** The tool whose mark it carries. */
  get markedTool(): MigrationTool | undefined {
    return (this.mark ??= { tool: markedTool(this.text) }).tool;
  }

  /** The tool that runs it, by its mark or by its name; undefined for plain SQL. */
  get tool(): MigrationTool | undefined {
    return this.markedTool ?? namedTool(this.file);
  }

  get statements(): readonly StatementSpan[] {
    return (this.spans ??= splitStatements(this.text));
  }

  /** How many statements it has that are not for taking it back. */
  get appliedStatements(): number {
    return (this.applied ??= appliedStatements(this.text, this.statements).length);
  }
}
