import type { ModelFact, ModelField, ModelIndex, ModelLibrary, ModelReference } from '../../core/models';
import type { Field, KnownMember, Model } from '../../core/workspaceView';
import { columnOf, defaultTable } from './naming';

/** How a model asks for other models. */
export interface ModelFinder {
  find(file: string, reference: ModelReference, library?: ModelLibrary): DeclaredModel | undefined;
  /** The relations that other models hold to this one, under the names it reads them back by. */
  reverseOf(model: DeclaredModel): readonly Field[];
}

/** Bases that bring no columns a query would ask for. */
const EMPTY_BASE = /^(?:object|ABC|Generic|Base|Model|DeclarativeBase|DeclarativeBaseNoMeta|MappedAsDataclass|AsyncAttrs|SQLModel|\w*Base|\w*Mixin|BaseEntity)$/;

/** Columns of classes that come with Django. */
const BUILT_IN: Readonly<Record<string, readonly ModelField[]>> = {
  AbstractBaseUser: [field('password', 'varchar'), field('last_login', 'timestamp')],
  PermissionsMixin: [field('is_superuser', 'boolean')],
  AbstractUser: [
    field('password', 'varchar'), field('last_login', 'timestamp'), field('is_superuser', 'boolean'), { ...field('username', 'varchar'), isUnique: true },
    field('first_name', 'varchar'), field('last_name', 'varchar'), field('email', 'varchar'), field('is_staff', 'boolean'), field('is_active', 'boolean'), field('date_joined', 'timestamp'),
  ],
};

function field(name: string, type: string): ModelField {
  return { name, type, nullable: false };
}

const enumerated = ({ relation, ...plain }: ModelField): ModelField => ({ ...plain, type: relation?.kind === 'many' ? 'choice[]' : 'choice' });

/** Deeper inheritance is a mistake, and circles must end. */
const DEEPEST = 8;

/** A model of one file together with what it inherits; everything is worked out when it is first asked for. */
export class DeclaredModel implements Model {
  private knownBases?: readonly DeclaredModel[];
  private knownDeclared?: readonly ModelField[];
  private knownFields?: ReadonlyMap<string, Field>;
  private knownMembers?: ReadonlyMap<string, KnownMember>;

  constructor(
    readonly fact: ModelFact,
    readonly file: string,
    private readonly finder: ModelFinder,
  ) {}

  get name(): string {
    return this.fact.name;
  }

  get library(): ModelLibrary {
    return this.fact.library;
  }

  get line(): number {
    return this.fact.line;
  }

  get table(): string {
    const shared = this.fact.table === undefined && (this.fact.isProxy || this.library === 'sqlalchemy') ? this.bases.find((base) => !base.isAbstract) : undefined;
    return this.fact.table ?? shared?.table ?? defaultTable(this.fact, this.file);
  }

  get isAbstract(): boolean {
    return this.fact.isAbstract === true;
  }

  /** Whether it is a model at all: a class without fields of its own is one where a base is. */
  isModel(depth = 0): boolean {
    return !this.fact.needsBase || (depth < DEEPEST && this.bases.some((base) => base.isModel(depth + 1)));
  }

  get bases(): readonly DeclaredModel[] {
    return (this.knownBases ??= this.fact.bases.flatMap((reference) => {
      const base = this.finder.find(this.file, reference, this.library);
      return base === undefined || base === this ? [] : [base];
    }));
  }

  /** The names of the class and of all it inherits from, mixins that are no models among them. */
  lineage(depth = 0): ReadonlySet<string> {
    const inherited = depth > DEEPEST ? [] : this.bases.flatMap((base) => [...base.lineage(depth + 1)]);
    return new Set([this.name, ...this.fact.bases.map(({ name }) => name), ...inherited]);
  }

  get isComplete(): boolean {
    return this.fact.bases.every((reference) => {
      const base = this.finder.find(this.file, reference, this.library);
      if (base !== undefined) return base === this || base.isComplete;
      return EMPTY_BASE.test(reference.name) || reference.name in BUILT_IN;
    });
  }

  /** Own and inherited fields, without those read from the other side; the table's columns are among them. */
  declaredFields(depth = 0): readonly ModelField[] {
    return depth > DEEPEST ? [] : (this.knownDeclared ??= this.collectFields(depth));
  }

