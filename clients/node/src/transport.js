'use strict';

const { setTimeout: pause } = require('node:timers/promises');
const { Connections, ConnectionError } = require('./connections');
const { HearthError, HearthUnavailableError } = require('./errors');

/**
 * @typedef {object} ClientOptions
 * @property {string} [url] Hearth's address; default the environment's `HEARTH_URL`, else `http://localhost:5080`
 * @property {string} [key] one of Hearth's `Keys:App` or `Keys:Admin`; default the environment's `HEARTH_KEY`
 * @property {number} [timeout] milliseconds for a call, its retries included; default 3000
 * @property {number} [retries] how often a call that is safe to repeat is repeated; default 2
 * @property {number} [maxConnections] default 32
 * @property {import('node:tls').ConnectionOptions} [tls] for `https:`, such as `ca`
 * @property {typeof globalThis.fetch} [fetch] sends calls through it instead of the client's own connections
 *
 * @typedef {object} Call
 * @property {Record<string, unknown>} [query] what is undefined or null is left out, an array repeats its name
 * @property {unknown} [json]
 * @property {Buffer | Uint8Array | string} [body]
 * @property {string} [type] the media type of `body`
 * @property {Record<string, string | undefined>} [headers]
 * @property {boolean} [repeatable] whether the call may be carried out twice; default all but POST and PATCH
 * @property {readonly number[]} [accept] statuses beyond 2xx that are answers rather than errors
 * @property {number} [timeout]
 *
 * @typedef {import('./connections').Answer} Answer
 */

const unprintable = /[^\t\x20-\x7e\x80-\xff]/;

/** Encodes an id for a path, where "." and ".." would mean another resource. @param {string} id */
function segment(id) {
    if (typeof id !== 'string' || id === '') throw new TypeError(`An id is a string that is not empty, not ${JSON.stringify(id)}`);
    return id === '.' || id === '..' ? id.replaceAll('.', '%2E') : encodeURIComponent(id);
}

/** @param {Record<string, unknown>} [query] */
function queryString(query) {
    if (query === undefined) return '';
    let text = '';
    for (const name in query) {
        const given = query[name];
        for (const value of Array.isArray(given) ? given : [given]) {
            if (value === undefined || value === null) continue;
            text += `${text === '' ? '?' : '&'}${name}=${encodeURIComponent(value instanceof Date ? value.toISOString() : String(value))}`;
        }
    }

    return text;
}

/** Sends calls, repeats those that are safe to repeat, and turns refusals into errors. */
class Transport {
    /** @param {ClientOptions} options */
    constructor(options) {
        const text = options.url ?? process.env.HEARTH_URL ?? 'http://localhost:5080';
        /** @type {URL} */
        let url;
        try {
            url = new URL(text);
        } catch (cause) {
            throw new TypeError(`url is an address such as http://localhost:5080, not ${JSON.stringify(text)}`, { cause });
        }

        if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError(`url begins with http: or https:, not ${url.protocol}`);
        const key = options.key ?? process.env.HEARTH_KEY;
        if (key !== undefined && unprintable.test(key)) throw new TypeError('key has characters that no header can hold');
        this.url = url;
        this.base = url.pathname.replace(/\/$/, '');
        this.timeout = positive('timeout', options.timeout ?? 3000);
        this.retries = options.retries ?? 2;
        this.fetch = options.fetch;
        /** @type {Record<string, string>} */
        this.headers = { Host: url.host, ...(key ? { Authorization: `Bearer ${key}` } : {}) };
        this.connections = new Connections(url, { maxConnections: positive('maxConnections', options.maxConnections ?? 32), idleTimeout: 60_000, tls: options.tls });
    }

