import type { Value } from '../values';

/** A client of somebody's API: which of its methods go over the network. */
interface Sdk {
  readonly library: string;
  readonly calls: RegExp;
}

const SDKS: Readonly<Record<string, Sdk>> = {
  OpenAI: { library: 'OpenAI', calls: /^(?:create|parse|stream|generate|edit|retrieve|list|delete|cancel|upload|search|content)$/ },
  Anthropic: { library: 'Anthropic', calls: /^(?:create|parse|stream|count_tokens|retrieve|list|cancel|results)$/ },
  Stripe: { library: 'Stripe', calls: /^(?:create\w*|retrieve\w*|modify|update|list\w*|delete|search|cancel|capture|confirm|pay|finalize_invoice|void_invoice|attach|detach|expire)(?:_async)?$/ },
  Slack: { library: 'Slack', calls: /^(?:\w+_\w+|api_call|send)$/ },
  Twilio: { library: 'Twilio', calls: /^(?:create|fetch|update|list|delete)(?:_async)?$/ },
  SendGrid: { library: 'SendGrid', calls: /^(?:send|post|get|patch|put|delete)$/ },
  'Cloud Storage': { library: 'Cloud Storage', calls: /^(?:upload_\w+|download_\w+|delete|exists|reload|patch|list_\w+|get_bucket|get_blob|create_bucket|copy_blob|compose|rewrite|make_public)$/ },
  BigQuery: { library: 'BigQuery', calls: /^(?:query|query_and_wait|result|load_\w+|insert_rows\w*|list_\w+|get_\w+|create_\w+|delete_\w+)$/ },
  'Google API': { library: 'Google API', calls: /^execute$/ },
  Gemini: { library: 'Gemini', calls: /^(?:generate_\w+|embed_\w+|send_message\w*|count_tokens)$/ },
  Elasticsearch: { library: 'Elasticsearch', calls: /^(?:search|msearch|index|bulk|get|mget|update|delete|count|create|delete_by_query|update_by_query|scroll|refresh)$/ },
  SMTP: { library: 'SMTP', calls: /^(?:send|send_messages|sendmail|send_message|login|connect)$/ },
};

const client = (library: string, isAsync = false): Value => ({ kind: 'client', library, isAsync: isAsync || undefined });

/** What constructing these yields. */
export const SDK_CLIENTS: Readonly<Record<string, Value>> = {
  'openai.OpenAI': client('OpenAI'),
  'openai.AzureOpenAI': client('OpenAI'),
  'openai.AsyncOpenAI': client('OpenAI', true),
  'openai.AsyncAzureOpenAI': client('OpenAI', true),
  'anthropic.Anthropic': client('Anthropic'),
  'anthropic.AsyncAnthropic': client('Anthropic', true),
  'stripe.StripeClient': client('Stripe'),
  'slack_sdk.WebClient': client('Slack'),
  'slack_sdk.web.client.WebClient': client('Slack'),
  'slack_sdk.webhook.WebhookClient': client('Slack'),
  'slack_sdk.web.async_client.AsyncWebClient': client('Slack', true),
  'twilio.rest.Client': client('Twilio'),
  'sendgrid.SendGridAPIClient': client('SendGrid'),
  'google.cloud.storage.Client': client('Cloud Storage'),
  'google.cloud.bigquery.Client': client('BigQuery'),
  'googleapiclient.discovery.build': client('Google API'),
  'google.generativeai.GenerativeModel': client('Gemini'),
  'google.genai.Client': client('Gemini'),
  'elasticsearch.Elasticsearch': client('Elasticsearch'),
  'elasticsearch.AsyncElasticsearch': client('Elasticsearch', true),
  'opensearchpy.OpenSearch': client('Elasticsearch'),
  'opensearchpy.AsyncOpenSearch': client('Elasticsearch', true),
  'smtplib.SMTP': client('SMTP'),
  'smtplib.SMTP_SSL': client('SMTP'),
  'django.core.mail.EmailMessage': client('SMTP'),
  'django.core.mail.EmailMultiAlternatives': client('SMTP'),
};

/** Functions of modules that send by themselves. */
const FUNCTIONS: readonly (readonly [RegExp, string])[] = [
  [/^stripe\.[A-Z]\w*(?:\.[A-Z]\w*)*\.(?:create|retrieve|modify|list|delete|search|cancel|capture|confirm|pay|finalize_invoice)(?:_async)?$/, 'Stripe'],
  [/^openai\.(?:\w+\.)+(?:create|acreate|parse|generate)$/, 'OpenAI'],
  [/^litellm\.a?(?:completion|embedding|image_generation|transcription)$/, 'LiteLLM'],
  [/^django\.core\.mail\.(?:send_mail|send_mass_mail|mail_admins|mail_managers)$/, 'SMTP'],
];

/** The packages whose import makes it worth asking. */
export const SDK_PACKAGES = ['openai', 'anthropic', 'stripe', 'slack_sdk', 'twilio', 'sendgrid', 'google', 'googleapiclient', 'elasticsearch', 'opensearchpy', 'smtplib', 'litellm'] as const;

export function isSdk(library: string | undefined): boolean {
  return library !== undefined && Object.hasOwn(SDKS, library);
}

/** Whether this method of a client goes over the network. */
export function isSdkCall(library: string, method: string): boolean {
  return Object.hasOwn(SDKS, library) && SDKS[library]!.calls.test(method);
}

/** The library that a module's function calls over the network. */
export function sdkOfFunction(qualified: string): string | undefined {
  return FUNCTIONS.find(([pattern]) => pattern.test(qualified))?.[1];
}
