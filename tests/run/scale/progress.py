# Runs a command on a terminal of its own; prints what kinds of progress lines it showed, and whether all were erased.
import os
import pty
import re
import sys

pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
text = b""
while True:
    try:
        got = os.read(fd, 65536)
    except OSError:
        break
    if not got:
        break
    text += got
_, status = os.waitpid(pid, 0)
text = text.decode(errors="replace")
shown = re.findall(r"\r\x1b\[Kdtrace: ([a-z0-9' ]+?)(?: [0-9]+ of [0-9]+)?\.\.\.", text)
left = re.sub(r"(\r\x1b\[Kdtrace: [^\r\n]*\.\.\.)+\r\x1b\[K", "", text)
known = {"compiling programs", "loading programs", "reading the kernel's symbols"}
odd = {s for s in shown if s not in known and not s.startswith(("asking provider ", "enabling "))}
print("shown" if shown else "nothing shown", sorted(odd) or "")
print("left:", left.replace("\r\n", "|").replace("\x1b", "ESC"))
print("status", os.waitstatus_to_exitcode(status))
