// The categories' page: a tree that holds only the rows in sight, and edits through the API.
import { data, make, number, show } from './figures.js';
import { watch } from './live.js';
import { Tree } from './tree.js';
import { ask, headers, Refusal } from './write.js';

const $ = id => document.getElementById(id);
const path = id => '/categories/' + encodeURIComponent(id);

let version = Number($('version').textContent);
let ownVersion = version;
let selected = null;
let next = null;

const tree = new Tree($('tree'), {
  load: async (parents, limit, minVersion) => {
    const query = parents.map(parent => 'parents=' + encodeURIComponent(parent)).join('&');
    return ask('GET', `/operator/categories/nodes?${query}&limit=${limit}${minVersion ? '&minVersion=' + minVersion : ''}`);
  },
  select: id => choose(id),
  place: (id, parentId, before) => edit(() => ask('POST', '/operator/categories/place', { id, parentId, before })),
  rename: id => openEdit(id),
  add: id => openAdd(id),
  remove: id => openRemove(id),
  tell,
});
tree.show(data('tree-data'));

function tell(text) {
  const notice = $('notice');
  notice.hidden = !text;
  notice.textContent = text;
}

// Runs an edit, then shows the tree as it is now; what was refused is explained.
async function edit(send, problem) {
  try {
    const answer = await send();
    ownVersion = Math.max(ownVersion, typeof answer === 'number' ? answer : answer?.version ?? 0);
    tell('');
    await tree.refresh();
    if (selected) await choose(selected);
    return true;
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const meanwhile = refusal.status === 404 || refusal.status === 409;
    const text = refusal.message + (meanwhile ? ' The tree may have changed since it was shown; it is up to date again now, and nothing was changed by this.' : '');
    if (problem) Object.assign(problem, { hidden: false, textContent: text });
    else tell(text);
    await tree.refresh().catch(() => {});
    return false;
  }
}

async function choose(id) {
  selected = id;
  let category;
  try {
    category = await ask('GET', path(id));
  } catch (refusal) {
    $('detail-body').hidden = true;
    $('detail-none').hidden = false;
    if (refusal.status === 404) {
      tell(`“${tree.name(id) ?? id}” is not there any more: somebody else has deleted it.`);
      selected = null;
    } else tell(refusal.message);
    return;
  }
  if (selected !== id) return;
  $('detail-none').hidden = true;
  $('detail-body').hidden = false;
  $('path').replaceChildren(make('ol', {}, ...category.path.map(step => make('li', {},
    make('a', { href: '#' + encodeURIComponent(step.id), textContent: step.name, onclick: event => { event.preventDefault(); reveal([...category.path.map(s => s.id)].slice(0, category.path.indexOf(step) + 1)); } })))));
  show('name', category.name);
  show('id', category.id);
  show('child-count', number(category.childCount));
  show('descendant-count', number(category.descendantCount));
  show('product-count', number(category.productCount));
  $('products').replaceChildren();
  next = null;
  await moreProducts(id);
}

async function moreProducts(id) {
  const page = await ask('GET', `${path(id)}/products?limit=50&sort=name${next ? '&after=' + encodeURIComponent(next) : ''}`).catch(() => null);
  if (!page || selected !== id) return;
  $('products').append(...page.products.map(product => make('li', {}, make('span', { className: 'grow', textContent: product.name }), make('span', { className: 'note id', textContent: product.id }))));
  next = page.next;
  $('products').hidden = $('products').children.length === 0;
  $('products-none').hidden = $('products').children.length > 0;
  $('more-products').hidden = !next;
}

// Opens the way down to a category, and chooses it.
async function reveal(ids) {
  await tree.reveal(ids);
  await choose(ids.at(-1));
}

$('more-products').onclick = () => moreProducts(selected);

// ---- dialogs

for (const button of document.querySelectorAll('dialog [data-close]')) button.onclick = () => button.closest('dialog').close();

function open(dialog) {
  for (const problem of dialog.querySelectorAll('.problem')) problem.hidden = true;
  dialog.showModal();
}

let editing = null;

