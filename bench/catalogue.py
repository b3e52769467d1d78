#!/usr/bin/env python3
"""Makes catalogues to measure with: always the same for the same arguments.

    bench/catalogue.py categories N >FILE      a tree of N categories, as POST /categories/import takes it
    bench/catalogue.py products N M >FILE      M products spread evenly over that tree's categories

Below the root c0 (all categories) stand subtrees of known sizes: c1 with 40 %, and where there is room "thousand" with
1,000 and "few" with 25. Inside of each a category's parent is any category before it, so they are some tens of levels deep.
"""
import random
import sys

SEED = 20260722
NAMES = "Garden Tools Indoor Outdoor Wooden Steel Kids Winter Summer Vintage Smart Electric Large Small Spare Parts".split()


def name(chance):
    return " ".join(chance.choice(NAMES) for _ in range(3))


def block(chance, top, above, count, start):
    """A subtree of so many categories, its top included; the others are numbered from start."""
    ids = [top]
    yield top, above
    for number in range(start, start + count - 1):
        parent = chance.choice(ids)
        ids.append(f"c{number}")
        yield ids[-1], parent


def tree(count):
    chance = random.Random(SEED)
    yield "c0", ""
    sizes = [("c1", count * 2 // 5)]
    sizes += [(top, size) for top, size in (("thousand", 1000), ("few", 25)) if count >= 10000]
    sizes.append(("c2", count - 1 - sum(size for _, size in sizes)))
    start = 3
    for top, size in sizes:
        yield from block(chance, top, "c0", size, start)
        start += size - 1


def main(arguments):
    chance = random.Random(SEED)
    if len(arguments) == 2 and arguments[0] == "categories":
        print("id\tparent_id\tname")
        for category, parent in tree(int(arguments[1])):
            print(f"{category}\t{parent}\t{name(chance)}")
    elif len(arguments) == 3 and arguments[0] == "products":
        categories = [category for category, _ in tree(int(arguments[1]))]
        print("id\tcategory_id\tname")
        for number in range(int(arguments[2])):
            print(f"p{chance.randrange(1 << 40):010x}{number}\t{chance.choice(categories)}\t{name(chance)} {number}")
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
