# Signals: who sends what to whom, what becomes of it, as the program itself knows it.
cat >signals.py <<'P'
import os, signal, sys
me = os.getpid()
# Python's handlers are without SA_SIGINFO; ones in C with it are in siginfo.cmd.
signal.signal(signal.SIGUSR1, lambda s, f: None)
signal.signal(signal.SIGUSR2, signal.SIG_IGN)
os.kill(me, signal.SIGUSR1)
os.kill(me, signal.SIGUSR2)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])
os.kill(me, signal.SIGHUP)
info = signal.sigwaitinfo([signal.SIGHUP])
print("waited", info.si_signo, info.si_pid == me, info.si_code, flush=True)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
child = os.fork()
if child == 0:
    signal.pause()
os.kill(child, signal.SIGTERM)
print("died of", os.waitpid(child, 0)[1], flush=True)
P
dtrace -q -o out.d -c "/usr/bin/python3 signals.py" -n '
proc:::signal-send /pid == $target && args[2] != SIGCHLD/ { printf("send %d to %s %s\n", args[2], args[1]->pr_pid == pid ? "self" : args[1]->pr_ppid == pid ? "child" : "?", args[0]->pr_lwpid == args[1]->pr_pid ? "first thread" : "?"); }
proc:::signal-discard /pid == $target && args[2] != SIGCHLD/ { printf("discard %d of %s\n", args[2], args[1]->pr_pid == pid ? "self" : "?"); }
proc:::signal-handle /pid == $target/ { printf("handle %d %d %d\n", args[0], arg1 != 0, args[2] != NULL); }
proc:::signal-clear /pid == $target/ { printf("clear %d %d %d %d\n", args[0], args[1]->si_signo, args[1]->si_pid == pid, args[1]->si_code); }
proc:::signal-handle /ppid == $target/ { printf("child handles %d %d\n", args[0], args[2] == NULL); }
proc:::exit /ppid == $target/ { printf("child ends %d\n", args[0]); }
'
grep . out.d
