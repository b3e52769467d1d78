'use strict';

const { segment, json } = require('./transport');

/**
 * @typedef {import('./transport').Transport} Transport
 * @typedef {{id: string, user: string | null, data: Record<string, any>, createdAt: string, lastUsedAt: string, expiresAt: string}} Session
 * @typedef {{user?: string | null, data?: Record<string, any>, idleTimeout?: number, absoluteTimeout?: number}} SessionContent timeouts in seconds; in `data` any JSON
 */

/** Sessions, which expire by themselves. */
class Sessions {
    /** @param {Transport} transport */
    constructor(transport) {
        this.transport = transport;
    }

    /** @param {SessionContent} [content] @returns {Promise<Session>} */
    async create(content = {}) {
        return json(await this.transport.send('POST', '/sessions', { json: content }));
    }

    /** The session, whose expiry slides unless `peek` is true; null if there is none. @param {string} id @param {{peek?: boolean}} [options] @returns {Promise<Session | null>} */
    async get(id, { peek } = {}) {
        const answer = await this.transport.send('GET', `/sessions/${segment(id)}`, { query: peek ? { peek } : undefined, accept: [404] });
        return answer.status === 404 ? null : json(answer);
    }

    /**
     * Creates or replaces a session under an id of the caller's: 22 to 128 of `A-Z a-z 0-9 - _ . ~`, at least 128 bits of
     * them random. An id that was ended or rotated away is refused with status 409.
     * @param {string} id @param {SessionContent} content
     * @param {{ifNew?: boolean}} [options] `ifNew`: null, and nothing changed, if the session is there
     * @returns {Promise<Session | null>}
     */
    async put(id, content, { ifNew = false } = {}) {
        const answer = await this.transport.send('PUT', `/sessions/${segment(id)}`, {
            json: content, ...(ifNew ? { headers: { 'If-None-Match': '*' }, accept: [412], repeatable: false } : {}),
        });
        return answer.status === 412 ? null : json(answer);
    }

    /** Merges data key by key, null removing one; null if there is no such session. @param {string} id @param {SessionContent} change @returns {Promise<Session | null>} */
    async update(id, change) {
        const answer = await this.transport.send('PATCH', `/sessions/${segment(id)}`, { json: change, accept: [404], repeatable: true });
        return answer.status === 404 ? null : json(answer);
    }

    /** The same session under a new id, the old one dead for good; null if there is no such session. @param {string} id @returns {Promise<Session | null>} */
    async rotate(id) {
        const answer = await this.transport.send('POST', `/sessions/${segment(id)}/rotate`, { accept: [404] });
        return answer.status === 404 ? null : json(answer);
    }

    /** Ends a session for good, if there is one. @param {string} id @returns {Promise<void>} */
    async end(id) {
        await this.transport.send('DELETE', `/sessions/${segment(id)}`);
    }
}

module.exports = { Sessions };
