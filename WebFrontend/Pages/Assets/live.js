// One event stream a page. The server gathers each part once for all who look.
const badge = document.getElementById('live');

function tell(text, isOff) {
  badge.hidden = false;
  badge.textContent = text;
  badge.classList.toggle('off', isOff);
}

// parts: handlers by the name of the part; each gets what was gathered.
export function watch(parts) {
  const query = Object.keys(parts).map(part => 'parts=' + encodeURIComponent(part)).join('&');
  let source;
  function open() {
    source = new EventSource('/operator/events?' + query);
    source.onopen = () => tell('live', false);
    source.onerror = () => {
      tell('connection lost', true);
      // A browser tries again by itself, except after an answer that was no stream.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 3000);
    };
    for (const [part, handle] of Object.entries(parts)) {
      source.addEventListener(part, event => {
        const value = JSON.parse(event.data);
        for (const card of document.querySelectorAll(`[data-part="${part}"]`)) card.classList.toggle('unavailable', value === null);
        if (value !== null) handle(value);
      });
    }
  }
  open();
  // A hidden page need not be told anything; the browser drops the stream and takes it up again.
  addEventListener('pagehide', () => source.close());
  addEventListener('pageshow', event => event.persisted && open());
}
