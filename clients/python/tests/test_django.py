import threading
from datetime import timedelta

from django.contrib.sessions.backends.base import UpdateError
from django.core.cache import caches
from django.core.cache.backends.base import CacheKeyWarning
from django.test import Client, TestCase, override_settings

from hearth.django.sessions import SessionStore, end_all_sessions
from tests.test_client import eventually, fresh, hearth

cache, v2, away = caches["default"], caches["v2"], caches["away"]


class Unpicklable:
    def __getstate__(self):
        raise TypeError("not to be pickled")


class CacheTests(TestCase):
    def test_values_of_any_kind_come_back_as_they_were(self):
        values = {
            fresh(str(place)): value
            for place, value in enumerate(["text", "", b"\0\xff", 0, -5, 2**70, True, None, 1.5, {"a": [1, (2,)]}, timedelta(days=1), {1, 2}])
        }
        self.assertEqual(cache.set_many(values), [])
        self.assertEqual(cache.get_many(values), values)
        for key, value in values.items():
            self.assertIs(type(cache.get(key)), type(value))
            self.assertIn(key, cache)
        cache.delete_many(values)
        self.assertEqual(cache.get_many(values), {})
        self.assertEqual(cache.get(fresh("none"), "default"), "default")
        self.assertRaises(TypeError, cache.set, "a", Unpicklable())

    def test_add_touch_delete_and_their_answers(self):
        key = fresh("key")
        self.assertFalse(cache.touch(key))
        self.assertTrue(cache.add(key, 1))
        self.assertFalse(cache.add(key, 2))
        self.assertTrue(cache.touch(key, timeout=None))
        self.assertEqual(cache.get(key), 1)
        self.assertTrue(cache.delete(key))
        self.assertFalse(cache.delete(key))

    def test_a_timeout_that_is_over_keeps_nothing(self):
        for timeout in (0, -1):
            key = fresh("over")
            self.assertTrue(cache.add(key, 1, timeout=timeout))
            cache.set(key, 1)
            cache.set(key, 1, timeout=timeout)
            self.assertIsNone(cache.get(key))
            cache.set(key, 1)
            self.assertTrue(cache.touch(key, timeout=timeout))
            self.assertFalse(cache.has_key(key))
            cache.set_many({key: 1}, timeout=timeout)
            self.assertIsNone(cache.get(key))
        key = fresh("soon")
        cache.set(key, 1, timeout=0.2)
        eventually(lambda: cache.get(key) is None, "its expiry")

    def test_counting(self):
        key, huge = fresh("n"), fresh("huge")
        self.assertRaises(ValueError, cache.incr, key)
        cache.set(key, 41)
        self.assertEqual((cache.incr(key), cache.incr(key, 10), cache.decr(key), cache.decr(key, -1)), (42, 52, 51, 52))
        cache.set(huge, 2**70)
        self.assertEqual(cache.incr(huge), 2**70 + 1)

    def test_versions(self):
        key = fresh("versions")
        cache.set(key, "one")
        v2.set(key, "two")
        self.assertEqual((cache.get(key), cache.get(key, version=2), v2.get(key, version=1)), ("one", "two", "one"))
        self.assertEqual(cache.incr_version(key, 2), 3)
        self.assertIsNone(cache.get(key))
        self.assertEqual(v2.get_or_set(fresh("made"), lambda: 7), 7)

    def test_keys_that_hearth_does_not_take_by_themselves(self):
        for key in ("k" * 300, "a\nb", "ü" * 200):
            with self.assertWarns(CacheKeyWarning) if key[0] != "ü" else self.subTest():
                cache.set(key, key)
            self.assertEqual(cache.get(key), key)

    def test_emptying(self):
        key = fresh("cleared")
        cache.set(key, 1)
        cache.clear()
        eventually(lambda: cache.get(key) is None, "its being gone")

    def test_the_site_stays_up_while_hearth_is_away(self):
        with self.assertLogs("hearth", "WARNING") as logs:
            self.assertEqual(away.get("a", "default"), "default")
            away.set("a", 1)
            self.assertFalse(away.add("a", 1))
            self.assertEqual((away.get_many(["a"]), away.set_many({"a": 1}), away.has_key("a")), ({}, ["a"], False))
            self.assertRaises(ValueError, away.incr, "a")
        self.assertEqual(len(logs.records), 1)


