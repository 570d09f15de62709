import type { ClassFact } from '../core/classes';
import type { FileFacts } from '../core/facts';
import type { ModelReference } from '../core/models';
import type { Classes, KnownClass, Lineage } from '../core/workspaceView';
import { Declarations, nearest, type ResolveModule } from './declarations';

/** Longer lines of bases are circles. */
const DEEPEST = 12;

/** The views, admin pages and serializers of the workspace. */
export class WorkspaceClasses implements Classes {
  private readonly declared: Declarations<KnownClass>;

  constructor(files: ReadonlyMap<string, FileFacts>, resolveModule: ResolveModule) {
    const known = [...files].flatMap(([file, { classes = [] }]) => classes.map((fact: ClassFact) => ({ ...fact, file })));
    this.declared = new Declarations(known, files, resolveModule);
  }

  find(file: string, reference: ModelReference): KnownClass | undefined {
    const referred = this.declared.referred(file, reference);
    // A name without an import is text that a framework looks up, or came with a wildcard.
    if (referred !== undefined || reference.module !== undefined) return referred;
    return nearest(file, this.declared.named(reference.name));
  }

  lineage(start: KnownClass): Lineage {
    const known: KnownClass[] = [];
    const foreign: ModelReference[] = [];
    const visit = (each: KnownClass, depth: number): void => {
      if (known.includes(each) || depth > DEEPEST) return;
      known.push(each);
      for (const base of each.bases) {
        const found = this.find(each.file, base);
        if (found !== undefined) visit(found, depth + 1);
        else foreign.push(base);
      }
    };
    visit(start, 0);
    return { known, foreign };
  }
}
