import type { FileFacts } from '../core/facts';
import type { TemplateFact } from '../core/templates';
import { nearest } from './declarations';

export interface KnownTemplate {
  readonly file: string;
  readonly fact: TemplateFact;
}

/** The page templates of the workspace, by the names under which views ask for them. */
export class WorkspaceTemplates {
  private readonly byLastPart = new Map<string, KnownTemplate[]>();

  constructor(files: ReadonlyMap<string, FileFacts>) {
    for (const [file, { template }] of files) {
      if (template === undefined) continue;
      const last = file.slice(file.lastIndexOf('/') + 1);
      const list = this.byLastPart.get(last);
      if (list) list.push({ file, fact: template });
      else this.byLastPart.set(last, [{ file, fact: template }]);
    }
  }

  /** @param name "shop/order_list.html", as a view in the file `from` asks for it */
  find(name: string, from: string): KnownTemplate | undefined {
    const candidates = this.byLastPart.get(name.slice(name.lastIndexOf('/') + 1)) ?? [];
    return nearest(from, candidates.filter(({ file }) => file === name || file.endsWith(`/${name}`)));
  }
}
