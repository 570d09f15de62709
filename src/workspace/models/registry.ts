import type { FileFacts } from '../../core/facts';
import type { ModelField, ModelLibrary, ModelReference } from '../../core/models';
import type { Field } from '../../core/workspaceView';
import { DeclaredModel, type ModelFinder } from './model';
import { appOf, foldedName } from './naming';

/** Finds the file behind an import, among the files of the workspace. */
export type ResolveModule = (from: string, module: string) => string | undefined;

const USER_MODEL = 'AUTH_USER_MODEL';
const DEEPEST_REEXPORT = 6;

/** Every model of the workspace, and which of them a name means in a file. */
export class ModelRegistry implements ModelFinder {
  private readonly byFile = new Map<string, readonly DeclaredModel[]>();
  private readonly byName = new Map<string, DeclaredModel[]>();
  private readonly found = new Map<string, DeclaredModel | null>();
  private reverse?: ReadonlyMap<DeclaredModel, readonly Field[]>;
  private models?: readonly DeclaredModel[];

  constructor(
    private readonly files: ReadonlyMap<string, FileFacts>,
    private readonly resolveModule: ResolveModule,
  ) {
    for (const [file, { models = [] }] of files) {
      const declared = models.map((fact) => new DeclaredModel(fact, file, this));
      if (declared.length > 0) this.byFile.set(file, declared);
      for (const model of declared) {
        const name = shortName(model.name);
        const list = this.byName.get(name);
        if (list) list.push(model);
        else this.byName.set(name, [model]);
      }
    }
  }

  /** The models that have a table. */
  get all(): readonly DeclaredModel[] {
    return (this.models ??= [...this.byFile.values()].flat().filter((model) => !model.isAbstract && model.isModel()));
  }

  find(file: string, reference: ModelReference, library?: ModelLibrary): DeclaredModel | undefined {
    const key = `${file}\0${reference.module ?? ''}\0${reference.name}\0${library ?? ''}`;
    const known = this.found.get(key);
    if (known !== undefined) return known ?? undefined;
    const model = this.lookUp(file, reference, library);
    this.found.set(key, model ?? null);
    return model;
  }

  reverseOf(model: DeclaredModel): readonly Field[] {
    return (this.reverse ??= this.collectReverse()).get(model) ?? [];
  }

  /** A model under its own, its client's or its table's name, whatever its style; undefined where several have it. */
  named(name: string): DeclaredModel | undefined {
    const folded = foldedName(name);
    const matching = this.all.filter((model) => foldedName(model.name) === folded);
    const tables = new Set(matching.map(({ table }) => table));
    return tables.size === 1 ? matching[0] : undefined;
  }

  private lookUp(file: string, reference: ModelReference, library: ModelLibrary | undefined): DeclaredModel | undefined {
    const fits = (model: DeclaredModel): boolean => library === undefined || model.library === library;
    if (reference.name === USER_MODEL) return this.userModel();
    const name = shortName(reference.name);
    const imported = reference.module === undefined ? undefined : this.inModule(this.resolveModule(file, reference.module), name);
    if (imported && fits(imported)) return imported;
    const own = reference.module === undefined ? this.byFile.get(file)?.find((model) => model.name === reference.name && fits(model)) : undefined;
    return own ?? this.byShortName(file, reference, fits);
  }

  /** Follows what packages offer from their own modules. */
  private inModule(file: string | undefined, name: string, depth = 0): DeclaredModel | undefined {
    if (file === undefined || depth > DEEPEST_REEXPORT) return undefined;
    const own = this.byFile.get(file)?.find((model) => model.name === name);
    if (own !== undefined) return own;
    for (const reexport of this.files.get(file)?.reexports ?? []) {
      if (reexport.exportedAs !== name && reexport.exportedAs !== '*') continue;
      const found = this.inModule(this.resolveModule(file, reexport.module), reexport.name === '*' ? name : reexport.name, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** "shop.Order" by its application; a plain name where only one model has it, or only one nearby. */
  private byShortName(file: string, { name }: ModelReference, fits: (model: DeclaredModel) => boolean): DeclaredModel | undefined {
    const app = name.includes('.') ? name.split('.')[0] : undefined;
    const candidates = (this.byName.get(shortName(name)) ?? []).filter((model) => fits(model) && model.file !== undefined);
    if (candidates.length < 2) return candidates[0];
    const ofApp = app === undefined ? [] : candidates.filter((model) => (model.fact.app ?? appOf(model.file)) === app);
    if (ofApp.length === 1) return ofApp[0];
    return nearest(file, (ofApp.length > 0 ? ofApp : candidates).filter(({ isAbstract }) => !isAbstract));
  }

  /** The one concrete model that extends Django's users. */
  private userModel(): DeclaredModel | undefined {
    const users = this.all.filter(({ library, fact }) => library === 'django' && fact.bases.some(({ name }) => /^Abstract(?:Base)?User$|^AbstractUser$/.test(name)));
    return users.length === 1 ? users[0] : (this.byName.get('User') ?? []).find(({ library }) => library === 'django');
  }

  private collectReverse(): ReadonlyMap<DeclaredModel, readonly Field[]> {
    const reverse = new Map<DeclaredModel, Field[]>();
    for (const model of this.all) {
      for (const declared of model.declaredFields()) {
        const target = declared.relation?.target && this.find(model.file, declared.relation.target, model.library);
        if (target === undefined || declared.relation?.reverse === '') continue;
        const field = reverseField(model, declared);
        const list = reverse.get(target);
        if (field && list) list.push(field);
        else if (field) reverse.set(target, [field]);
      }
    }
    return reverse;
  }
}

const shortName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** How the target reads a relation back: under the name it is given, else as Django names it. */
function reverseField(model: DeclaredModel, declared: ModelField): Field | undefined {
  const { name, relation } = declared;
  if (relation === undefined || (model.library !== 'django' && model.library !== 'sqlalchemy')) return undefined;
  const own = shortName(model.name).toLowerCase();
  const kind = reverseKind(model, declared);
  const given = relation.reverse?.replaceAll('%(class)s', own).replaceAll('%(app_label)s', appOf(model.file));
  return {
    name: given ?? (kind === 'one' ? own : `${own}_set`),
    type: 'relation',
    nullable: true,
    relation: { kind, target: { name: model.name }, model, via: [name], holdsKey: false, reverse: name, loading: 'lazy' },
  };
}

function reverseKind(model: DeclaredModel, declared: ModelField): 'one' | 'many' {
  if (model.library === 'django') return declared.relation?.kind === 'one' && declared.isUnique ? 'one' : 'many';
  // A backref of SQLAlchemy: the side that holds no key and has no table between reads many rows and is read as one.
  return declared.relation?.kind === undefined && model.kindOf(declared) === 'many' ? 'one' : 'many';
}

/** The candidate that shares most of the asking file's folders, where it is the only one to share so many. */
function nearest(file: string, candidates: readonly DeclaredModel[]): DeclaredModel | undefined {
  const scored = candidates.map((model) => ({ model, score: sharedFolders(file, model.file) })).sort((a, b) => b.score - a.score);
  return scored.length > 1 && scored[0]!.score === scored[1]!.score ? undefined : scored[0]?.model;
}

function sharedFolders(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared]) shared++;
  return shared;
}
