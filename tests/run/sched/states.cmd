# The state in which a thread leaves its CPU, and on what it sleeps: a futex, a pipe, a preemption.
cat >states.py <<'P'
import os, threading, time
os.getppid()
e = threading.Event()
t = threading.Thread(target=e.wait)
t.start()
while open("/proc/self/task/%d/stat" % t.native_id).read().split()[2] != "S":
    pass
e.set()
t.join()
r, w = os.pipe()
threading.Thread(target=lambda: (time.sleep(.05), os.write(w, b"x"))).start()
os.read(r, 1)
end = time.time() + .2
while time.time() < end:
    pass
os.getppid()
P
dtrace -q -c "/usr/bin/python3 states.py" -n '
syscall::getppid:entry /pid == $target/ { going = 1; }
syscall:::entry /going && pid == $target/ { self->call = probefunc; }
syscall:::return /going && pid == $target/ { self->call = 0; }
sched:::sleep /going && pid == $target && self->call == "futex"/ { printf("asleep in futex %s %s %c\n", curlwpsinfo->pr_stype == SOBJ_USER ? "ok" : "wrong", curlwpsinfo->pr_state == SSLEEP ? "ok" : "wrong", curlwpsinfo->pr_sname); }
sched:::off-cpu /going && pid == $target && self->call == "read" && curlwpsinfo->pr_state == SSLEEP/ { printf("asleep in read %s %s %c\n", curlwpsinfo->pr_stype == SOBJ_CV ? "ok" : "wrong", curlwpsinfo->pr_wchan == 0 ? "ok" : "wrong", curlwpsinfo->pr_sname); }
sched:::off-cpu /going && pid == $target && curlwpsinfo->pr_state == SRUN/ { printf("preempted %s %s %c\n", curlwpsinfo->pr_stype == SOBJ_NONE ? "ok" : "wrong", "ok", curlwpsinfo->pr_sname); }
sched:::on-cpu /going && pid == $target/ { printf("here %s %s %c\n", curlwpsinfo->pr_stype == SOBJ_NONE ? "ok" : "wrong", curlwpsinfo->pr_state == SONPROC ? "ok" : "wrong", curlwpsinfo->pr_sname); }' >got
sort -u got | grep .
