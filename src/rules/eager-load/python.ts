import type { Match } from '../../core/rule';
import { argumentsOf, dottedName } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { importedNames, type ImportedName } from '../../syntax/python/imports';
import { literalText } from '../../syntax/python/strings';
import type { PythonMatcher } from '../matchers';
import { importInside } from './pythonFix';
import { isRarePath } from './rarePath';
import type { Facts } from './rule';

/** Packages whose import takes tenths of a second or more: numbers, charts, models, documents, clouds, browsers. */
const HEAVY =
  /^(?:pandas|matplotlib|scipy|sklearn|torch|tensorflow|keras|jax|transformers|sentence_transformers|spacy|nltk|gensim|cv2|skimage|plotly|seaborn|bokeh|altair|weasyprint|reportlab|openpyxl|xlsxwriter|docx|pptx|googleapiclient|boto3|kubernetes|IPython|sympy|statsmodels|prophet|langchain|langchain_core|llama_index|litellm|openai|anthropic|playwright|selenium|moviepy|librosa|pyarrow|networkx|geopandas|dask|polars|xgboost|lightgbm|faiss|ocrmypdf|pdfplumber|fitz|pdf2image|pytesseract|numba|pyspark|snowflake|databricks|twilio|stripe)$/;
const EAGER = /^(?:joined|subquery|immediate)$/;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['ImportStatement', 'CallExpression'],
  names: ['relationship'],

  find(node, file): Match<Facts> | undefined {
    return node.kind === 'CallExpression' ? eagerRelation(node, file) : heavyImport(node, file);
  },

  fix: (_match, node, file) => (node.kind === 'ImportStatement' ? importInside(node, usersOf(node, file), file) : undefined),
};

/** An import of the module that one function alone uses. */
function heavyImport(statement: PythonNode, file: PythonFile): Match<Facts> | undefined {
  if (statement.parent?.kind !== 'Script') return undefined;
  const names = importedNames(statement);
  const [first] = names;
  const root = first?.module.split('.')[0] ?? '';
  if (!first || !HEAVY.test(root) || names.some(({ local }) => local.text === '*')) return undefined;
  const users = usersOf(statement, file);
  const [user] = users;
  if (users.size !== 1 || user === undefined || importsMore(root, statement, file) || isCalledHere(user, file)) return undefined;
  const others = [...file.functions.values()].filter(({ node }) => node !== user && isEntry(node)).length;
  if (!isEntry(user) || !isRarePath(user.child('VariableName')!.text, others)) return undefined;
  return { span: statement, facts: { kind: 'import', module: moduleOf(first), root: root.toLowerCase(), user: user.child('VariableName')!.text, others, isClient: false } };
}

function moduleOf({ module, member, local }: ImportedName): string {
  const written = local.parent?.text.match(/^import\s+([\w.]+)/)?.[1];
  return member === undefined ? (written ?? module) : module;
}

/** The functions that use what a statement imports; undefined stands for the module itself, which runs when it is imported. */
function usersOf(statement: PythonNode, file: PythonFile): ReadonlySet<PythonNode | undefined> {
  const users = new Set<PythonNode | undefined>();
  for (const { local } of importedNames(statement)) {
    const bindings = file.scopes.resolve(local.text, statement)?.bindings ?? [];
    // A name that is bound twice, as under `except ImportError`, is asked for at the top.
    if (bindings.length !== 1) users.add(undefined);
    for (const use of file.usesOf(local.text)) {
      if (file.scopes.resolve(local.text, use)?.bindings === bindings) users.add(userOf(use, file));
    }
  }
  return users;
}

/** The outermost function whose body holds a use. Decorators, defaults and annotations run when the module is imported. */
function userOf(use: PythonNode, file: PythonFile): PythonNode | undefined {
  let found: PythonNode | undefined;
  for (let at = use.parent, child = use; at !== undefined; child = at, at = at.parent) {
    if (at.kind !== 'FunctionDefinition') continue;
    const isSignature = child.kind === 'TypeDef' || child.kind === 'ParamList';
    if (isSignature && (child.kind !== 'TypeDef' || !file.imports('__future__'))) return undefined;
    found = at;
  }
  return found;
}

/** What others can call: a function or method that stands in no other and whose name is not private. */
function isEntry(declaration: PythonNode): boolean {
  return declaration.closest('FunctionDefinition') === undefined && !/^_/.test(declaration.child('VariableName')?.text ?? '_');
}

/** Something in the file calls it, so that more than one way leads to it. */
function isCalledHere(user: PythonNode, file: PythonFile): boolean {
  const name = user.child('VariableName')!.text;
  if (user.closest('ClassDefinition') === undefined) return file.usesOf(name).some((use) => use.closest('FunctionDefinition') !== undefined);
  return file.root.descendants('PropertyName').some((property) => property.text === name && /^(?:self|cls)$/.test(property.parent?.firstChild?.text ?? ''));
}

/** Another import at the top brings the package in, too. */
function importsMore(root: string, statement: PythonNode, file: PythonFile): boolean {
  return file.root.children.some((other) => other !== statement && other.kind === 'ImportStatement' && importedNames(other).some(({ module }) => module.split('.')[0] === root));
}

/** `relationship("Line", lazy="joined")` to many rows: one comes along with its owner at little cost. */
function eagerRelation(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const args = argumentsOf(call);
  const lazy = args.find(({ name }) => name === 'lazy')?.value;
  const setting = lazy && literalText(lazy);
  if (!lazy || setting === undefined || !EAGER.test(setting) || !file.imports('sqlalchemy', 'flask_sqlalchemy', 'sqlmodel')) return undefined;
  const statement = call.parent;
  const owner = call.closest('ClassDefinition', 'FunctionDefinition');
  if (statement?.kind !== 'AssignStatement' || owner?.kind !== 'ClassDefinition') return undefined;
  const isToMany = args.some(({ name, value }) => name === 'secondary' || (name === 'uselist' && value.text === 'True')) || /\b(?:[Ll]ist|[Ss]et|Sequence)\[/.test(statement.child('TypeDef')?.text ?? '');
  if (!isToMany) return undefined;
  const relation = `${owner.child('VariableName')!.text}.${dottedName(statement.firstChild) ?? 'relation'}`;
  return { span: lazy, confidence: 'possible', facts: { kind: 'relation', relation, setting: `lazy="${setting}"` } };
}
