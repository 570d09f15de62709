import type { Failure } from '../failures';

/** What can go wrong between the advisor, its model and its tools. Part of `failures`. */
export const advisorFailures = {
  addressNotAllowed: (address: string): Failure => ({
    code: 'advisor-address-not-allowed',
    message: `Nothing was sent, because "${address}" is no encrypted address (https://…) and not on this machine. Correct performanceEngineer.advisor.baseUrl in your user settings.`,
  }),
  clientCannotAsk: (command: string): Failure => ({
    code: 'client-cannot-ask',
    message: `Nothing was run, because this client cannot ask its user first. The user can run it in the editor with "Profile This Function"; it would be: ${command}`,
  }),
  commandHidden: (tool: string): Failure => ({
    code: 'command-hidden',
    message: `Nothing was run, because what ${tool} would run holds characters that cannot be seen. Rename the file, or write the statement without them.`,
  }),
  unusableConfiguration: (problem: string): Failure => ({ code: 'unusable-configuration', file: 'performance.json', message: problem }),
  notSent: (file: string, why: string): Failure => ({
    code: 'advisor-not-sent',
    file,
    message: `The question was not sent: ${why} Ask about another place, or change the exclude list with the command "Performance: Review What May Be Sent".`,
  }),
  brokenTranscript: (file: string): Failure => ({
    code: 'broken-transcript',
    file,
    message: `${file} is not a conversation this version can read, so a new one is begun. Delete the file if you do not need it.`,
  }),
  transcriptNotWritten: (file: string, cause: unknown): Failure => ({
    code: 'transcript-not-written',
    file,
    message: `The conversation could not be kept in ${file} (${cause instanceof Error ? cause.message : String(cause)}). It goes on, and is lost when the window is closed. Free disk space or make .performance writable.`,
  }),
  interrupted: (): Failure => ({
    code: 'advisor-interrupted',
    message: 'This question was interrupted. What was found until then is kept: try again to go on from there.',
  }),
  unformedAnswer: (problem: string): Failure => ({
    code: 'advisor-unformed-answer',
    message: `The answer is not of the form that can be checked (${problem}), so every number in it is shown as an estimate. Ask again, or choose another model.`,
  }),
  budgetReached: (): Failure => ({
    code: 'advisor-budget-reached',
    message: 'The budget of this question does not cover an answer. Raise performanceEngineer.advisor.budget, or ask about less; what was found so far is kept.',
  }),
  modelRefused: (model: string): Failure => ({
    code: 'advisor-refused',
    message: `${model} has refused to answer this. Ask in other words, or leave out what it may have objected to; the report is unaffected.`,
  }),
  unknownFact: (kind: string): Failure => ({
    code: 'unknown-fact',
    message: `Nobody knows how to answer a question of the kind "${kind}". Ask for findings, runs, compare, schema, calls, workspace or report.`,
  }),
  proposalOutdated: (id: string, file: string, functionName: string): Failure => ({
    code: 'proposal-outdated',
    file,
    message: `The proposal ${id} is about ${functionName} of ${file}, which is no longer there, so it is left out. Delete .performance/proposals/${id}.json, or ask again.`,
  }),
  advisorOff: (): Failure => ({
    code: 'advisor-off',
    message: 'The performance engineer is off, so nothing was sent. Choose who answers with the command "Performance: Choose Who Answers"; everything else works without it.',
  }),
  keyMissing: (): Failure => ({
    code: 'advisor-key-missing',
    message: 'There is no API key, so nothing was sent. Run the command "Performance: Set API Key", and ask again.',
  }),
  keyRefused: (host: string): Failure => ({
    code: 'advisor-key-refused',
    message: `${host} does not accept the API key. Set another one with the command "Performance: Set API Key", and try again.`,
  }),
  modelUnpaid: (host: string): Failure => ({
    code: 'advisor-unpaid',
    message: `${host} says that the account of this key has no credit. Add credit there, or choose another key or model.`,
  }),
  modelForbidden: (host: string, model: string): Failure => ({
    code: 'advisor-forbidden',
    message: `${host} does not let this key use ${model || 'its models'}. Choose another model with the command "Performance: Choose Model", or ask who runs the account.`,
  }),
  modelMissing: (host: string, model: string): Failure => ({
    code: 'advisor-model-missing',
    message: `${host} has no model ${model} for this key. Choose another one with the command "Performance: Choose Model".`,
  }),
  modelsNotListed: (host: string): Failure => ({
    code: 'advisor-models-not-listed',
    message: `${host} does not say which models it has. Write the name of one into performanceEngineer.advisor.model in your user settings.`,
  }),
  noLanguageModel: (): Failure => ({
    code: 'advisor-no-language-model',
    message: 'VS Code has no language model that this extension may use. Install an extension that brings one and sign in to it, or choose another provider.',
  }),
  modelRateLimited: (host: string, retryAfter: string | undefined): Failure => ({
    code: 'advisor-rate-limited',
    message: `${host} limits how much this key may ask${retryAfter === undefined ? '' : `, and asks to wait ${retryAfter} s`}. Wait, and try again: nothing of the conversation is lost.`,
  }),
  modelOverloaded: (host: string): Failure => ({
    code: 'advisor-overloaded',
    message: `${host} is overloaded and did not answer. Try again in a minute: nothing of the conversation is lost.`,
  }),
  modelServerError: (host: string, status: number | undefined): Failure => ({
    code: 'advisor-server-error',
    message: `${host} failed${status === undefined ? '' : ` (status ${status})`}. Try again: nothing of the conversation is lost.`,
  }),
  modelStalled: (host: string): Failure => ({
    code: 'advisor-stalled',
    message: `${host} began to answer and then sent nothing more, so the answer was given up. Try again: nothing of the conversation is lost.`,
  }),
  modelOversized: (host: string): Failure => ({
    code: 'advisor-oversized',
    message: `${host} sent far more than an answer, so it was cut off. If that goes on, check the address in performanceEngineer.advisor.baseUrl.`,
  }),
  modelBroken: (host: string): Failure => ({
    code: 'advisor-broken-answer',
    message: `The answer of ${host} was cut off or is not one of its kind. Try again; if that goes on, check the network, and the address in performanceEngineer.advisor.baseUrl.`,
  }),
  modelUnreachable: (host: string, why: string): Failure => ({
    code: 'advisor-unreachable',
    message: `${host} could not be reached (${why}). Check the network and VS Code's proxy settings (http.proxy), and try again.`,
  }),
  questionTooLarge: (host: string): Failure => ({
    code: 'advisor-too-large',
    message: `The conversation has become too large for ${host}. Begin a new one with the command "Performance: New Conversation".`,
  }),
  requestRefused: (host: string, status: number, said: string): Failure => ({
    code: 'advisor-request-refused',
    message: `${host} refused the request (status ${status}${said === '' ? '' : `: ${said}`}). Choose another model, or begin a new conversation; the report is unaffected.`,
  }),
} as const;
