# covers: output 4.6
# rows: F62 F61
# ^C typed at a terminal: a newline, END, a newline, the aggregations; nothing is cut off.
python3 - <<'END'
import os, pty, sys, time, select
pid, fd = pty.fork()
if pid == 0:
    os.execvp("dtrace", ["dtrace", "-q", "-n",
        'BEGIN { @a["k"] = count(); printf("ready\\n"); } END { printf("end\\n"); }'])
out, sent = b"", False
end = time.time() + 20
while time.time() < end:
    if not select.select([fd], [], [], 0.2)[0]:
        continue
    try:
        data = os.read(fd, 4096)
    except OSError:
        break
    if not data:
        break
    out += data
    # The whole line: with a ^C the terminal drops what is still on its way.
    if b"ready\r\n" in out and not sent:
        os.write(fd, b"\x03")
        sent = True
_, status = os.waitpid(pid, 0)
sys.stdout.write(out.decode().replace("\r", "").replace("^C", ""))
print("status", os.waitstatus_to_exitcode(status))
END
