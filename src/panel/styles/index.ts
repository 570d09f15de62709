import { css } from 'lit';
import { cards } from './cards';
import { conversation } from './conversation';
import { filters } from './filters';
import { foundation } from './foundation';
import { layout } from './layout';
import { plan } from './plan';
import { runs } from './runs';

/** The sheets of the report element, from the general to the particular. */
export const sheets = [foundation, layout, filters, cards, plan, runs];

/** Those of the conversation. */
export const conversationSheets = [foundation, layout, conversation];

/** The page around it: VS Code gives every webview a margin that a sidebar has no room for. */
export const page = css`
  body {
    padding: 0;
  }
`.styleSheet!;
