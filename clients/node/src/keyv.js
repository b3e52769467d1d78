'use strict';

const { EventEmitter } = require('node:events');
const { createHash } = require('node:crypto');
const { clientOf } = require('./hearth');
const { Availability } = require('./availability');

/** How long what has no lifetime is kept: ten years, in seconds. */
const forever = 315_360_000;

/**
 * A storage adapter for Keyv, and so for cache-manager and all else that builds on Keyv.
 *
 * A namespace is a tag, so `clear` removes all of a namespace in one call, wherever it was set. While Hearth is away reads
 * find nothing and writes answer false, with one warning; with `raise` they throw.
 */
class KeyvHearth extends EventEmitter {
    /** @param {import('./hearth').Hearth | string | import('./transport').ClientOptions & {hearth?: import('./hearth').Hearth, namespace?: string, raise?: boolean}} [options] */
    constructor(options = {}) {
        super();
        const { hearth, namespace, raise = false, ...rest } = /** @type {any} */ (typeof options === 'string' ? { url: options } : 'transport' in options ? { hearth: options } : options);
        this.hearth = clientOf(hearth ?? rest);
        this.opts = { dialect: 'hearth', url: this.hearth.transport.url.href };
        /** @type {string | undefined} */
        this.namespace = namespace;
        this.availability = new Availability('Cache', 'nothing is found and nothing kept', raise);
    }

    /** @param {string} key */
    idOf(key) {
        const name = `keyv:${key}`;
        // Ids have at most 256 bytes and no control characters.
        return Buffer.byteLength(name) <= 256 && !/[\x00-\x1f\x7f-\x9f]/.test(name) && name.isWellFormed?.() !== false ? name : `keyv#${createHash('sha256').update(key).digest('base64url')}`;
    }

    tag() {
        const name = `keyv:${this.namespace ?? ''}`;
        return Buffer.byteLength(name) <= 256 ? name : `keyv#${createHash('sha256').update(name).digest('base64url')}`;
    }

    /** @param {any} value @param {number} [ttl] milliseconds */
    entry(value, ttl) {
        const text = typeof value === 'string';
        return {
            value: text || value instanceof Uint8Array ? value : JSON.stringify(value) ?? 'null',
            type: text ? 'text/plain; charset=utf-8' : value instanceof Uint8Array ? 'application/octet-stream' : 'application/json',
            // Keyv keeps the exact time with the value; Hearth may let go of it up to a second later.
            ttl: ttl ? Math.max(1, Math.ceil(ttl / 1000)) : forever,
            tags: [this.tag()],
        };
    }

    /** @param {{value: Buffer, type: string | undefined} | null | undefined} entry @returns {any} */
    valueOf_(entry) {
        if (!entry) return undefined;
        if (entry.type?.startsWith('text/plain')) return entry.value.toString();
        return entry.type?.startsWith('application/json') ? JSON.parse(entry.value.toString()) : entry.value;
    }

    /** @param {string} key @returns {Promise<any>} */
    get(key) {
        return this.availability.attempt(async () => this.valueOf_(await this.hearth.cache.get(this.idOf(key))), undefined);
    }

    /** @param {string[]} keys @returns {Promise<any[]>} */
    getMany(keys) {
        if (keys.length === 0) return Promise.resolve([]);
        return this.availability.attempt(async () => {
            const found = await this.hearth.cache.getMany(keys.map(key => this.idOf(key)));
            return keys.map(key => this.valueOf_(found.get(this.idOf(key))));
        }, keys.map(() => undefined));
    }

    /** @param {string} key @param {any} value @param {number} [ttl] milliseconds @returns {Promise<boolean>} */
    set(key, value, ttl) {
        const { value: body, ...options } = this.entry(value, ttl);
        return this.availability.attempt(async () => {
            await this.hearth.cache.set(this.idOf(key), body, options);
            return true;
        }, false);
    }

    /** @param {Array<{key: string, value: any, ttl?: number}>} entries @returns {Promise<boolean[]>} */
    setMany(entries) {
        return this.availability.attempt(async () => {
            await this.hearth.cache.setMany(entries.map(({ key, value, ttl }) => ({ key: this.idOf(key), ...this.entry(value, ttl) })));
            return entries.map(() => true);
        }, entries.map(() => false));
    }

    /** @param {string} key @returns {Promise<boolean>} whether it was there */
    delete(key) {
        return this.deleteMany([key]);
    }

    /** @param {string[]} keys @returns {Promise<boolean>} whether all were there */
    deleteMany(keys) {
        const ids = [...new Set(keys.map(key => this.idOf(key)))];
        return this.availability.attempt(async () => (await this.hearth.cache.deleteMany(ids)) === ids.length, false);
    }

    /** @param {string} key @returns {Promise<boolean>} */
    has(key) {
        return this.availability.attempt(() => this.hearth.cache.has(this.idOf(key)), false);
    }

    /** @param {string[]} keys @returns {Promise<boolean[]>} */
    hasMany(keys) {
        return Promise.all(keys.map(key => this.has(key)));
    }

    /** Removes what was set in this namespace. @returns {Promise<void>} */
    clear() {
        return this.availability.attempt(() => this.hearth.cache.deleteTag(this.tag()), undefined);
    }

    async disconnect() {
        this.hearth.close();
    }
}

module.exports = { KeyvHearth, default: KeyvHearth };
