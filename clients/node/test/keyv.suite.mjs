// @keyv/test-suite needs vitest; test.sh runs this once for each Hearth, whose address is in HEARTH_URL.
import * as test from 'vitest';
import Keyv from 'keyv';
import { createCache } from 'cache-manager';
import keyvTestSuite from '@keyv/test-suite';
import { KeyvHearth } from 'hearth/keyv';

keyvTestSuite(test, Keyv, () => new KeyvHearth({ raise: true }));

test.describe('Beyond the suite', () => {
    const keyv = new Keyv({ store: new KeyvHearth(), namespace: 'beyond', throwOnErrors: true });
    test.beforeEach(() => keyv.clear());

    test.it('sets, gets and deletes many', async t => {
        t.expect(await keyv.setMany([{ key: 'a', value: 1 }, { key: 'b', value: { c: [2] }, ttl: 60_000 }])).toEqual([true, true]);
        t.expect(await keyv.get(['a', 'b', 'none'])).toEqual([1, { c: [2] }, undefined]);
        t.expect(await keyv.hasMany(['a', 'none'])).toEqual([true, false]);
        t.expect(await keyv.delete(['a', 'b'])).toBe(true);
    });

    test.it('takes keys of any length and characters', async t => {
        for (const key of ['k'.repeat(1000), 'a\nb', '..', 'ü'.repeat(200)]) {
            await keyv.set(key, key);
            t.expect(await keyv.get(key)).toBe(key);
        }
    });

    test.it('serves cache-manager', async t => {
        const cache = createCache({ stores: [new Keyv({ store: new KeyvHearth(), namespace: 'manager' })] });
        await cache.set('a', { b: 1 }, 60_000);
        t.expect(await cache.get('a')).toEqual({ b: 1 });
        t.expect(await cache.wrap('w', async () => 'once')).toBe('once');
        t.expect(await cache.wrap('w', async () => 'twice')).toBe('once');
        await cache.mset([{ key: 'x', value: 1 }, { key: 'y', value: 2 }]);
        t.expect(await cache.mget(['x', 'y'])).toEqual([1, 2]);
        await cache.clear();
        t.expect(await cache.get('a')).toBeUndefined();
    });

    test.it('finds nothing while Hearth is away', async t => {
        const away = new Keyv({ store: new KeyvHearth({ url: 'http://127.0.0.1:9', retries: 0 }) });
        t.expect(await away.get('a')).toBeUndefined();
        t.expect(await away.set('a', 1)).toBe(false);
        t.expect(await away.has('a')).toBe(false);
        t.expect(await away.get(['a', 'b'])).toEqual([undefined, undefined]);
        await away.clear();
    });
});
