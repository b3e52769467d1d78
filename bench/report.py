#!/usr/bin/env python3
"""Medians, ratios and goals of a bench run. Usage: report.py NAME FOLDER JSON; bench/lib.sh calls it."""
import json
import statistics
import sys
from collections import defaultdict

name, folder, target = sys.argv[1:]


def rows(file):
    with open(f"{folder}/{file}") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]


def number(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.3g}"


values = defaultdict(list)
for measure, contestant, _, metric, value in rows("results.tsv"):
    values[measure, contestant, metric].append(float(value))
medians = {key: statistics.median(seen) for key, seen in values.items()}
with open(f"{folder}/machine.txt") as lines:
    machine = dict(line.rstrip("\n").split(": ", 1) for line in lines)

for fact, text in machine.items():
    print(f"{fact}: {text}")
for measure in dict.fromkeys(key[0] for key in values):
    print(f"\n{measure}\n\n| | metric | median | lowest | highest | rounds |\n|---|---|---|---|---|---|")
    for (of, contestant, metric), seen in values.items():
        if of == measure and (metric != "failed" or any(seen)):
            print(f"| {contestant} | {metric} | {number(medians[of, contestant, metric])} | {number(min(seen))} | {number(max(seen))} | {len(seen)} |")

goals = []
for measure, metric, contestant, other, aim in rows("goals.tsv"):
    own = medians.get((measure, contestant, metric))
    if own is None:
        continue
    aim = float(aim)
    if other in ("at_most", "at_least"):
        seen, is_met = own, own <= aim if other == "at_most" else own >= aim
        wanted = f"{'≤' if other == 'at_most' else '≥'} {number(aim)}"
    else:
        # A peer of another measure is named MEASURE/PEER.
        peer = tuple(other.split("/")) if "/" in other else (measure, other)
        base = medians.get((*peer, metric))
        if not base:
            continue
        seen, is_met = own / base, own / base >= aim
        wanted = f"≥ {number(aim)} × {other}"
    goals.append({"measure": measure, "metric": metric, "contestant": contestant, "against": other, "aim": aim, "seen": seen, "met": is_met})
    goals[-1]["text"] = f"| {measure} | {contestant} {metric} | {wanted} | {seen:,.2f} | {'yes' if is_met else 'no'} |"
if goals:
    print("\nGoals\n\n| measure | of | aim | seen | met |\n|---|---|---|---|---|")
    for goal in goals:
        print(goal.pop("text"))

result = {
    "name": name,
    "machine": machine,
    "medians": [{"measure": m, "contestant": c, "metric": k, "median": v, "rounds": values[m, c, k]} for (m, c, k), v in medians.items()],
    "goals": goals,
}
with open(target, "w") as file:
    json.dump(result, file, indent=2, ensure_ascii=False)
    file.write("\n")
print(f"\nJSON: {target}")
