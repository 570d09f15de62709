/*
 * The advisor as the editor loads it: with the first question, or the first call of another agent. In the package
 * it is a bundle of its own, so that whoever never asks never loads it.
 */
export { AGENT_TOOLS, callAgentTool } from './agentTools';
export { ConfinedFiles } from './files/confinedFiles';
export { Session } from './session/session';
export { TranscriptStore } from './session/transcript';

/** The half that speaks to the Anthropic API, with its SDK: loaded with the first question that goes there. */
export const loadAnthropic = () => import('./anthropic');
