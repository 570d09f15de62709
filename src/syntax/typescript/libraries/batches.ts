import { ts } from 'ts-morph';
import { declaredValue } from '../declared';
import type { TypeScriptFile } from '../file';
import { unwrap } from '../nodes';
import type { Origin } from '../origin';
import { sdkPackage } from './sdks';

const { isIdentifier, isNewExpression } = ts;

type Batches = readonly (readonly [way: RegExp, batch: string])[];

const SEARCH_ENGINE: Batches = [[/^(?:index|create|update|delete)$/, 'bulk'], [/^get$/, 'mget'], [/^search$/, 'msearch']];

/** Module -> what was read from the client on the way -> the same API's call that takes many at once. From their references. */
const BATCHES: Readonly<Record<string, Batches>> = {
  openai: [[/(?:^|\.)embeddings\.create$/, 'one embeddings.create with all inputs']],
  ai: [[/^embed$/, 'embedMany']],
  resend: [[/(?:^|\.)emails\.send$/, 'batch.send, up to 100 at a time']],
  postmark: [[/^sendEmail$/, 'sendEmailBatch, up to 500 at a time'], [/^sendEmailWithTemplate$/, 'sendEmailBatchWithTemplates, up to 500 at a time']],
  stripe: [[/(?:^|\.)products\.retrieve$/, 'products.list({ ids }), up to 100 at a time']],
  '@elastic/elasticsearch': SEARCH_ENGINE,
  '@opensearch-project/opensearch': SEARCH_ENGINE,
  algoliasearch: [[/(?:^|\.)saveObject$/, 'saveObjects'], [/(?:^|\.)partialUpdateObject$/, 'partialUpdateObjects'], [/(?:^|\.)deleteObject$/, 'deleteObjects'], [/(?:^|\.)getObject$/, 'getObjects']],
  meilisearch: [[/(?:^|\.)deleteDocument$/, 'deleteDocuments'], [/(?:^|\.)getDocument$/, 'getDocuments with a filter']],
  '@upstash/qstash': [[/^publish$/, 'batch'], [/^(?:publish|enqueue)JSON$/, 'batchJSON']],
  'firebase-admin': [[/(?:^|\.)messaging\.send$/, 'sendEach, up to 500 at a time'], [/(?:^|\.)auth\.getUser$/, 'getUsers, up to 100 at a time'], [/(?:^|\.)auth\.deleteUser$/, 'deleteUsers, up to 1,000 at a time']],
  '@vercel/blob': [[/^del$/, 'del with all URLs']],
};

/** Module of an AWS client -> command -> the command that takes many. */
const DYNAMO = { GetItemCommand: 'BatchGetItemCommand, up to 100 at a time', PutItemCommand: 'BatchWriteItemCommand, up to 25 at a time', DeleteItemCommand: 'BatchWriteItemCommand, up to 25 at a time' };
const AWS_BATCHES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '@aws-sdk/client-s3': { DeleteObjectCommand: 'DeleteObjectsCommand, up to 1,000 at a time' },
  '@aws-sdk/client-dynamodb': DYNAMO,
  '@aws-sdk/lib-dynamodb': { GetCommand: 'BatchGetCommand, up to 100 at a time', PutCommand: 'BatchWriteCommand, up to 25 at a time', DeleteCommand: 'BatchWriteCommand, up to 25 at a time' },
  '@aws-sdk/client-sqs': { SendMessageCommand: 'SendMessageBatchCommand, up to 10 at a time', ChangeMessageVisibilityCommand: 'ChangeMessageVisibilityBatchCommand, up to 10 at a time' },
  '@aws-sdk/client-sns': { PublishCommand: 'PublishBatchCommand, up to 10 at a time' },
  '@aws-sdk/client-kinesis': { PutRecordCommand: 'PutRecordsCommand, up to 500 at a time' },
  '@aws-sdk/client-firehose': { PutRecordCommand: 'PutRecordBatchCommand, up to 500 at a time' },
  '@aws-sdk/client-ssm': { GetParameterCommand: 'GetParametersCommand, up to 10 at a time' },
  '@aws-sdk/client-secrets-manager': { GetSecretValueCommand: 'BatchGetSecretValueCommand, up to 20 at a time' },
};

/** What the API that a call goes to has for many at once; undefined where it has nothing or the call is that already. */
export function batchOf(call: ts.CallExpression, { module, name, path }: Origin, file: TypeScriptFile): string | undefined {
  if (module.startsWith('@aws-sdk/')) return batchOfCommand(call, file);
  const sdk = sdkPackage(module, name);
  const batches = sdk !== undefined && Object.hasOwn(BATCHES, sdk) ? BATCHES[sdk] : undefined;
  const way = path.length > 0 ? path.join('.') : name;
  return batches?.find(([pattern]) => pattern.test(way))?.[1];
}

/** `client.send(new DeleteObjectCommand(…))`, also with the command behind a constant. */
function batchOfCommand(call: ts.CallExpression, file: TypeScriptFile): string | undefined {
  const [argument] = call.arguments;
  let command = argument && unwrap(argument);
  if (command && isIdentifier(command)) command = declaredValue(command, file);
  if (!command || !isNewExpression(command) || !isIdentifier(command.expression)) return undefined;
  const imported = file.imports.get(command.expression.text);
  const commands = imported && Object.hasOwn(AWS_BATCHES, imported.module) ? AWS_BATCHES[imported.module]! : undefined;
  return commands && Object.hasOwn(commands, imported!.name) ? commands[imported!.name] : undefined;
}
