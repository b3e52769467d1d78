import { duration } from './figures.js';
import { ask } from './write.js';

const user = document.getElementById('presence').dataset.user;
const badge = document.getElementById('live');

const source = new EventSource('/presence/events?actual=true&users=' + encodeURIComponent(user));
source.onopen = () => Object.assign(badge, { hidden: false, textContent: 'live', className: 'state' });
source.onerror = () => Object.assign(badge, { hidden: false, textContent: 'connection lost', className: 'state off' });
for (const name of ['online', 'offline']) {
  source.addEventListener(name, event => {
    const { online, lastActionAt } = JSON.parse(event.data);
    document.getElementById('dot').classList.toggle('off', !online);
    document.getElementById('state').textContent = online ? 'online' : 'offline';
    const last = document.getElementById('last');
    if (lastActionAt) {
      last.dataset.at = Date.parse(lastActionAt);
      last.textContent = `last here ${duration(Date.now() - Date.parse(lastActionAt))} ago`;
    }
  });
}
addEventListener('pagehide', () => source.close());

const confirm = document.getElementById('confirm');
const end = document.getElementById('end-sessions');
end.addEventListener('click', () => {
  confirm.returnValue = '';
  confirm.showModal();
});
// Not before there is somebody to hear the click.
end.disabled = document.querySelector('#sessions tbody tr') === null;
confirm.addEventListener('close', async () => {
  if (confirm.returnValue !== 'end') return;
  const outcome = document.getElementById('outcome');
  try {
    const { ended } = await ask('DELETE', `/users/${encodeURIComponent(user)}/sessions`);
    outcome.textContent = `${ended} ${ended === 1 ? 'session was' : 'sessions were'} ended.`;
    outcome.closest('section').querySelector('tbody')?.replaceChildren();
    end.disabled = true;
  } catch (refusal) {
    outcome.textContent = refusal.message;
  }
});
