'use strict';

const { segment, json } = require('./transport');
const { HearthError, HearthUnavailableError } = require('./errors');

/**
 * @typedef {import('./transport').Transport} Transport
 * @typedef {import('./api').components['schemas']} Schemas
 * @typedef {{user: string, presence: Schemas['PresenceResponse'], devices: any[], sessions: Schemas['SessionResponse'][]}} UserData
 * @typedef {{event: 'online' | 'offline', id: string | undefined, user: string, online: boolean, lastActionAt: string | null}} PresenceEvent
 */

/** Who is online. */
class Presence {
    /** @param {Transport} transport */
    constructor(transport) {
        this.transport = transport;
    }

    /** The user did something now. @param {string} user @param {{device?: string}} [options] @returns {Promise<void>} */
    async touch(user, options = {}) {
        await this.transport.send('PUT', `/users/${segment(user)}/presence`, { query: options });
    }

    /** 1 to 1000 users did something now. @param {Array<{user: string, device?: string}>} actions @returns {Promise<void>} */
    async touchMany(actions) {
        await this.transport.send('POST', '/presence', { json: actions, repeatable: true });
    }

    /** Signed out: offline at once, or, with a device, once no other is online. @param {string} user @param {{device?: string}} [options] @returns {Promise<void>} */
    async leave(user, options = {}) {
        await this.transport.send('DELETE', `/users/${segment(user)}/presence`, { query: options });
    }

    /** Hides a user from everybody, or shows them again. @param {string} user @param {boolean} visible @returns {Promise<void>} */
    async setVisible(user, visible) {
        await this.transport.send('PUT', `/users/${segment(user)}/presence/visibility`, { json: { visible } });
    }

    /** @param {string} user @param {{actual?: boolean}} [options] @returns {Promise<Schemas['PresenceResponse']>} */
    async get(user, options = {}) {
        return json(await this.transport.send('GET', `/users/${segment(user)}/presence`, { query: options }));
    }

    /** Up to 500 users, in the order asked. @param {string[]} users @param {{actual?: boolean}} [options] @returns {Promise<Schemas['PresenceResponse'][]>} */
    async getMany(users, options = {}) {
        return users.length === 0 ? [] : json(await this.transport.send('GET', '/presence', { query: { users, ...options } }));
    }

    /** How many are online, and a page of them. @param {{limit?: number, after?: string}} [options] @returns {Promise<Schemas['OnlineResponse']>} */
    async online(options = {}) {
        return json(await this.transport.send('GET', '/presence/online', { query: options }));
    }

    /**
     * Changes as they come; with users first one event for each. Ends with an error when the connection is lost; `lastEventId`
     * continues after the event that has it.
     * @param {{users?: string[], lastEventId?: string, signal?: AbortSignal}} [options]
     * @returns {AsyncGenerator<PresenceEvent, void, undefined>}
     */
    async *events({ users, lastEventId, signal } = {}) {
        const call = 'GET /presence/events';
        const { headers: { Host: _, ...headers }, path } = this.transport.request('GET', '/presence/events', { query: { users }, headers: { Accept: 'text/event-stream', 'Last-Event-ID': lastEventId } });
        let answer;
        try {
            answer = await (this.transport.fetch ?? fetch)(this.transport.url.origin + path, { headers, signal });
        } catch (cause) {
            if (signal?.aborted) return;
            throw new HearthUnavailableError(call, /** @type {any} */ (cause).cause?.message ?? 'the connection failed', { cause });
        }

        if (!answer.ok || answer.body === null) throw new HearthError(call, answer.status, await answer.json().catch(() => ({})));
        let text = '';
        try {
            for await (const bytes of answer.body.pipeThrough(new TextDecoderStream())) {
                text += bytes;
                const blocks = text.split(/\r?\n\r?\n/);
                text = /** @type {string} */ (blocks.pop());
                for (const block of blocks) {
                    const event = parseEvent(block);
                    if (event !== null) yield event;
                }
            }
        } catch (cause) {
            if (signal?.aborted) return;
            throw new HearthUnavailableError(call, 'the connection was lost', { cause });
        }
    }
}

/** @param {string} block @returns {PresenceEvent | null} null for a comment */
function parseEvent(block) {
    /** @type {Record<string, string>} */
    const fields = {};
    for (const line of block.split(/\r?\n/)) {
        const field = /^(event|data|id): ?(.*)$/.exec(line);
        if (field) fields[field[1]] = field[2];
    }

    return fields.data === undefined ? null : { event: /** @type {any} */ (fields.event), id: fields.id, ...JSON.parse(fields.data) };
}

/** All that Hearth holds of a user. */
class Users {
    /** @param {Transport} transport */
    constructor(transport) {
        this.transport = transport;
    }

    /** Presence, devices and sessions. @param {string} user @returns {Promise<UserData>} */
    async get(user) {
        return json(await this.transport.send('GET', `/users/${segment(user)}`));
    }

    /** Ends the user's sessions and forgets their last action. @param {string} user @returns {Promise<void>} */
    async forget(user) {
        await this.transport.send('DELETE', `/users/${segment(user)}`);
    }

    /** Live sessions, their ids shortened. @param {string} user @returns {Promise<Schemas['SessionResponse'][]>} */
    async sessions(user) {
        return json(await this.transport.send('GET', `/users/${segment(user)}/sessions`));
    }

    /** Ends all of the user's sessions. @param {string} user @returns {Promise<number>} how many */
    async endSessions(user) {
        return json(await this.transport.send('DELETE', `/users/${segment(user)}/sessions`)).ended;
    }
}

module.exports = { Presence, Users };
