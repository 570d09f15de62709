import { argumentAt, argumentsOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { decoratorsOf, parametersOf, type DecoratorParts, type Parameter } from '../../syntax/python/statements';
import { combined, domainOfName, type KeyDomain } from '../sharedState';
import { isFewValued } from '../sharedStatePython';
import type { Facts } from './rule';

/** The decorator that keeps every result: `@cache`, `@lru_cache(maxsize=None)`. */
export function cacheDecorator(declaration: PythonNode, file: PythonFile): DecoratorParts | undefined {
  return decoratorsOf(declaration).find((decorator) => isUnbounded(decorator, file));
}

function isUnbounded({ name, args, node }: DecoratorParts, file: PythonFile): boolean {
  const qualified = file.names.qualifiedText(name, node);
  if (qualified === 'functools.cache') return true;
  if (qualified !== 'functools.lru_cache' || args === undefined) return false;
  return (argumentAt(args, 0, 'maxsize') ?? args).kind === 'None';
}

/** What the cache keeps, unless there is one entry only or as many as there are classes or flags. */
export function decoratorFacts(declaration: PythonNode, decorator: DecoratorParts, file: PythonFile): Facts | undefined {
  const text = `@${decorator.name}${decorator.args && argumentsOf(decorator.args).length > 0 ? decorator.args.text : ''}`;
  const [first, ...others] = parametersOf(declaration);
  const isMethod = declaration.closest('ClassDefinition', 'FunctionDefinition')?.kind === 'ClassDefinition';
  const name = declaration.child('VariableName')!.text;
  if (isMethod && first?.name.text === 'self') {
    if (isOneOfFew(declaration) || isAcknowledged(decorator.node)) return undefined;
    return { cache: `${text} on ${name}`, key: 'instance', domain: 'open', writers: [], bound: 'a cache of its own on each instance, such as cached_property', because: 'keeps every instance alive that it was ever called on' };
  }
  const parameters = isMethod && first?.name.text === 'cls' ? others : first ? [first, ...others] : [];
  if (parameters.length === 0) return undefined;
  const domain = combined(parameters.map((parameter) => domainOfParameter(parameter, file)));
  return domain === 'fixed' ? undefined : { cache: `${text} on ${name}`, key: `combination of ${parameters.map((each) => each.name.text).join(', ')}`, domain, writers: [], bound: 'a maxsize' };
}

function domainOfParameter({ name, annotation, star }: Parameter, file: PythonFile): KeyDomain {
  if (star === undefined && annotation && isFewValued(annotation, file)) return 'fixed';
  return domainOfName(name.text);
}

/** The node takes in the line break, which the decorator's text does not. */
export function endOfDecorator(decorator: PythonNode): number {
  return decorator.start + decorator.text.replace(/(?:#[^\n]*)?\s+$/, '').trimEnd().length;
}

/** `# noqa: B019` behind the decorator: flake8-bugbear and ruff have said the same already, and somebody has answered. */
function isAcknowledged(decorator: PythonNode): boolean {
  const { text } = decorator.tree;
  const [, comment = ''] = /^[^\n]*?(#[^\n]*)/.exec(text.slice(endOfDecorator(decorator))) ?? [];
  return /^#\s*noqa(?::.*\bB019\b|\s*$)/.test(comment);
}

/** Enums, singletons and the like: there are few instances, and they stay anyway. */
function isOneOfFew(declaration: PythonNode): boolean {
  const owner = declaration.closest('ClassDefinition');
  const bases = owner?.child('ArgList')?.text ?? '';
  return /Enum|Choices|Singleton|Settings|Config\b|Protocol|Panel|AppConfig|ModelAdmin|type\)/.test(bases) || /(?:Settings|Config|Registry|Factory|Manager|Singleton|Meta)$/.test(owner?.child('VariableName')?.text ?? '');
}
