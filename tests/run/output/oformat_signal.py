# Starts dtrace writing a document, sends it the named signals once it has written something, and
# prints what the document holds.
import signal
import subprocess
import sys

here = sys.argv[1]
prog = 'BEGIN { printf("begun"); } tick-100hz { trace("tick"); } END { trace("ended"); }'
p = subprocess.Popen(["dtrace", "-q", "-x", "oformat=json", "-x", "switchrate=50hz", "-n", prog], stdout=subprocess.PIPE)
doc = p.stdout.readline() + p.stdout.readline()
for name in sys.argv[2:]:
    p.send_signal(getattr(signal, "SIG" + name))
doc += p.stdout.read()
print(" ".join(sys.argv[2:]), "status", p.wait())
got = subprocess.run(["python3", here + "/output/oformat.py"], input=doc, stdout=subprocess.PIPE, check=True).stdout.decode()
lines = got.splitlines()
print(lines[0], lines[1].strip())
if len(sys.argv) == 3:
    print(lines[-2], lines[-1].strip())
