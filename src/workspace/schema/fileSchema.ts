import type { Schema, Table, View } from '../../core/workspaceView';
import type { Databases } from './databases';
import type { Viewpoint } from './nearest';

/** The databases of a repository as the files of one folder see them. */
export class FileSchema implements Schema {
  private everyTable?: readonly Table[];

  constructor(
    private readonly databases: Databases,
    private readonly from: Viewpoint,
  ) {}

  get mayLackIndexes(): boolean {
    return this.databases.mayLackIndexes;
  }

  get tables(): readonly Table[] {
    this.everyTable ??= [...this.databases.tableNames()].flatMap((name) => this.table(name) ?? []);
    return this.everyTable;
  }

  table(name: string): Table | undefined {
    return this.databases.table(name, this.from);
  }

  view(name: string): View | undefined {
    return this.databases.view(name, this.from);
  }
}
