import type { Origin } from '../origin';

/** A client of somebody's API: which of its calls go over the network. */
interface Sdk {
  readonly library: string;
  /** Matches what was read from the client on the way, joined by dots: "chat.completions.create"; the export's name where nothing was. */
  readonly calls: RegExp;
}

/** Resources with methods such as `client.customers.create(…)`. */
const RESOURCE_CALLS = /\.(?:create\w*|retrieve\w*|update\w*|list\w*|del|delete\w*|get\w*|search\w*|send\w*|cancel|capture|confirm|finalize\w*|pay|post\w*|upload\w*|add\w*|remove\w*|revoke|open|join|publish|verify\w*)$/;
const METHODS = (names: string): RegExp => new RegExp(`(?:^|\\.)(?:${names})$`);

const SDKS: Readonly<Record<string, Sdk>> = {
  openai: { library: 'OpenAI', calls: /\.(?:create|parse|stream|generate|edit|retrieve|list|del|delete|cancel|upload|search|content)$/ },
  '@anthropic-ai/sdk': { library: 'Anthropic', calls: /\.(?:create|stream|parse|countTokens|retrieve|list|cancel|results)$/ },
  '@google/generative-ai': { library: 'Gemini', calls: METHODS('generateContent|generateContentStream|embedContent|batchEmbedContents|sendMessage|sendMessageStream|countTokens') },
  '@google/genai': { library: 'Gemini', calls: METHODS('generateContent|generateContentStream|embedContent|generateImages|sendMessage|sendMessageStream|countTokens') },
  ai: { library: 'AI SDK', calls: /^(?:generateText|streamText|generateObject|streamObject|embed|embedMany|generateImage|experimental_generateImage|transcribe)$/ },
  'cohere-ai': { library: 'Cohere', calls: METHODS('chat|chatStream|embed|rerank|generate|classify') },
  replicate: { library: 'Replicate', calls: METHODS('run|stream|create|get|list') },
  stripe: { library: 'Stripe', calls: /^(?!.*webhooks\.).*\.(?:create\w*|retrieve\w*|update\w*|list\w*|del|search|cancel|capture|confirm|finalizeInvoice|pay|voidInvoice|sendInvoice|attach|detach|expire|reverse|approve|decline)$/ },
  '@paddle/paddle-node-sdk': { library: 'Paddle', calls: RESOURCE_CALLS },
  resend: { library: 'Resend', calls: /\.(?:send|create|get|list|update|remove|cancel|verify)$/ },
  postmark: { library: 'Postmark', calls: METHODS('sendEmail\\w*') },
  '@sendgrid/mail': { library: 'SendGrid', calls: METHODS('send|sendMultiple') },
  nodemailer: { library: 'SMTP', calls: METHODS('sendMail') },
  twilio: { library: 'Twilio', calls: /\.(?:create|fetch|update|list|remove)$/ },
  '@slack/web-api': { library: 'Slack', calls: /(?:^|\.)(?:apiCall|[a-z]\w*\.\w+)$/ },
  '@slack/webhook': { library: 'Slack', calls: METHODS('send') },
  octokit: { library: 'GitHub', calls: /(?:^|\.)(?:request|graphql|paginate)$|(?:^|\.)rest\.\w+\.\w+$/ },
  '@octokit/core': { library: 'GitHub', calls: METHODS('request|graphql') },
  '@octokit/rest': { library: 'GitHub', calls: /(?:^|\.)(?:request|graphql|paginate)$|(?:^|\.)(?:rest\.)?[a-z]\w*\.[a-z]\w+$/ },
  googleapis: { library: 'Google API', calls: /\.(?:get|list|insert|create|update|patch|delete|append|batchUpdate|batchGet|send|watch|query)$/ },
  '@google-cloud/storage': { library: 'Cloud Storage', calls: METHODS('upload|download|save|delete|exists|getFiles|getMetadata|setMetadata|copy|move|makePublic|getBuckets') },
  '@google-cloud/tasks': { library: 'Cloud Tasks', calls: METHODS('createTask|deleteTask|getTask|listTasks') },
  '@google-cloud/pubsub': { library: 'Pub/Sub', calls: METHODS('publishMessage|publish|publishJSON') },
  '@azure/storage-blob': { library: 'Azure Blob', calls: METHODS('upload|uploadData|uploadFile|uploadStream|download|downloadToBuffer|deleteIfExists|delete|exists|getProperties') },
  '@vercel/blob': { library: 'Vercel Blob', calls: /^(?:put|del|head|list|copy)$/ },
  '@upstash/qstash': { library: 'QStash', calls: METHODS('publish|publishJSON|batch|batchJSON|enqueue|enqueueJSON') },
  'firebase-admin': { library: 'Firebase', calls: METHODS('send|sendEach|sendEachForMulticast|sendMulticast|verifyIdToken|getUser|createUser|updateUser|deleteUser') },
  '@elastic/elasticsearch': { library: 'Elasticsearch', calls: METHODS('search|index|bulk|get|mget|msearch|update|delete|count|deleteByQuery|updateByQuery') },
  '@opensearch-project/opensearch': { library: 'OpenSearch', calls: METHODS('search|index|bulk|get|mget|msearch|update|delete|count|deleteByQuery|updateByQuery') },
  algoliasearch: { library: 'Algolia', calls: METHODS('search|searchSingleIndex|saveObject|saveObjects|deleteObject|deleteObjects|partialUpdateObject|partialUpdateObjects|getObject|getObjects') },
  meilisearch: { library: 'Meilisearch', calls: METHODS('search|addDocuments|updateDocuments|deleteDocument|deleteDocuments|getDocument|getDocuments') },
  'graphql-request': { library: 'GraphQL', calls: METHODS('request|rawRequest|batchRequests') },
  '@apollo/client': { library: 'GraphQL', calls: METHODS('query|mutate') },
  '@trpc/client': { library: 'tRPC', calls: /\.(?:query|mutate)$/ },
  'soap': { library: 'SOAP', calls: METHODS('\\w+Async|createClientAsync') },
  '@aws-sdk/lib-storage': { library: 'AWS s3', calls: METHODS('done') },
  '@aws-sdk/lib-dynamodb': { library: 'AWS dynamodb', calls: METHODS('send') },
  'aws-sdk': { library: 'AWS', calls: METHODS('promise') },
};