function openEdit(id) {
  editing = { id, name: tree.name(id) };
  $('edit-title').textContent = 'Rename';
  $('edit-id-field').hidden = true;
  $('edit-name').value = editing.name;
  open($('edit'));
  $('edit-name').select();
}

function openAdd(parentId) {
  editing = { parentId };
  $('edit-title').textContent = parentId ? `Add below “${tree.name(parentId)}”` : 'Add a root';
  $('edit-id-field').hidden = false;
  $('edit-name').value = $('edit-id').value = '';
  open($('edit'));
}

$('edit').querySelector('form').onsubmit = async event => {
  event.preventDefault();
  const name = $('edit-name').value.trim();
  $('edit-name').toggleAttribute('aria-invalid', !name);
  Object.assign($('edit-name-problem'), { hidden: Boolean(name), textContent: 'Give it a name.' });
  if (!name) return;
  const { id, parentId } = editing;
  const done = await edit(id
    ? () => ask('PATCH', path(id), { name })
    : () => ask('POST', '/categories', { id: $('edit-id').value || null, name, parentId: parentId || null }).then(async made => {
      await tree.open(parentId || '');
      selected = made.id;
      return made;
    }), $('edit-problem'));
  if (done) $('edit').close();
};

$('relocate').querySelector('form').onsubmit = async event => {
  event.preventDefault();
  const position = $('relocate-position').value.trim();
  if (position && !/^-?\d{1,9}$/.test(position)) {
    Object.assign($('relocate-problem'), { hidden: false, textContent: 'A position is a whole number.' });
    return;
  }
  const parent = $('relocate-parent').value;
  if (await edit(() => ask('PATCH', path(selected), { parentId: parent || null, ...(position && { position: Number(position) }) }), $('relocate-problem'))) $('relocate').close();
};

let removing = null;

function openRemove(id) {
  removing = id;
  const { name, childCount, descendantCount } = tree.node(id);
  $('remove-title').textContent = `Delete “${name}”?`;
  $('remove-what').textContent = childCount === 0 ? 'It has no children.' : `It has ${number(childCount)} children; ${number(descendantCount)} categories are below it.`;
  $('policies').hidden = childCount === 0;
  $('remove').querySelector('[value=restrict]').checked = true;
  open($('remove'));
}

$('remove').querySelector('form').onsubmit = async event => {
  event.preventDefault();
  const policy = new FormData(event.target).get('children');
  const id = removing;
  const beside = tree.beside(id);
  const done = await edit(() => ask('DELETE', `${path(id)}?children=${policy}`).then(answer => {
    if (selected === id) {
      selected = null;
      $('detail-body').hidden = true;
      $('detail-none').hidden = false;
    }
    return answer;
  }), $('remove-problem'));
  if (done) {
    $('remove').close();
    tree.focus(beside);
  }
};

$('add-root').onclick = () => openAdd('');
$('add').onclick = () => openAdd(selected);
$('rename').onclick = () => openEdit(selected);
$('delete').onclick = () => openRemove(selected);
$('move').onclick = () => {
  $('relocate-title').textContent = `Move “${$('name').textContent}”`;
  $('relocate-parent').value = tree.node(selected)?.parentId ?? '';
  $('relocate-position').value = '';
  open($('relocate'));
};

// ---- import

$('import').onclick = () => {
  $('upload-state').hidden = true;
  open($('upload'));
};

// A file that lacks most of what is there is refused until the number of categories is named: the next submit names it.
let present = null;

function askToConfirm(count) {
  present = count;
  $('upload').querySelector('[type=submit]').textContent = count ? `Replace all ${number(Number(count))} categories` : 'Import';
}

for (const id of ['upload-file', 'upload-replace']) $(id).addEventListener('change', () => askToConfirm(null));

