import { AGENT_TOOLS } from '../../advisor/agentTools';

/** Our facts as tools for any agent in the editor. */
export const languageModelTools = AGENT_TOOLS.map(({ title, summary, definition: { name, description, inputSchema } }) => ({
  name,
  toolReferenceName: name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  displayName: title,
  modelDescription: description,
  userDescription: summary,
  canBeReferencedInPrompt: true,
  icon: '$(dashboard)',
  tags: ['performance'],
  inputSchema,
}));
