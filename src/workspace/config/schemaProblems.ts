import type { ErrorObject } from 'ajv';
import schema from '../../../media/performance.schema.json';
import validate from './generated/validate';
import type { ConfigProblem, ConfigSource, ValuePath } from './problem';

/** Ids that performance.json may name under "rules"; the generator writes them into the schema. */
export const KNOWN_RULES: ReadonlySet<string> = new Set(Object.keys(schema.properties.rules.properties));

/** What the schema says against the value, each at the key or value that is meant. */
export function schemaProblems(value: unknown, source: ConfigSource): ConfigProblem[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => problemOf(error, source));
}

function problemOf(error: ErrorObject, source: ConfigSource): ConfigProblem {
  const path = pathOf(error.instancePath, source);
  const make = (message: string, range = source.value(path)): ConfigProblem => ({
    code: 'schema',
    severity: 'error',
    message,
    range,
  });
  const { params } = error;
  switch (error.keyword) {
    case 'additionalProperties': {
      const known = Object.keys((parentSchema(error) as { properties?: object }).properties ?? {});
      return make(`Unknown key "${params.additionalProperty}". Known here: ${known.join(', ')}.`, source.key([...path, params.additionalProperty]));
    }
    case 'required':
      return make(`The key "${params.missingProperty}" is missing here.`, source.key(path));
    case 'type':
      return make(`This must be ${[params.type].flat().map(withArticle).join(' or ')}.`);
    case 'enum':
      return make(`This must be one of ${params.allowedValues.map((each: string) => `"${each}"`).join(', ')}.`);
    case 'pattern':
      return make((parentSchema(error) as { patternErrorMessage: string }).patternErrorMessage);
    case 'minimum':
      return make(`This must be at least ${params.limit}.`);
    case 'minLength':
      return make('This must not be empty.');
    default:
      return make(`This ${error.message}.`);
  }
}

function withArticle(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

/** JSON pointer to path; whether "0" is an index is told by the value that holds it. */
function pathOf(pointer: string, source: ConfigSource): ValuePath {
  const path: (string | number)[] = [];
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replace(/~1/g, '/').replace(/~0/g, '~');
    path.push(source.isArray(path) ? Number(key) : key);
  }
  return path;
}

/** The schema that holds the keyword an error speaks of. */
function parentSchema({ schemaPath }: ErrorObject): unknown {
  const keys = schemaPath.split('/').slice(1, -1).map((part) => decodeURIComponent(part).replace(/~1/g, '/').replace(/~0/g, '~'));
  return keys.reduce<any>((node, key) => node[key], schema);
}
