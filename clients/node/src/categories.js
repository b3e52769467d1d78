'use strict';

const { segment, json } = require('./transport');

/**
 * @typedef {import('./transport').Transport} Transport
 * @typedef {import('./api').components['schemas']} Schemas
 * @typedef {{limit?: number, after?: string, minVersion?: number}} Page
 */

const tabSeparated = 'text/tab-separated-values';

/** The category tree. Editing needs an admin key. */
class Categories {
    /** @param {Transport} transport */
    constructor(transport) {
        this.transport = transport;
    }

    /** @param {{minVersion?: number}} [options] @returns {Promise<Schemas['CategoryRoots']>} */
    async roots(options = {}) {
        return json(await this.transport.send('GET', '/categories', { query: options }));
    }

    /** @param {string} id @param {{minVersion?: number}} [options] @returns {Promise<Schemas['CategoryDetail'] | null>} */
    async get(id, options = {}) {
        return orNull(await this.transport.send('GET', `/categories/${segment(id)}`, { query: options, accept: [404] }));
    }

    /** @param {string} id @param {Page} [page] @returns {Promise<Schemas['CategoryChildren']>} */
    async children(id, page = {}) {
        return json(await this.transport.send('GET', `/categories/${segment(id)}/children`, { query: page }));
    }

    /** @param {string} id @param {{depth?: number, minVersion?: number}} [options] @returns {Promise<Schemas['CategoryDescendants']>} */
    async descendants(id, options = {}) {
        return json(await this.transport.send('GET', `/categories/${segment(id)}/descendants`, { query: options }));
    }

    /** Products of the category and of everything below it. @param {string} id @param {Page & {sort?: 'id' | 'name'}} [page] @returns {Promise<Schemas['ProductPage']>} */
    async products(id, page = {}) {
        return json(await this.transport.send('GET', `/categories/${segment(id)}/products`, { query: page }));
    }

    /** The whole tree. @returns {Promise<Schemas['CategoryIndex']>} */
    async index() {
        return json(await this.transport.send('GET', '/categories/index'));
    }

    /** @param {{id?: string, name: string, parentId?: string | null, position?: number}} category @returns {Promise<Schemas['CategoryDetail']>} */
    async create(category) {
        return json(await this.transport.send('POST', '/categories', { json: category }));
    }

    /** @param {string} id @param {{name?: string, parentId?: string | null, position?: number}} change @returns {Promise<Schemas['CategoryDetail']>} */
    async update(id, change) {
        return json(await this.transport.send('PATCH', `/categories/${segment(id)}`, { json: change }));
    }

    /** @param {string} id @param {{children?: 'cascade' | 'adopt' | 'restrict'}} [options] @returns {Promise<void>} */
    async delete(id, options = {}) {
        await this.transport.send('DELETE', `/categories/${segment(id)}`, { query: options });
    }

    /** Rows of `id<TAB>parent_id<TAB>name` under that header. @param {string} rows @param {{replace?: boolean, confirm?: number, timeout?: number}} [options] @returns {Promise<Schemas['ImportAnswer']>} */
    async import(rows, { timeout = 60_000, ...query } = {}) {
        return json(await this.transport.send('POST', '/categories/import', { body: rows, type: tabSeparated, query, timeout }));
    }

    /** @param {{timeout?: number}} [options] @returns {Promise<Schemas['ReindexAnswer']>} */
    async reindex({ timeout = 60_000 } = {}) {
        return json(await this.transport.send('POST', '/categories/reindex', { repeatable: true, timeout }));
    }
}

/** Products of categories. */
class Products {
    /** @param {Transport} transport */
    constructor(transport) {
        this.transport = transport;
    }

    /** @param {string} id @returns {Promise<Schemas['Product'] | null>} */
    async get(id) {
        return orNull(await this.transport.send('GET', `/products/${segment(id)}`, { accept: [404] }));
    }

    /** @param {string} id @param {{name: string, categoryId?: string | null}} product @returns {Promise<Schemas['Product']>} */
    async put(id, product) {
        return json(await this.transport.send('PUT', `/products/${segment(id)}`, { json: product }));
    }

    /** @param {string} id @returns {Promise<void>} */
    async delete(id) {
        await this.transport.send('DELETE', `/products/${segment(id)}`, { accept: [404] });
    }

    /** Rows of `id<TAB>category_id<TAB>name` under that header. @param {string} rows @param {{replace?: boolean, confirm?: number, timeout?: number}} [options] @returns {Promise<Schemas['ImportAnswer']>} */
    async import(rows, { timeout = 60_000, ...query } = {}) {
        return json(await this.transport.send('POST', '/products/import', { body: rows, type: tabSeparated, query, timeout }));
    }
}

/** @param {import('./transport').Answer} answer */
function orNull(answer) {
    return answer.status === 404 ? null : json(answer);
}

module.exports = { Categories, Products };
