import os
import threading
import unittest
import uuid

from hearth import Conflict, Hearth, HearthUnavailable, InvalidRequest

hearth = Hearth(os.environ["HEARTH_URL"], timeout=10.0)


def fresh(name):
    return f"{name}-{uuid.uuid4().hex}"


def eventually(condition, what):
    """Polls; only what hangs meets the limit."""
    for _ in range(6000):
        seen = condition()
        if seen:
            return seen
        threading.Event().wait(0.02)
    raise AssertionError(f"{what} did not happen")


class ClientTests(unittest.TestCase):
    def test_a_value_comes_back_with_its_type_and_a_condition_is_kept(self):
        key = fresh("/käy#?%2F")
        self.assertIsNone(hearth.cache.get(key))
        self.assertTrue(hearth.cache.set(key, b"one", type="text/plain", ttl=60, only_new=True))
        self.assertFalse(hearth.cache.set(key, b"two", only_new=True))
        entry = hearth.cache.get(key)
        self.assertEqual((entry.value, entry.type), (b"one", "text/plain"))
        self.assertTrue(hearth.cache.set(key, b"three", if_match=entry.etag))
        self.assertFalse(hearth.cache.set(key, b"four", if_match=entry.etag))
        self.assertEqual(hearth.cache.get_many([key, fresh("none")])[key].value, b"three")
        self.assertEqual(hearth.cache.delete_many([key]), 1)

    def test_64_threads_that_increment_lose_nothing_and_one_of_64_adds(self):
        key, added = fresh("counter"), fresh("added")
        won = []

        def work():
            hearth.cache.increment(key, initial=0)
            won.append(hearth.cache.set(added, b"x", only_new=True))

        threads = [threading.Thread(target=work) for _ in range(64)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        self.assertEqual(hearth.cache.get(key).value, b"64")
        self.assertEqual(won.count(True), 1)
        self.assertIsNone(hearth.cache.increment(fresh("none")))
        hearth.cache.set(key, b"text")
        self.assertRaises(Conflict, hearth.cache.increment, key)

    def test_a_session_is_put_changed_rotated_and_ended(self):
        id, user = fresh("session"), fresh("user")
        self.assertEqual(hearth.sessions.put(id, {"data": {"a": [1, None]}}, only_new=True)["data"], {"a": [1, None]})
        self.assertIsNone(hearth.sessions.put(id, {}, only_new=True))
        self.assertEqual(hearth.sessions.change(id, {"user": user, "data": {"b": 2}})["data"], {"a": [1, None], "b": 2})
        rotated = hearth.sessions.rotate(id)["id"]
        self.assertIsNone(hearth.sessions.get(id))
        self.assertRaises(Conflict, hearth.sessions.put, id, {})
        self.assertEqual([one["id"] for one in hearth.sessions.of_user(user)], [rotated[:8]])
        self.assertEqual(hearth.sessions.end_all(user), 1)
        self.assertIsNone(hearth.sessions.get(rotated))

    def test_presence_views_and_forgetting(self):
        user, page = fresh("user"), fresh("/é")
        hearth.presence.touch_many([user])
        self.assertTrue(hearth.presence.get(user)["online"])
        hearth.views.add_many([{"page": page, "visitor": user, "count": 2}])
        hearth.views.add(page, id=page)
        hearth.views.add(page, id=page)
        eventually(lambda: hearth.views.get(page)["views"] == 3, "the views counted")
        hearth.users.forget(user)
        self.assertEqual(hearth.presence.get(user), {"user": user, "online": False, "lastActionAt": None})

    def test_errors_name_what_was_wrong(self):
        with self.assertRaises(InvalidRequest) as caught:
            hearth.views.add_many([{"page": "a", "colour": "red"}])
        self.assertIn("colour", " ".join(caught.exception.errors))
        self.assertRaises(HearthUnavailable, Hearth("http://127.0.0.1:9", timeout=1.0).cache.get, "a")
        self.assertRaises(ValueError, Hearth, "ftp://somewhere")
        self.assertIsNone(hearth.categories.get(fresh("none")))


if __name__ == "__main__":
    unittest.main()
