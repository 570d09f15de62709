import type { SqlDialect } from '../../core/facts';
import { markedTool, namedTool, type MigrationTool } from '../../core/migrations';
import { dialectSigns } from './dialect/signs';
import { appliedStatements } from './sections';

/** A .sql file, and what is true of all its statements; worked out when it is first asked for. */
export class ScriptSource {
  private signs?: readonly SqlDialect[];
  private applied?: number;
  private mark?: { readonly tool: MigrationTool | undefined };

  constructor(
    /** Relative to the workspace folder. */
    readonly file: string,
    readonly text: string,
  ) {}

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

  /** How many statements it has that are not for taking it back. */
  get appliedStatements(): number {
    return (this.applied ??= appliedStatements(this.text).length);
  }
}