const AWS_CLIENT = '@aws-sdk/client-';
/** `send(new Command())`, or an operation of the aggregated client (`s3.getObject(…)`). */
const AWS_CALLS = METHODS('send|(?:get|put|delete|list|head|copy|create|update|describe|invoke|publish|query|scan|batch|send|receive|start|upload)[A-Z]\\w*');

/** Modules of a project that hold one client ready, such as "@/lib/stripe", are named after it. */
const PROJECT_CLIENT = /^(?:\.|@\/|~|#|src\/|@[\w-]+\/).*\/(stripe|openai|anthropic|resend|twilio|qstash|octokit)(?:[-.]?client)?(?:\.[cm]?[jt]s)?$/;
const PACKAGES: Readonly<Record<string, string>> = { anthropic: '@anthropic-ai/sdk', qstash: '@upstash/qstash' };

/** Matches a module whose import makes it worth tracing a call. */
export const SDK_MODULES = new RegExp(
  `^(?:${Object.keys(SDKS).map((name) => name.replace(/[.*+?^$()|[\]\\]/g, '\\$&')).join('|')}|stripe/.*|${AWS_CLIENT}.*)$|${PROJECT_CLIENT.source}`,
);

/** The library whose API a call goes to, or undefined where the call stays in this process. */
export function sdkLibrary({ module, name, path }: Origin): string | undefined {
  const way = path.length > 0 ? path.join('.') : name;
  if (module.startsWith(AWS_CLIENT)) {
    return path.length > 0 && AWS_CALLS.test(way) ? module.replace(AWS_CLIENT, 'AWS ') : undefined;
  }
  const sdk = sdkPackage(module, name);
  // A leading dot stands for the client itself, so that `.create` asks for a resource in front of it.
  return sdk !== undefined && SDKS[sdk]!.calls.test(way) ? SDKS[sdk]!.library : undefined;
}

/** The package whose client an export of a module is: "stripe" also of a project's own "@/lib/stripe". */
export function sdkPackage(module: string, name: string): string | undefined {
  if (Object.hasOwn(SDKS, module)) return module;
  if (module.startsWith('stripe/')) return 'stripe';
  const client = PROJECT_CLIENT.exec(module)?.[1];
  // The export must be the client and not a helper that stands beside it.
  if (client === undefined || !new RegExp(`^(?:default|${client}(?:Client)?)$`, 'i').test(name)) return undefined;
  return PACKAGES[client] ?? client;
}
