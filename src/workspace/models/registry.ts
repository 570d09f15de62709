import type { FileFacts } from '../../core/facts';
import type { ModelField, ModelLibrary, ModelReference } from '../../core/models';
import type { Field } from '../../core/workspaceView';
import { Declarations, nearest, shortName, type ResolveModule } from '../declarations';
import { DeclaredModel, type ModelFinder } from './model';
import { appOf, foldedName } from './naming';

const USER_MODEL = 'AUTH_USER_MODEL';

/** Every model of the workspace, and which of them a name means in a file. */
export class ModelRegistry implements ModelFinder {
  private readonly declared: Declarations<DeclaredModel>;
  private readonly found = new Map<string, DeclaredModel | null>();
  private reverse?: ReadonlyMap<DeclaredModel, readonly Field[]>;
  private models?: readonly DeclaredModel[];

  constructor(files: ReadonlyMap<string, FileFacts>, resolveModule: ResolveModule) {
    const models = [...files].flatMap(([file, facts]) => (facts.models ?? []).map((fact) => new DeclaredModel(fact, file, this)));
    this.declared = new Declarations(models, files, resolveModule);
  }

  /** The models that have a table. */
  get all(): readonly DeclaredModel[] {
    return (this.models ??= this.declared.all.filter((model) => !model.isAbstract && model.isModel()));
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
    return this.declared.referred(file, reference, fits) ?? this.byShortName(file, reference, fits);
  }

  /** "shop.Order" by its application; a plain name where only one model has it, or only one nearby. */
  private byShortName(file: string, { name }: ModelReference, fits: (model: DeclaredModel) => boolean): DeclaredModel | undefined {
    const app = name.includes('.') ? name.split('.')[0] : undefined;
    const candidates = this.declared.named(name).filter(fits);
    if (candidates.length < 2) return candidates[0];
    const ofApp = app === undefined ? [] : candidates.filter((model) => (model.fact.app ?? appOf(model.file)) === app);
    if (ofApp.length === 1) return ofApp[0];
    return nearest(file, (ofApp.length > 0 ? ofApp : candidates).filter(({ isAbstract }) => !isAbstract));
  }

  /** The one concrete model that extends Django's users. */
  private userModel(): DeclaredModel | undefined {
    const users = this.all.filter(({ library, fact }) => library === 'django' && fact.bases.some(({ name }) => /^Abstract(?:Base)?User$|^AbstractUser$/.test(name)));
    return users.length === 1 ? users[0] : this.declared.named('User').find(({ library }) => library === 'django');
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
