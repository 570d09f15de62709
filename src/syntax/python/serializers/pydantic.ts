import type { SerializedField, SerializerFact } from '../../../core/classes';
import { calleeOf, keywordArgument } from '../expressions';
import type { PythonFile } from '../file';
import { metaOptions } from '../models/djangoMeta';
import { modelReference } from '../models/references';
import type { PythonNode } from '../node';
import { assignmentOf, basesOf, statementsOf } from '../statements';
import { literalText } from '../strings';
import { eachOf } from './fields';

/** Names in annotations that are no class of the project's. */
const GENERIC = /^(?:List|Optional|Union|Dict|Set|FrozenSet|Tuple|Sequence|Iterable|Annotated|Literal|Any|Type|ClassVar|None|True|False|Field|Json|UUID\d?|EmailStr|HttpUrl|AnyUrl|AnyHttpUrl|Decimal|SecretStr|Callable|Mapping|Enum|IntEnum|StrEnum|Path|NameStr|PrimaryKey|Self)$/;
const MANY = /^(?:typing\.)?(?:[Ll]ist|[Ss]et|[Ff]rozen[Ss]et|Sequence|Iterable|[Tt]uple)\b|\b(?:[Ll]ist|Sequence|[Ss]et)\[/;
const NO_BASE = /(?:Enum|Exception|Error|Protocol|TypedDict|NamedTuple|TestCase|Settings)$/;

/** A response model of Pydantic, FastAPI or Django Ninja: annotated attributes, which are read of the row one by one. */
export function responseModel(declaration: PythonNode, file: PythonFile): SerializerFact | undefined {
  if (basesOf(declaration).some((base) => NO_BASE.test(base.text))) return undefined;
  const statements = statementsOf(declaration.child('Body')).filter(({ kind }) => kind === 'AssignStatement');
  // Mapped classes have annotations too, and are the rows themselves.
  if (statements.some((statement) => /^__tablename__\b|\bMapped\[|\bmapped_column\(|\brelationship\(/.test(statement.text))) return undefined;
  const isNinja = file.imports('ninja');
  const meta = isNinja ? metaOptions(declaration) : new Map<string, PythonNode>();
  const names: string[] = meta.get('fields')?.descendants('String').flatMap((each) => literalText(each) ?? []) ?? [];
  const fields: SerializedField[] = [];
  for (const statement of statements) readAttribute(statement, names, fields, file);
  if (names.length === 0 && fields.length === 0 && !basesOf(declaration).some((base) => /(?:^|\.)(?:BaseModel|Schema|ModelSchema)$/.test(base.text))) return undefined;
  return { library: isNinja ? 'ninja' : 'pydantic', names, fields };
}

/** `name: str`, `lines: list[LineOut] = []`. */
function readAttribute(statement: PythonNode, names: string[], fields: SerializedField[], file: PythonFile): void {
  const { targets, annotation, value } = assignmentOf(statement);
  const target = targets[0]?.[0];
  if (annotation === undefined || target?.kind !== 'VariableName' || /^ClassVar\b/.test(annotation.text)) return;
  const [given] = value;
  const field = given && calleeOf(given)?.text === 'Field' ? given : undefined;
  if (field && keywordArgument(field, 'exclude')?.text === 'True') return;
  const alias = field && literalText(keywordArgument(field, 'validation_alias') ?? keywordArgument(field, 'alias'));
  const name = alias ?? target.text;
  const nested = nestedClass(annotation);
  const serializer = nested && modelReference(nested, file);
  if (serializer === undefined) names.push(name);
  else {
    const path = MANY.test(annotation.text) ? eachOf([name]) : [name];
    fields.push({ name, reads: [path], nested: { serializer, path }, line: file.lineOf(statement) });
  }
}

/** The project's own class in an annotation; undefined where there is none or more than one. */
function nestedClass(annotation: PythonNode): PythonNode | undefined {
  const named = [annotation, ...annotation.descendants('VariableName')].filter((node) => node.kind === 'VariableName' && /^[A-Z]\w*[a-z]/.test(node.text) && !GENERIC.test(node.text));
  const different = new Set(named.map(({ text }) => text));
  return different.size === 1 ? named[0] : undefined;
}
