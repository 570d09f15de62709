import type { FileFacts } from '../../core/facts';
import type { WorkspaceQuery } from '../../core/workspaceView';
import { plainName } from './names';

/** The queries of all files by the tables they speak of; built when it is asked for after a change. */
export class QueryIndex {
  private byTable?: ReadonlyMap<string, readonly WorkspaceQuery[]>;

  constructor(private readonly files: ReadonlyMap<string, FileFacts>) {}

  changed(): void {
    this.byTable = undefined;
  }

  of(table: string): readonly WorkspaceQuery[] {
    return (this.byTable ??= this.build()).get(plainName(table)) ?? [];
  }

  private build(): ReadonlyMap<string, readonly WorkspaceQuery[]> {
    const byTable = new Map<string, WorkspaceQuery[]>();
    for (const { file, queries } of this.files.values()) {
      for (const query of queries) {
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
