import type { FileFacts, QueryFact } from '../../core/facts';
import type { WorkspaceQuery } from '../../core/workspaceView';
import { plainName } from './names';

/** The queries of all files by the tables they speak of, an ORM's in tables and columns; built when it is asked for after a change. */
export class QueryIndex {
  private byTable?: ReadonlyMap<string, readonly WorkspaceQuery[]>;

  /** `translate` says an ORM's query in tables and columns; undefined where it cannot. */
  constructor(
    private readonly files: ReadonlyMap<string, FileFacts>,
    private readonly translate: (file: string, query: QueryFact) => QueryFact | undefined,
  ) {}

  changed(): void {
    this.byTable = undefined;
  }

  of(table: string): readonly WorkspaceQuery[] {
    return (this.byTable ??= this.build()).get(plainName(table)) ?? [];
  }

  private build(): ReadonlyMap<string, readonly WorkspaceQuery[]> {
    const byTable = new Map<string, WorkspaceQuery[]>();
    for (const { file, queries } of this.files.values()) {
      for (const written of queries) {
        const query = this.translate(file, written);
        if (query === undefined) continue;
        for (const table of new Set(query.tables.map(plainName))) {
          const known = byTable.get(table);
          if (known === undefined) byTable.set(table, [{ file, query }]);
          else known.push({ file, query });
        }
      }
    }
    return byTable;
  }
}
