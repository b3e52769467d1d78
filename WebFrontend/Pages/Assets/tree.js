// The tree pattern of the ARIA Authoring Practices, with a roving tabindex. Children are asked for when their parent is
// opened, and only the rows in sight stand in the document, so that a hundred thousand stay smooth.
import { make, number } from './figures.js';

const ROW = 32;
const SPARE = 12;
const FIRST = 200;
const INDENT = 18;

export class Tree {
  #box; #on; #space;
  #nodes = new Map();
  #children = new Map();
  #open = new Set(['']);
  #limits = new Map();
  #rows = [];
  #active = null;
  #selected = null;
  #typed = '';
  #typedAt = 0;
  #drag = null;
  #moves = Promise.resolve();
  #refreshed = Promise.resolve();

  constructor(box, on) {
    this.#box = box;
    this.#on = on;
    this.#space = make('div', { role: 'none' });
    box.append(this.#space);
    box.addEventListener('scroll', () => requestAnimationFrame(() => this.#draw()), { passive: true });
    new ResizeObserver(() => this.#draw()).observe(box);
    box.addEventListener('focusin', event => this.#focused(event));
    box.addEventListener('keydown', event => this.#key(event));
    box.addEventListener('click', event => this.#click(event));
    box.addEventListener('dblclick', event => this.#at(event) && this.#toggle(this.#at(event)));
    for (const type of ['dragstart', 'dragover', 'dragleave', 'drop', 'dragend']) box.addEventListener(type, event => this.#dragging(event));
  }

  node(id) { return this.#nodes.get(id); }

  name(id) { return this.#nodes.get(id)?.name; }

  // Takes the children of one parent, as the server gives them.
  show({ parent, categories, hasMore }) {
    this.#children.set(parent, { ids: categories.map(category => category.id), hasMore });
    for (const category of categories) this.#nodes.set(category.id, category);
    this.#layOut();
  }

  async open(id) {
    this.#open.add(id);
    if (!this.#children.has(id)) await this.#load([id]);
    else this.#layOut();
  }

  // Asks again for all that is open, in one request, and marks what became different. One at a time: a second waits.
  refresh(minVersion) {
    this.#refreshed = this.#refreshed.catch(() => {}).then(() => this.#refresh(minVersion));
    return this.#refreshed;
  }

  async #refresh(minVersion) {
    const before = this.#nodes;
    const { nodes, children } = await this.#fetch([...this.#open], minVersion);
    // What was opened meanwhile stays.
    for (const [parent, opened] of this.#children) {
      if (children.has(parent) || !nodes.has(parent)) continue;
      children.set(parent, opened);
      for (const id of opened.ids) nodes.set(id, nodes.get(id) ?? before.get(id));
    }
    this.#nodes = nodes;
    this.#children = children;
    for (const id of [...this.#open]) if (id && !nodes.has(id)) this.#open.delete(id);
    this.#layOut();
    for (const [id, node] of nodes) {
      const old = before.get(id);
      if (!old || old.name !== node.name || old.parentId !== node.parentId) this.#flash(id);
    }
  }

  async reveal(ids) {
    for (const id of ids.slice(0, -1)) await this.open(id);
    let last = ids.at(-1);
    // It may stand behind the first children that are shown.
    const parent = ids.at(-2) ?? '';
    while (!this.#nodes.has(last) && this.#children.get(parent)?.hasMore) await this.#more(parent);
    this.#select(last);
    this.focus(last);
  }

  // The row that is left when one is deleted.
  beside(id) {
    const at = this.#rows.findIndex(row => row.id === id);
    const row = this.#rows[at];
    if (!row) return null;
    const after = this.#rows.slice(at + 1).find(other => other.level <= row.level && other.id);
    return (after && after.level === row.level ? after : this.#rows[at - 1])?.id ?? null;
  }

  focus(id) {
    const at = this.#rows.findIndex(row => row.id === id);
    if (at < 0) return;
    this.#focusRow(at);
  }

  async #load(parents) {
    const { nodes, children } = await this.#fetch(parents);
    for (const [id, node] of nodes) this.#nodes.set(id, node);
    for (const [parent, loaded] of children) this.#children.set(parent, loaded);
    this.#layOut();
  }

  async #fetch(parents, minVersion) {
    const [nodes, children] = [new Map(), new Map()];
    for (const [limit, group] of Map.groupBy(parents, parent => this.#limits.get(parent) ?? FIRST)) {
      for (let at = 0; at < group.length; at += 400) {
        const answer = await this.#on.load(group.slice(at, at + 400), limit, minVersion);
        for (const { parent, categories, hasMore } of answer.nodes) {
          children.set(parent, { ids: categories.map(category => category.id), hasMore });
          for (const category of categories) nodes.set(category.id, category);
        }
      }
    }
    return { nodes, children };
  }

  async #more(parent) {
    this.#limits.set(parent, Math.min(100000, (this.#limits.get(parent) ?? FIRST) * 10));
    await this.#load([parent]);
  }

  #layOut() {
    const rows = [];
    const stack = [{ parent: '', level: 1, at: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1);
      const children = this.#children.get(top.parent);
      if (!children || top.at > children.ids.length || (top.at === children.ids.length && !children.hasMore)) {
        stack.pop();
        continue;
      }
      if (top.at === children.ids.length) {
        rows.push({ more: top.parent, level: top.level, position: top.at + 1, size: -1 });
        top.at++;
        continue;
      }
      const id = children.ids[top.at++];
      rows.push({ id, parent: top.parent, level: top.level, position: top.at, size: children.hasMore ? -1 : children.ids.length });
      if (this.#open.has(id) && this.#children.has(id)) stack.push({ parent: id, level: top.level + 1, at: 0 });
    }
    this.#rows = rows;
    this.#box.hidden = rows.length === 0;
    if (!rows.some(row => this.#keyOf(row) === this.#active)) this.#active = rows[0] ? this.#keyOf(rows[0]) : null;
    this.#draw();
  }

  #keyOf(row) { return row.id ?? '\u0000' + row.more; }

  // Rows in sight are kept by what they show, so that focus stays where it is.
  #draw() {
    const { scrollTop, clientHeight } = this.#box;
    this.#space.style.height = `${this.#rows.length * ROW}px`;
    const from = Math.max(0, Math.floor(scrollTop / ROW) - SPARE);
    const to = Math.min(this.#rows.length, Math.ceil((scrollTop + Math.max(clientHeight, 300)) / ROW) + SPARE);
    const wanted = new Map();
    for (let at = from; at < to; at++) wanted.set(this.#keyOf(this.#rows[at]), at);
    const active = this.#rows.findIndex(row => this.#keyOf(row) === this.#active);
    if (active >= 0) wanted.set(this.#active, active);
    for (const element of [...this.#space.children]) if (!wanted.has(element.key)) element.remove();
    const there = new Map([...this.#space.children].map(element => [element.key, element]));
    const focused = this.#space.contains(document.activeElement) ? document.activeElement : null;
    // In the order of the tree, for those who hear it read.
    [...wanted].sort(([, a], [, b]) => a - b).forEach(([key, at], place) => {
      const element = there.get(key) ?? this.#make(key);
      this.#fill(element, this.#rows[at], at, key === this.#active);
      if (this.#space.children[place] !== element) this.#space.insertBefore(element, this.#space.children[place] ?? null);
    });
    if (focused?.isConnected && document.activeElement !== focused) focused.focus({ preventScroll: true });
  }

  #make(key) {
    const element = make('div', { className: 'item', role: 'treeitem' },
      make('span', { className: 'twist', textContent: '' }), make('span', { className: 'label' }), make('span', { className: 'badge' }));
    element.key = key;
    return element;
  }

  #fill(element, row, at, isActive) {
    const node = row.id && this.#nodes.get(row.id);
    const [twist, label, badge] = element.children;
    element.style.top = `${at * ROW}px`;
    element.style.paddingLeft = `${(row.level - 1) * INDENT}px`;
    element.tabIndex = isActive ? 0 : -1;
    element.draggable = Boolean(node);
    element.setAttribute('aria-level', row.level);
    element.setAttribute('aria-posinset', row.position);
    element.setAttribute('aria-setsize', row.size);
    element.setAttribute('aria-selected', row.id === this.#selected && Boolean(row.id));
    label.classList.toggle('more', !node);
    if (!node) {
      label.textContent = 'Show more…';
      twist.textContent = badge.textContent = '';
      return;
    }
    if (node.childCount > 0) element.setAttribute('aria-expanded', this.#open.has(row.id));
    else element.removeAttribute('aria-expanded');
    twist.textContent = node.childCount > 0 ? '›' : '';
    label.textContent = node.name;
    badge.textContent = node.descendantCount > 0 ? number(node.descendantCount) : '';
    badge.title = node.descendantCount > 0 ? 'categories below' : '';
  }

  #flash(id) {
    const element = [...this.#space.children].find(child => child.key === id);
    if (!element) return;
    element.classList.remove('flash');
    void element.offsetWidth;
    element.classList.add('flash');
  }

  #select(id) {
    this.#selected = id;
    this.#draw();
  }

  #focusRow(at) {
    const row = this.#rows[Math.max(0, Math.min(this.#rows.length - 1, at))];
    if (!row) return;
    this.#active = this.#keyOf(row);
    const place = this.#rows.indexOf(row) * ROW;
    const { scrollTop, clientHeight } = this.#box;
    if (place < scrollTop) this.#box.scrollTop = place;
    else if (place + ROW > scrollTop + clientHeight) this.#box.scrollTop = place + ROW - clientHeight;
    this.#draw();
    [...this.#space.children].find(element => element.key === this.#active)?.focus({ preventScroll: true });
  }

  async #toggle(row) {
    if (row.more !== undefined) {
      const at = this.#rows.indexOf(row);
      await this.#try(() => this.#more(row.more));
      return this.#focusRow(at);
    }
    if (!this.#nodes.get(row.id)?.childCount) return;
    if (this.#open.has(row.id)) {
      this.#open.delete(row.id);
      this.#layOut();
    } else await this.#try(() => this.open(row.id));
  }

  async #try(action) {
    try {
      await action();
    } catch (refusal) {
      this.#on.tell(refusal.message);
    }
  }

  #at(event) {
    const element = event.target.closest?.('.item');
    return element && this.#rows.find(row => this.#keyOf(row) === element.key);
  }

  #focused(event) {
    const row = this.#at(event);
    if (!row || this.#keyOf(row) === this.#active) return;
    this.#active = this.#keyOf(row);
    this.#draw();
  }

  #click(event) {
    const row = this.#at(event);
    if (!row) return;
    this.#active = this.#keyOf(row);
    if (event.target.classList.contains('twist') || row.more !== undefined) this.#toggle(row);
    else {
      this.#select(row.id);
      this.#on.select(row.id);
    }
    this.#focusRow(this.#rows.indexOf(row));
  }

  #key(event) {
    const at = this.#rows.findIndex(row => this.#keyOf(row) === this.#active);
    const row = this.#rows[at];
    if (!row || event.ctrlKey || event.metaKey) return;
    if (event.altKey ? this.#moveBy(event.key, row) : this.#goBy(event.key, row, at)) event.preventDefault();
  }

  #goBy(key, row, at) {
    const isOpen = row.id && this.#open.has(row.id) && this.#nodes.get(row.id)?.childCount > 0;
    const page = Math.max(1, Math.floor(this.#box.clientHeight / ROW) - 1);
    switch (key) {
      case 'ArrowDown': this.#focusRow(at + 1); return true;
      case 'ArrowUp': this.#focusRow(at - 1); return true;
      case 'PageDown': this.#focusRow(at + page); return true;
      case 'PageUp': this.#focusRow(at - page); return true;
      case 'Home': this.#focusRow(0); return true;
      case 'End': this.#focusRow(this.#rows.length - 1); return true;
      case 'ArrowRight': if (isOpen) this.#focusRow(at + 1); else this.#toggle(row); return true;
      case 'ArrowLeft':
        if (isOpen) this.#toggle(row);
        else if (row.parent ?? row.more) this.focus(row.parent ?? row.more);
        return true;
      case 'Enter': case ' ':
        if (row.more !== undefined) this.#toggle(row);
        else { this.#select(row.id); this.#on.select(row.id); }
        return true;
      case 'F2': if (row.id) this.#on.rename(row.id); return true;
      case 'Insert': if (row.id) this.#on.add(row.id); return true;
      case 'Delete': if (row.id) this.#on.remove(row.id); return true;
    }
    return key.length === 1 && this.#find(key, at);
  }

  #find(key, at) {
    const now = performance.now();
    this.#typed = (now - this.#typedAt < 700 ? this.#typed : '') + key.toLowerCase();
    this.#typedAt = now;
    const start = this.#typed.length === 1 ? at + 1 : at;
    for (let i = 0; i < this.#rows.length; i++) {
      const row = this.#rows[(start + i) % this.#rows.length];
      if (row.id && this.#nodes.get(row.id)?.name.toLowerCase().startsWith(this.#typed)) {
        this.#focusRow(this.#rows.indexOf(row));
        return true;
      }
    }
    return true;
  }

  // Moves follow one another: where a key leads is decided when the one before is done.
  #moveBy(key, { id }) {
    if (!id || !['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].includes(key)) return false;
    this.#later(() => {
      const row = this.#rows.find(other => other.id === id);
      return row && this.#moveRow(key, row);
    });
    return true;
  }

  #moveRow(key, row) {
    const siblings = this.#children.get(row.parent).ids;
    const at = siblings.indexOf(row.id);
    const parent = row.parent || null;
    if (key === 'ArrowUp' && at > 0) return this.#place(row.id, parent, siblings[at - 1]);
    if (key === 'ArrowDown' && at < siblings.length - 1) return this.#place(row.id, parent, siblings[at + 2] ?? null);
    if (key === 'ArrowRight' && at > 0) return this.#place(row.id, siblings[at - 1], null);
    if (key === 'ArrowLeft' && parent) {
      const above = this.#nodes.get(parent).parentId ?? '';
      const beside = this.#children.get(above).ids;
      return this.#place(row.id, above || null, beside[beside.indexOf(parent) + 1] ?? null);
    }
  }

  #later(move) {
    this.#moves = this.#moves.then(move).catch(refusal => this.#on.tell(refusal.message));
  }

  async #place(id, parentId, before) {
    if (parentId && !this.#open.has(parentId)) await this.open(parentId);
    await this.#on.place(id, parentId, before);
    this.focus(id);
  }

  #dragging(event) {
    const row = this.#at(event);
    const element = event.target.closest?.('.item');
    if (event.type === 'dragstart') {
      if (!row?.id) return;
      this.#drag = row.id;
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', row.id);
      return;
    }
    for (const marked of this.#space.querySelectorAll('.into, .before, .after')) marked.classList.remove('into', 'before', 'after');
    if (event.type === 'dragend') this.#drag = null;
    if (!this.#drag || !row?.id || row.id === this.#drag || event.type === 'dragleave' || event.type === 'dragend') return;
    event.preventDefault();
    const { top, height } = element.getBoundingClientRect();
    const y = (event.clientY - top) / height;
    const where = y < 0.28 ? 'before' : y > 0.72 && !this.#open.has(row.id) ? 'after' : 'into';
    if (event.type === 'dragover') {
      element.classList.add(where);
      return;
    }
    const id = this.#drag;
    this.#drag = null;
    const siblings = this.#children.get(row.parent).ids;
    if (where === 'into') this.#later(() => this.#place(id, row.id, null));
    else if (where === 'before') this.#later(() => this.#place(id, row.parent || null, row.id));
    else this.#later(() => this.#place(id, row.parent || null, siblings.slice(siblings.indexOf(row.id) + 1).find(other => other !== id) ?? null));
  }
}
