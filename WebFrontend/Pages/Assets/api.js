// Sends what was filled in, and shows the answer as it came. A stream is shown for a few seconds.
import { headers } from './write.js';

const STREAM_MS = 4000;
const MOST = 64 * 1024;

async function read(response, abort) {
  const timer = setTimeout(() => abort.abort(), STREAM_MS);
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > MOST) {
        abort.abort();
        return text.slice(0, MOST) + '\n… and more';
      }
    }
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
    text += '\n… the stream goes on';
  } finally {
    clearTimeout(timer);
  }
  return text;
}

function pretty(text, type) {
  if (!/json/.test(type)) return text;
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}

for (const form of document.querySelectorAll('.try form')) {
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const { method, type } = form.parentElement.dataset;
    const answer = form.querySelector('.answer');
    const key = document.getElementById('api-key').value.trim();
    const target = form.querySelector('.target').value;
    const abort = new AbortController();
    answer.hidden = false;
    answer.textContent = '…';
    const started = performance.now();
    try {
      const response = await fetch(target.startsWith('/') && !target.startsWith('//') ? target : '/' + target.replace(/^\/+/, ''), {
        method,
        signal: abort.signal,
        headers: headers({ ...(type && { 'Content-Type': type }), ...(key && { Authorization: 'Bearer ' + key }) }),
        body: form.querySelector('.body')?.value,
      });
      const took = Math.round(performance.now() - started);
      const text = pretty(await read(response, abort), response.headers.get('Content-Type') ?? '');
      answer.textContent = `${response.status} ${response.statusText}, ${took} ms\n\n${text}`;
    } catch (error) {
      answer.textContent = `No answer: ${error.message}`;
    }
  });
}

document.getElementById('key-form').addEventListener('submit', event => event.preventDefault());

// A link to a call opens it.
function openTarget() {
  const call = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (call?.tagName === 'DETAILS') call.open = true;
}
addEventListener('hashchange', openTarget);
openTarget();
