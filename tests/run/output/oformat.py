# Reads a document of option oformat from stdin (JSON, or XML with argument "xml") and prints
# what is in it, one item a line, without what differs from run to run.
import json
import sys
import xml.etree.ElementTree as ET

text = sys.stdin.buffer.read().decode("utf-8")  # must be UTF-8 as it is
LISTS = {"probes", "output", "stack-frames", "ustack-frames", "aggregation-data", "keys", "buckets", "type"}


def from_xml(e):
    if len(e) == 0:
        return e.text or ""
    out = {}
    for c in e:
        v = from_xml(c)
        if c.tag in LISTS:
            out.setdefault(c.tag, []).append(v)
        else:
            out[c.tag] = v
    return out


if sys.argv[1:] == ["xml"]:
    root = ET.fromstring(text)
    doc = {root.tag: from_xml(root)}
else:
    doc = json.loads(text)
assert list(doc) == ["dtrace"], list(doc)
head = ["timestamp", "cpu", "id", "provider", "module", "function", "name"]
for p in (doc["dtrace"] or {}).get("probes", []):
    assert list(p)[:7] == head, list(p)
    assert int(p["timestamp"]) > 0
    known = (int(p["cpu"]) >= 0) == (int(p["id"]) > 0)
    print("%s:%s:%s:%s%s" % (p["provider"], p["module"], p["function"], p["name"], "" if known else " ?"))
    for k in list(p)[7:]:
        if k != "output":
            print(" ", k, p[k])
    for o in p.get("output", []):
        print("  " + json.dumps(o, sort_keys=True))
