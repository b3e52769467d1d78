'use strict';

const { segment, json } = require('./transport');

/**
 * @typedef {import('./transport').Transport} Transport
 * @typedef {{ttl?: number, sliding?: number}} Lifetime seconds
 * @typedef {Lifetime & {tags?: string[], type?: string}} EntryOptions `type` is the value's media type
 * @typedef {{value: Buffer, type: string | undefined, etag: string | undefined, ttl: number | undefined}} Entry `ttl` is how many seconds are left
 */

const maxKeys = 500;
const maxBatchBytes = 15 * 1024 * 1024;   // of the 16 MiB that a batch may have, the rest for keys and JSON

/** Answers that are costly to get, kept for a while. Values are bytes; a string is its UTF-8. */
class Cache {
    /** @param {Transport} transport */
    constructor(transport) {
        this.transport = transport;
    }

    /** @param {string} key @returns {Promise<Entry | null>} null if there is none */
    async get(key) {
        const answer = await this.transport.send('GET', `/cache/${segment(key)}`, { accept: [404] });
        if (answer.status === 404) return null;
        const left = /max-age=(\d+)/.exec(answer.headers['cache-control'] ?? '');
        return { value: answer.body, type: answer.headers['content-type'], etag: answer.headers.etag, ttl: left ? Number(left[1]) : undefined };
    }

    /** @param {string} key @returns {Promise<boolean>} */
    async has(key) {
        return (await this.transport.send('HEAD', `/cache/${segment(key)}`, { accept: [404] })).status !== 404;
    }

    /** @param {string} key @param {string | Uint8Array} value @param {EntryOptions} [options] @returns {Promise<string | undefined>} the entry's ETag */
    async set(key, value, options = {}) {
        return (await this.put(key, value, options, undefined))?.etag;
    }

    /** Keeps the value only where there is none. @param {string} key @param {string | Uint8Array} value @param {EntryOptions} [options] @returns {Promise<boolean>} whether it was kept */
    async add(key, value, options = {}) {
        return await this.put(key, value, options, { 'If-None-Match': '*' }) !== null;
    }

    /** Keeps the value only over the one that has this ETag. @param {string} key @param {string} etag @param {string | Uint8Array} value @param {EntryOptions} [options] @returns {Promise<string | null>} the new ETag, null if another value is there */
    async replace(key, etag, value, options = {}) {
        return (await this.put(key, value, options, { 'If-Match': etag }))?.etag ?? null;
    }

    /**
     * @param {string} key @param {string | Uint8Array} value @param {EntryOptions} options @param {Record<string, string> | undefined} condition
     * @returns {Promise<{etag: string} | null>}
     */
    async put(key, value, { type = 'application/octet-stream', ...query }, condition) {
        const answer = await this.transport.send('PUT', `/cache/${segment(key)}`, {
            body: value, type, query, ...(condition ? { headers: condition, accept: [412], repeatable: false } : {}),
        });
        return answer.status === 412 ? null : { etag: answer.headers.etag };
    }

    /** Removes an entry, if there is one. @param {string} key @returns {Promise<void>} */
    async delete(key) {
        await this.transport.send('DELETE', `/cache/${segment(key)}`);
    }

    /** Removes all entries that have the tag. @param {string} tag @returns {Promise<void>} */
    async deleteTag(tag) {
        await this.transport.send('DELETE', '/cache', { query: { tag } });
    }

    /** Empties the cache. @returns {Promise<void>} */
    async clear() {
        await this.transport.send('DELETE', '/cache', { query: { all: true } });
    }

    /** Slides a sliding entry, if there is one. @param {string} key @returns {Promise<void>} */
    async refresh(key) {
        await this.transport.send('POST', `/cache/${segment(key)}/refresh`, { repeatable: true });
    }

    /** A new lifetime for the value. @param {string} key @param {Lifetime} lifetime @returns {Promise<boolean>} whether there is one */
    async expire(key, lifetime) {
        return (await this.transport.send('POST', `/cache/${segment(key)}/expire`, { query: { ...lifetime }, accept: [404], repeatable: true })).status !== 404;
    }

    /**
     * Adds to an entry that is a decimal integer. Not repeated where the answer is lost: such an error has `mayHaveHappened`.
     * @param {string} key @param {{by?: number | bigint, initial?: number | bigint, ttl?: number}} [options]
     * @returns {Promise<number | null>} the sum; null if there is no entry and no `initial`
     */
    async increment(key, options = {}) {
        const answer = await this.transport.send('POST', `/cache/${segment(key)}/increment`, { query: options, accept: [404] });
        return answer.status === 404 ? null : json(answer).value;
    }

    /** Those of the entries that are there. @param {string[]} keys @returns {Promise<Map<string, {value: Buffer, type: string | undefined, ttl: number | undefined}>>} */
    async getMany(keys) {
        const found = new Map();
        await Promise.all(slices(keys, maxKeys).map(async some => {
            for (const { key, type, value, ttl } of json(await this.transport.send('POST', '/cache/get', { json: { keys: some }, repeatable: true })).entries) {
                found.set(key, { value: Buffer.from(value, 'base64'), type: type ?? undefined, ttl: ttl ?? undefined });
            }
        }));
        return found;
    }

    /** @param {Array<{key: string, value: string | Uint8Array} & EntryOptions>} entries @returns {Promise<void>} */
    async setMany(entries) {
        /** @type {any[][]} */
        const batches = [[]];
        let bytes = 0;
        for (const { key, value, type = 'application/octet-stream', ttl, sliding, tags } of entries) {
            const text = Buffer.from(/** @type {any} */ (value)).toString('base64');
            const batch = batches[batches.length - 1];
            bytes += text.length;
            const entry = { key, type, value: text, ttl, sliding, tags };
            if (batch.length < maxKeys && (bytes <= maxBatchBytes || batch.length === 0)) batch.push(entry);
            else {
                batches.push([entry]);
                bytes = text.length;
            }
        }

        for (const batch of batches) {
            if (batch.length > 0) await this.transport.send('POST', '/cache/set', { json: { entries: batch }, repeatable: true });
        }
    }

    /** @param {string[]} keys @returns {Promise<number>} how many were there */
    async deleteMany(keys) {
        let deleted = 0;
        for (const some of slices(keys, maxKeys)) {
            deleted += json(await this.transport.send('POST', '/cache/delete', { json: { keys: some }, repeatable: true })).deleted;
        }

        return deleted;
    }
}

/** @template T @param {T[]} all @param {number} size @returns {T[][]} */
function slices(all, size) {
    const parts = [];
    for (let i = 0; i < all.length; i += size) parts.push(all.slice(i, i + size));
    return parts;
}

module.exports = { Cache };