  private collectFields(depth: number): readonly ModelField[] {
    const inherited = this.bases.flatMap((base) => base.declaredFields(depth + 1));
    const builtIn = this.fact.bases.flatMap(({ name }) => (Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name]! : []));
    const own = this.fact.fields.map((each) => (this.targetOf(each)?.fact.isEnum ? enumerated(each) : each));
    const byName = new Map([...builtIn, ...inherited, ...own].map((each) => [each.name, each]));
    return [...byName.values()];
  }

  /** Own and inherited indexes; one that names a field under its old name is kept as it is written. */
  declaredIndexes(depth = 0): readonly ModelIndex[] {
    if (depth > DEEPEST) return [];
    return [...this.bases.flatMap((base) => base.declaredIndexes(depth + 1)), ...this.fact.indexes];
  }

  /** The order its rows come in where a query asks for none, its own or its base's. */
  get ordering(): NonNullable<ModelFact['ordering']> {
    return this.fact.ordering ?? this.bases.map((base) => base.ordering).find((ordering) => ordering.length > 0) ?? [];
  }

  get fields(): ReadonlyMap<string, Field> {
    if (this.knownFields === undefined) {
      // Set first: the other side of a relation asks for this one.
      const fields = new Map<string, Field>();
      this.knownFields = fields;
      for (const declared of [...this.implicitKey(), ...this.declaredFields()]) fields.set(declared.name, this.resolve(declared));
      for (const reverse of this.finder.reverseOf(this)) if (!fields.has(reverse.name)) fields.set(reverse.name, reverse);
    }
    return this.knownFields;
  }

  get members(): ReadonlyMap<string, KnownMember> {
    return (this.knownMembers ??= this.collectMembers());
  }

  /** The key that a library adds where a model declares none. */
  implicitKey(): readonly ModelField[] {
    const hasKey = this.declaredFields().some(({ isPrimary }) => isPrimary);
    if (this.library === 'mongoose') return [{ name: '_id', type: 'uuid', nullable: false, isPrimary: true }];
    const isImplicit = (this.library === 'django' || this.library === 'sequelize') && !hasKey;
    return isImplicit ? [{ name: 'id', type: 'integer', nullable: false, isPrimary: true }] : [];
  }

  private resolve(declared: ModelField): Field {
    const { relation, ...plain } = declared;
    const column = columnOf(declared, this.library);
    if (relation === undefined) return { ...plain, column };
    return { ...plain, column, relation: { ...relation, kind: this.kindOf(declared), model: this.targetOf(declared) } };
  }

  /** Whether a relation leads to one row or to many. */
  kindOf(declared: ModelField): 'one' | 'many' {
    const { kind, via } = declared.relation!;
    return kind ?? (this.holdsKeyTo(this.targetOf(declared), via) ? 'one' : 'many');
  }

  /** The model at the other end of a relation. */
  targetOf({ relation }: ModelField): DeclaredModel | undefined {
    return relation?.target && this.finder.find(this.file, relation.target, this.library);
  }

  /** SQLAlchemy tells the direction of a relationship from the foreign keys of the two tables. */
  private holdsKeyTo(model: DeclaredModel | undefined, via: readonly string[] | undefined): boolean {
    const keys = this.declaredFields().filter(({ references }) => references !== undefined && (model === undefined || [model.table, model.name].includes(references.table)));
    return via === undefined ? keys.length > 0 : keys.some((key) => via.includes(key.name));
  }

  get eager(): readonly string[] {
    const managers = [...(this.fact.managers ?? []), ...this.bases.flatMap((base) => base.fact.managers ?? [])];
    return managers.flatMap((reference) => this.finder.find(this.file, reference, this.library)?.fact.eager ?? []);
  }

  private collectMembers(depth = 0): ReadonlyMap<string, KnownMember> {
    const inherited = depth > DEEPEST ? [] : this.bases.flatMap((base) => [...base.collectMembers(depth + 1).values()]);
    const own = this.fact.members.map((member) => ({ ...member, file: this.file }));
    return new Map([...inherited, ...own].map((member) => [member.name, member]));
  }
}
