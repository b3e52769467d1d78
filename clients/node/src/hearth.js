'use strict';

const { Transport, json } = require('./transport');
const { Views } = require('./views');
const { Presence, Users } = require('./presence');
const { Sessions } = require('./sessions');
const { Cache } = require('./caching');
const { Categories, Products } = require('./categories');

/**
 * @typedef {import('./transport').ClientOptions} ClientOptions
 * @typedef {import('./api').components['schemas']} Schemas
 */

/** Hearth's whole HTTP interface. */
class Hearth {
    /** @param {string | ClientOptions} [options] the address, or all options */
    constructor(options = {}) {
        this.transport = new Transport(typeof options === 'string' ? { url: options } : options);
        this.views = new Views(this.transport);
        this.presence = new Presence(this.transport);
        this.users = new Users(this.transport);
        this.sessions = new Sessions(this.transport);
        this.cache = new Cache(this.transport);
        this.categories = new Categories(this.transport);
        this.products = new Products(this.transport);
    }

    /** Whether Hearth and all that it needs are there. @returns {Promise<Schemas['Health']>} its `status` is not `ok` where something is missing */
    async health() {
        return json(await this.transport.send('GET', '/health/ready', { accept: [503] }));
    }

    /** @returns {Promise<Schemas['Status']>} */
    async status() {
        return json(await this.transport.send('GET', '/status'));
    }

    /** Closes idle connections; the client stays usable. */
    close() {
        this.transport.close();
    }
}

/** The client given, or one of the options. @param {Hearth | string | ClientOptions} [given] @returns {Hearth} */
function clientOf(given) {
    return given instanceof Hearth ? given : new Hearth(given);
}

module.exports = { Hearth, clientOf };
