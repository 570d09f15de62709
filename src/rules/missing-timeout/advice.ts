import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'A server that accepts the connection and then says nothing holds the call, its memory and its worker for as long as it likes. A few such calls make every other request wait: that is where p99 comes from.',
  technique: 'Give every request a deadline, on the client or on the call.',
  tradeoffs: 'An answer that takes longer than the deadline becomes an error that has to be handled. Choose it from the p99 of the service that is called.',
  conflicts: [
    { view: 'simplicity', text: 'One more option on every call; set it once on a client instead.' },
    { view: 'linter', tool: 'ruff', rule: 'S113', agrees: true, text: 'It finds requests without a timeout, and also flags httpx, which has a default of 5 s.' },
    { view: 'architecture', agrees: true, text: 'A deadline at every boundary keeps one slow service from stopping all that call it.' },
  ],
  whenNot: 'The call is meant to wait, such as long polling or a stream, or something around it already has a deadline.',
  examples: {
    typescript: {
      bad: `import axios from 'axios';

export async function loadRates(currency: string) {
  const response = await axios.get('https://rates.example.com/latest', { params: { currency } });
  return response.data;
}
`,
      better: `import axios from 'axios';

export async function loadRates(currency: string) {
  const response = await axios.get('https://rates.example.com/latest', { params: { currency }, timeout: 5_000 });
  return response.data;
}
`,
    },
    python: {
      bad: `import requests


def load_rates(currency):
    response = requests.get("https://rates.example.com/latest", params={"currency": currency})
    return response.json()
`,
      better: `import requests


def load_rates(currency):
    response = requests.get("https://rates.example.com/latest", params={"currency": currency}, timeout=5)
    return response.json()
`,
    },
  },
  links: [
    { title: 'AWS Builders Library: timeouts, retries and backoff with jitter', url: 'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/' },
    { title: 'Requests: timeouts', url: 'https://requests.readthedocs.io/en/latest/user/advanced/#timeouts' },
    { title: 'axios: request config', url: 'https://axios-http.com/docs/req_config' },
  ],
};
