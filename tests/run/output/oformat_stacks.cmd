# rows: X46
# covers: output 7.7
# Stacks in structured output: a list of frames, each with its symbol, module, name and offset; the addresses alone change.
dtrace -q -x oformat=json -n 'BEGIN { stack(2); ustack(1); exit(0); }' 2>/dev/null | python3 -c '
import json, sys
for p in json.load(sys.stdin)["dtrace"]["probes"]:
    for o in p["output"]:
        for kind, frames in o.items():
            print(kind, len(frames))
            for f in frames:
                offset = int(str(f["offset"]), 0)
                text = f["module"] + "`" + f["name"] + ("+0x%x" % offset if offset else "")
                print(sorted(f), f["module"], f["symbol"] == text or f["symbol"], offset >= 0)'
