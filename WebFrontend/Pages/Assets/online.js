import { duration, make, number, show } from './figures.js';

// The list of who is online: rows that stay are kept, so that focus and selection stay with them.
export function online({ count, users }) {
  show('online-count', number(count));
  const list = document.getElementById('online');
  if (!list) return;
  const rows = new Map([...list.children].map(row => [row.querySelector('a').textContent, row]));
  users.forEach(({ user, lastActionAt }, at) => {
    const row = rows.get(user) ?? make('li', {},
      make('span', { className: 'dot', title: 'online' }),
      make('a', { className: 'grow id', href: '/operator/user?id=' + encodeURIComponent(user), textContent: user }),
      make('span', { className: 'note' }));
    rows.delete(user);
    const time = Date.parse(lastActionAt);
    const note = row.lastElementChild;
    if (note.dataset.at !== String(time)) {
      note.dataset.at = time;
      note.textContent = `last here ${duration(Date.now() - time)} ago`;
    }
    if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null);
  });
  for (const gone of rows.values()) gone.remove();
  document.getElementById('online-none').hidden = count > 0;
  const next = document.getElementById('online-next');
  if (next) {
    next.hidden = count <= users.length;
    next.href = '/operator/users?after=' + encodeURIComponent(users.at(-1)?.user ?? '');
  }
  const more = document.getElementById('online-more');
  if (more) more.hidden = count <= users.length;
}