    /** @param {string} method @param {string} path @param {Call} [call] @returns {Promise<Answer>} */
    async send(method, path, call = {}) {
        const request = this.request(method, path, call);
        const name = `${method} ${path}`;
        const repeatable = call.repeatable ?? (method !== 'POST' && method !== 'PATCH');
        const deadline = performance.now() + (call.timeout ?? this.timeout);
        for (let attempt = 0; ; attempt++) {
            let failure;
            try {
                const answer = await this.exchange(request, Math.max(1, Math.round(deadline - performance.now())));
                if ((answer.status >= 200 && answer.status < 300) || call.accept?.includes(answer.status)) return answer;
                failure = refusal(name, answer);
                if (failure instanceof HearthError) throw failure;
            } catch (error) {
                if (!(error instanceof ConnectionError)) throw error;
                failure = new HearthUnavailableError(name, `${error.message} (${this.url.host})`, { cause: error, mayHaveHappened: error.sent && method !== 'GET' && method !== 'HEAD', hung: error.hung });
                if (error.hung || (error.sent && !repeatable)) throw failure;
            }

            const wait = failure.retryAfter !== undefined ? failure.retryAfter * 1000 : 25 * 4 ** attempt;
            const repeat = repeatable || failure.retryAfter === undefined;
            if (!repeat || attempt >= this.retries || performance.now() + wait >= deadline) throw failure;
            await pause(wait * (0.75 + Math.random() / 4));
        }
    }

    /** @param {string} method @param {string} path @param {Call} call @returns {import('./connections').Request} */
    request(method, path, call) {
        const body = call.json !== undefined ? Buffer.from(JSON.stringify(call.json)) : call.body === undefined ? undefined : Buffer.from(/** @type {any} */ (call.body));
        const type = call.json !== undefined ? 'application/json' : call.type;
        let headers = this.headers;
        if (type !== undefined || call.headers !== undefined) {
            headers = { ...headers };
            if (type !== undefined) headers['Content-Type'] = type;
            for (const [name, value] of Object.entries(call.headers ?? {})) {
                if (value !== undefined) headers[name] = value;
            }

            for (const name in headers) {
                if (unprintable.test(headers[name])) throw new TypeError(`${name} has characters that no header can hold`);
            }
        }

        return { method, path: this.base + path + queryString(call.query), headers, body };
    }

    /** @param {import('./connections').Request} request @param {number} timeout @returns {Promise<Answer>} */
    exchange(request, timeout) {
        return this.fetch === undefined ? this.connections.send(request, timeout) : this.throughFetch(this.fetch, request, timeout);
    }

    /**
     * @param {typeof globalThis.fetch} fetch @param {import('./connections').Request} request @param {number} timeout
     * @returns {Promise<Answer>}
     */
    async throughFetch(fetch, { method, path, headers: { Host: _, ...headers }, body }, timeout) {
        try {
            const answer = await fetch(this.url.origin + path, { method, headers, body: /** @type {any} */ (body), redirect: 'manual', signal: AbortSignal.timeout(timeout) });
            return { status: answer.status, headers: Object.fromEntries(answer.headers), body: Buffer.from(await answer.arrayBuffer()) };
        } catch (error) {
            const { name, message, cause } = /** @type {any} */ (error);
            const hung = name === 'TimeoutError';
            throw new ConnectionError(hung ? `no answer within ${timeout} ms` : cause?.message || message, cause?.code !== 'ECONNREFUSED', { cause: error, hung });
        }
    }

    close() {
        this.connections.close();
    }
}

/** @param {string} name @param {number} value */
function positive(name, value) {
    if (!(value > 0)) throw new RangeError(`${name} is a number above 0, not ${value}`);
    return value;
}

/** @param {string} call @param {Answer} answer */
function refusal(call, { status, headers, body }) {
    /** @type {any} */
    let problem = {};
    if (/json/.test(headers['content-type'] ?? '')) {
        try {
            problem = JSON.parse(body.toString());
        } catch {
            problem = { detail: body.toString().slice(0, 200) };   // a proxy's page that calls itself JSON
        }
    }

    if (status === 429 || status === 502 || status === 503 || status === 504) {
        const seconds = Number(headers['retry-after'] ?? 1);
        return new HearthUnavailableError(call, problem.detail ?? `it was answered ${status}`, { retryAfter: Number.isFinite(seconds) ? seconds : 1 });
    }

    return new HearthError(call, status, problem);
}

/** @param {Answer} answer @returns {any} */
function json(answer) {
    return JSON.parse(answer.body.toString());
}

module.exports = { Transport, segment, json };