$('upload').querySelector('form').onsubmit = event => {
  event.preventDefault();
  const file = $('upload-file').files[0];
  const problem = $('upload-problem');
  problem.hidden = true;
  if (!file) return;
  const isText = /\.txt$/i.test(file.name);
  const submit = event.submitter;
  submit.disabled = true;
  $('upload-state').hidden = false;
  const progress = $('upload-progress');
  progress.value = 0;

  // fetch tells nothing of how much was sent.
  const request = new XMLHttpRequest();
  request.open('POST', '/categories/import' + ($('upload-replace').checked ? '?replace=true' : '') + (present ? `&confirm=${present}` : ''));
  for (const [name, value] of Object.entries(headers({ 'Content-Type': isText ? 'text/plain; charset=utf-8' : 'text/tab-separated-values; charset=utf-8' }))) request.setRequestHeader(name, value);
  request.upload.onprogress = ({ loaded, total }) => {
    progress.value = total ? loaded / total : 1;
    $('upload-text').textContent = loaded < total ? `${Math.round(100 * loaded / total)} % sent` : 'Sent; the server is checking and committing it…';
    if (loaded === total) progress.removeAttribute('value');
  };
  request.onloadend = async () => {
    submit.disabled = false;
    let answer = null;
    try { answer = JSON.parse(request.responseText); } catch { /* no document: the status says it all */ }
    progress.value = 1;
    if (request.status !== 200) {
      $('upload-state').hidden = true;
      askToConfirm(request.status === 409 ? /confirm=(\d+)/.exec(answer?.detail)?.[1] : null);
      Object.assign(problem, { hidden: false, textContent: `Nothing was imported. ${new Refusal(request.status, answer).message}` });
      return;
    }
    askToConfirm(null);
    ownVersion = Math.max(ownVersion, answer.version);
    $('upload-text').textContent = `${number(answer.created)} created, ${number(answer.updated)} updated, ${number(answer.deleted)} deleted.`;
    await tree.refresh();
  };
  request.send(file);
};

// ---- problems, search

async function showFaults() {
  const faults = await ask('GET', '/operator/categories/problems');
  $('fault-list').replaceChildren(...faults.map(fault => make('li', {}, make('b', { className: 'id', textContent: fault.id }), make('span', { className: 'note', textContent: fault.problem }))));
}

$('show-problems').onclick = () => showFaults().then(() => $('faults').showModal());

$('search').onsubmit = async event => {
  event.preventDefault();
  const text = $('find').value.trim();
  const list = $('hits');
  list.hidden = !text;
  if (!text) return;
  const hits = await ask('GET', '/operator/categories/search?q=' + encodeURIComponent(text));
  list.replaceChildren(...hits.map(hit => make('li', {}, make('button', {
    className: 'quiet', textContent: [...hit.path.map(step => step.name), hit.name].join(' › '), onclick: () => { list.hidden = true; reveal([...hit.path.map(step => step.id), hit.id]); },
  }))));
  if (hits.length === 0) list.append(make('li', { className: 'empty', textContent: 'Nothing found.' }));
};

// ---- live

let refreshing = Promise.resolve();

watch({
  categories(state) {
    show('count', number(state.count));
    show('version', String(state.version));
    show('problem-count', number(state.problems));
    $('problems').hidden = state.problems === 0;
    $('tree-none').hidden = state.count > 0;
    if (state.version === version) return;
    version = state.version;
    refreshing = refreshing.then(() => follow(state.version)).catch(refusal => tell(refusal.message));
  },
});

async function follow(seen) {
  const before = editing && $('edit').open && editing.id ? tree.name(editing.id) : null;
  await tree.refresh(seen);
  if (seen <= ownVersion) return;
  tell('The tree was changed elsewhere, by another administrator or another program; this is how it is now.');
  if (before !== null && tree.name(editing.id) !== before) {
    const now = tree.name(editing.id);
    Object.assign($('edit-problem'), { hidden: false, textContent: now === undefined
      ? 'Meanwhile somebody else has deleted or moved this category.'
      : `Meanwhile somebody else has named it “${now}”. Saving replaces that name.` });
  }
  if (selected) await choose(selected);
}

const start = decodeURIComponent(location.hash.slice(1));
if (start) ask('GET', path(start)).then(found => reveal([...found.path.map(step => step.id), found.id]), () => {});
