import { argumentAt, argumentsOf, calleeOf, memberOf } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';

type Batches = Readonly<Record<string, string>>;

/** Operations of boto3 that have a form for many, and the argument that tells the service where several share a name. */
const BOTO: Readonly<Record<string, { readonly batch: string; readonly needs?: RegExp }>> = {
  delete_object: { batch: 'delete_objects, up to 1,000 at a time' },
  get_item: { batch: 'batch_get_item, up to 100 at a time', needs: /^Key$/ },
  put_item: { batch: 'batch_writer()', needs: /^Item$/ },
  delete_item: { batch: 'batch_writer()', needs: /^Key$/ },
  send_message: { batch: 'send_message_batch, up to 10 at a time', needs: /^MessageBody$/ },
  publish: { batch: 'publish_batch, up to 10 at a time', needs: /^TopicArn$/ },
  put_record: { batch: 'the form for many records, up to 500 at a time', needs: /^(?:StreamName|StreamARN|DeliveryStreamName)$/ },
  get_parameter: { batch: 'get_parameters, up to 10 at a time' },
  get_secret_value: { batch: 'batch_get_secret_value, up to 20 at a time' },
};
const SEARCH_ENGINE: Batches = { index: 'helpers.bulk', create: 'helpers.bulk', update: 'helpers.bulk', delete: 'helpers.bulk', get: 'mget', search: 'msearch' };

/** What the API that a client's method goes to has for many at once; undefined where it has nothing or the call is that already. */
export function batchOfMethod(call: PythonNode, library: string, method: string, file: PythonFile): string | undefined {
  const owner = memberOf(calleeOf(call))!.object;
  switch (library) {
    case 'boto3': {
      const operation = Object.hasOwn(BOTO, method) ? BOTO[method]! : undefined;
      const { needs } = operation ?? {};
      // `with table.batch_writer() as batch: batch.put_item(…)` collects what it is given.
      if (operation === undefined || isOfWith(owner, file) || (needs !== undefined && !argumentsOf(call).some(({ name }) => name !== undefined && needs.test(name)))) return undefined;
      return operation.batch;
    }
    case 'Elasticsearch':
      // `es.indices.create(…)` is about an index and not about documents.
      return memberOf(owner)?.object === undefined || /^(?:self|cls)$/.test(memberOf(owner)!.object.text) ? ownValue(SEARCH_ENGINE, method) : undefined;
    case 'OpenAI':
      return /\.embeddings$/.test(owner.text) && method === 'create' && !isListOf(call, 'input') ? 'one embeddings.create with all inputs' : undefined;
    case 'Gemini':
      return method === 'embed_content' ? 'one embed_content with all texts' : undefined;
    default:
      return undefined;
  }
}

/** The same for a function of a module. */
export function batchOfFunction(call: PythonNode, qualified: string): string | undefined {
  if (qualified === 'django.core.mail.send_mail') return argumentsOf(call).some(({ name }) => name === 'connection') ? undefined : 'one connection for all (connection=get_connection()) or send_mass_mail';
  if (/^stripe\.Product\.retrieve(?:_async)?$/.test(qualified)) return 'Product.list with ids, up to 100 at a time';
  if (/^litellm\.a?embedding$/.test(qualified)) return isListOf(call, 'input') ? undefined : 'one embedding call with all inputs';
  return undefined;
}

const ownValue = (batches: Batches, key: string): string | undefined => (Object.hasOwn(batches, key) ? batches[key] : undefined);

function isOfWith(owner: PythonNode, file: PythonFile): boolean {
  return owner.kind === 'VariableName' && file.scopes.resolve(owner.text, owner)?.bindings[0]?.kind === 'with';
}

/** The inputs are several already, or may be: a name that reads like many. */
function isListOf(call: PythonNode, keyword: string): boolean {
  const value = argumentsOf(call).find(({ name }) => name === keyword)?.value ?? argumentAt(call, 0);
  return value !== undefined && (/Array|Comprehension/.test(value.kind) ? value.children.filter(({ kind }) => kind === ',').length > 0 || /Comprehension/.test(value.kind) : value.kind === 'VariableName' && /s$|batch|chunk/.test(value.text));
}
