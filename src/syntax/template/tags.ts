/** One `{{ … }}` or `{% … %}` of a template. */
export interface TemplateTag {
  readonly kind: 'output' | 'tag';
  /** The first word of a tag: "for", "include". */
  readonly name: string;
  /** What is between the braces, without a tag's name. */
  readonly content: string;
  readonly offset: number;
}

const TAGS = /\{\{-?([\s\S]*?)-?\}\}|\{%-?\s*(\w+)([\s\S]*?)-?%\}|\{#[\s\S]*?#\}/g;

/** The tags of a Django or Jinja template in order; comments and what stands between `verbatim` are left out. */
export function templateTags(text: string): TemplateTag[] {
  const tags: TemplateTag[] = [];
  let silencedBy: string | undefined;
  for (const match of text.matchAll(TAGS)) {
    const [, output, name, content = ''] = match;
    if (silencedBy !== undefined) {
      if (name === `end${silencedBy}`) silencedBy = undefined;
    } else if (name === 'comment' || name === 'verbatim' || name === 'raw') silencedBy = name;
    else if (output !== undefined) tags.push({ kind: 'output', name: '', content: output, offset: match.index });
    else if (name !== undefined) tags.push({ kind: 'tag', name, content: content.trim(), offset: match.index });
  }
  return tags;
}

const STRING = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;
const PATH = /(?<![\w.|=])([A-Za-z_]\w*(?:\.\w+(?:\(\))?)+|[A-Za-z_]\w*)(?!\w|\s*=(?!=))/g;
const WORDS = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else', 'as', 'with', 'only', 'by', 'True', 'False', 'None', 'true', 'false', 'none', 'forloop', 'loop', 'on', 'off', 'reversed']);

/** The variables an expression reads, as names with dots between them; filters, keywords and texts are none. */
export function variablePaths(expression: string): string[][] {
  const plain = expression.replace(STRING, '""').replace(/\|\s*\w+/g, ' ');
  return [...plain.replace(/(\w+)\s*=(?!=)/g, ' ').matchAll(PATH)]
    .map((match) => match[1]!.replace(/\(\)/g, '').split('.'))
    .filter(([root]) => !WORDS.has(root!));
}
