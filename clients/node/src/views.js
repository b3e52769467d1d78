'use strict';

const { randomUUID } = require('node:crypto');
const { segment, json } = require('./transport');

/**
 * @typedef {import('./transport').Transport} Transport
 * @typedef {{location?: string, visitor?: string, id?: string, at?: Date | string, referrer?: string, campaign?: string, userAgent?: string, address?: string}} View
 * @typedef {View & {page: string, count?: number}} PageView
 * @typedef {{from?: string, to?: string, by?: 'day' | 'hour' | 'location' | 'referrer' | 'campaign', traffic?: 'bot' | 'all'}} Range days as yyyy-MM-dd
 * @typedef {import('./api').components['schemas']} Schemas
 */

/** Views of pages. Every view has an event id, so a call that is repeated counts once. */
class Views {
    /** @param {Transport} transport */
    constructor(transport) {
        this.transport = transport;
    }

    /** Counts one view; done once it is durable. @param {string} page @param {View} [view] @returns {Promise<void>} */
    async add(page, view = {}) {
        await this.transport.send('POST', `/pages/${segment(page)}/views`, { json: { id: randomUUID(), ...view }, repeatable: true });
    }

    /** Counts 1 to 1000 views, all or none. @param {PageView[]} views @returns {Promise<Schemas['BatchAccepted']>} */
    async addMany(views) {
        return json(await this.transport.send('POST', '/views', { json: views.map(view => ({ id: randomUUID(), ...view })), repeatable: true }));
    }

    /** A page's counts. @param {string} page @param {{traffic?: 'bot' | 'all'}} [options] @returns {Promise<Schemas['PageViews']>} */
    async get(page, options = {}) {
        return json(await this.transport.send('GET', `/pages/${segment(page)}/views`, { query: options }));
    }

    /** Counts of up to 500 pages, in the order asked. @param {string[]} pages @returns {Promise<Schemas['PageCount'][]>} */
    async getMany(pages) {
        return json(await this.transport.send('GET', '/views', { query: { pages } }));
    }

    /** A page's counts over days, by day, hour, location, referrer or campaign. @param {string} page @param {Range} range @returns {Promise<any>} */
    async series(page, range) {
        return json(await this.transport.send('GET', `/pages/${segment(page)}/views`, { query: range }));
    }

    /** The same for the whole site. @param {Range} range @returns {Promise<any>} */
    async site(range) {
        return json(await this.transport.send('GET', '/views', { query: range }));
    }

    /** @param {{from?: string, to?: string, location?: string, limit?: number, traffic?: 'bot' | 'all'}} [options] @returns {Promise<Schemas['TopViews']>} */
    async top(options = {}) {
        return json(await this.transport.send('GET', '/views/top', { query: options }));
    }

    /** Pages that have views, by id. @param {{prefix?: string, limit?: number, after?: string}} [options] @returns {Promise<{pages: Schemas['PageCount'][], next: string | null}>} */
    async pages(options = {}) {
        return json(await this.transport.send('GET', '/pages', { query: options }));
    }

    /** Forgets a page's views; needs an admin key. @param {string} page @returns {Promise<void>} */
    async delete(page) {
        await this.transport.send('DELETE', `/pages/${segment(page)}/views`);
    }
}

module.exports = { Views };
