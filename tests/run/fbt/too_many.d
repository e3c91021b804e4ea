/* Without kprobe.multi each function is enabled by itself: not the whole kernel. */
fbt:vmlinux::entry { @ = count(); }
