// Sends a write with the page's antiforgery token. Answers what the server said; throws what a person can read.
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem?.errors ? Object.entries(problem.errors).map(([field, messages]) => `${field}: ${messages.join(' ')}`).join(' ')
      : problem?.detail ?? `The server answered ${status}.`);
    this.status = status;
  }
}

const token = document.querySelector('meta[name=hearth-token]')?.content;

export const headers = more => token ? { RequestVerificationToken: token, ...more } : { ...more };

export async function ask(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: headers(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Refusal(0, { detail: 'The server could not be reached. Nothing was changed, as far as this page knows; try again.' });
  }
  const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
  const answer = isJson ? await response.json() : null;
  if (!response.ok) throw new Refusal(response.status, answer);
  return answer;
}