class SessionTests(TestCase):
    def test_what_is_saved_is_there_and_what_ended_is_not_revived(self):
        session = SessionStore()
        session["a"] = {"b": [1]}
        session.save()
        other = SessionStore(session.session_key)
        self.assertEqual(other["a"], {"b": [1]})
        self.assertTrue(other.exists(session.session_key))
        session.delete()
        other["a"] = 2
        self.assertRaises(UpdateError, other.save)
        self.assertFalse(other.exists(session.session_key))
        self.assertEqual(SessionStore(session.session_key).load(), {})

    def test_a_key_that_nobody_gave_makes_no_session(self):
        session = SessionStore("someunknownkey")
        self.assertEqual(session.load(), {})
        self.assertIsNone(session.session_key)

    def test_cycling_keeps_the_data_and_kills_the_key(self):
        session = SessionStore()
        session["a"] = 1
        session.save()
        before = session.session_key
        session.cycle_key()
        session.save()
        self.assertNotEqual(session.session_key, before)
        self.assertFalse(session.exists(before))
        self.assertEqual(SessionStore(session.session_key)["a"], 1)
        empty = SessionStore()
        empty.cycle_key()
        self.assertTrue(empty.exists(empty.session_key))

    def test_expiry_follows_django(self):
        session = SessionStore()
        session["a"] = 1
        session.set_expiry(60)
        session.save()
        found = hearth.sessions.get(session.session_key, peek=True)
        self.assertLessEqual(found["createdAt"], found["expiresAt"])
        session.set_expiry(-timedelta(seconds=10))
        session.save()
        self.assertEqual(SessionStore(session.session_key).load(), {})
        SessionStore.clear_expired()

    @override_settings(HEARTH={"URL": "http://127.0.0.1:9"})
    def test_the_site_stays_up_while_hearth_is_away(self):
        with self.assertLogs("hearth", "WARNING"):
            response = Client().get("/")
        self.assertEqual(response.status_code, 200)


class SiteTests(TestCase):
    def test_a_visitor_signs_in_gets_another_key_and_signs_out(self):
        browser, page, name = Client(), fresh("p"), fresh("ada")
        self.assertEqual(browser.get(f"/pages/{page}").content.split()[0], b"1")
        before = browser.cookies["sessionid"].value
        user = browser.get(f"/sign-in/{name}").content.decode()
        after = browser.cookies["sessionid"].value
        self.assertNotEqual(before, after)
        self.assertIsNone(hearth.sessions.get(before))
        self.assertEqual(browser.get(f"/pages/{page}").content.split(), [b"2", name.encode()])
        eventually(lambda: hearth.presence.get(user)["online"], "the user online")
        eventually(lambda: hearth.views.get(f"/pages/{page}")["views"] == 2, "two views")
        browser.get("/sign-out")
        self.assertIsNone(hearth.sessions.get(after))
        self.assertEqual(browser.get(f"/pages/{page}").content.split()[0], b"1")

    def test_a_user_is_signed_out_everywhere(self):
        name = fresh("grace")
        browsers = [Client(), Client()]
        user = [browser.get(f"/sign-in/{name}").content.decode() for browser in browsers][0]
        self.assertEqual(end_all_sessions(user), 2)
        self.assertEqual(browsers[0].get("/").content.split(), [b"1"])

    def test_threads_share_a_session(self):
        browser = Client()
        browser.get("/")
        threads = [threading.Thread(target=browser.get, args=("/",)) for _ in range(4)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        self.assertGreater(int(browser.get("/").content.split()[0]), 1)
