/* fbt_instead.c - see fbt.h.  What other systems' scripts ask of kernel functions, and which event tells it. */
#include <stddef.h>

#include "../libdtrace/session/probe.h"
#include "fbt.h"

static const struct {
	const char *functions[6];
	const char *probe;
} table[] = {
    {{"vfs_read", "fop_read", "*_vnop_read", "ufs_read", "zfs_read"}, "syscall::read:entry"},
    {{"vfs_write", "fop_write", "*_vnop_write", "ufs_write", "zfs_write"}, "syscall::write:entry"},
    {{"vfs_open", "vn_open*", "do_filp_open", "do_sys_open*", "fop_open", "filename_lookup"},
     "syscall::open*:entry"},
    {{"vfs_rename", "vn_rename"}, "syscall::rename*:entry"},
    {{"vfs_unlink"}, "syscall::unlink*:entry"},
    {{"tcp_v?_rcv", "tcp_rput_data", "tcp_input*"}, "sdt:net::netif_receive_skb"},
    {{"*tcp_transmit_skb", "tcp_send_data", "tcp_output", "mac_tx"}, "sdt:net::net_dev_queue"},
    {{"mac_rx", "ip_rcv", "ip_input"}, "sdt:net::netif_receive_skb"},
    {{"tcp_v?_connect", "tcp_connect", "tcp_conn_request", "tcp_get_conn", "inet_csk_accept", "soaccept"},
     "sdt:sock::inet_sock_set_state"},
    {{"tcp_v?_send_reset", "tcp_xmit_early_reset"}, "sdt:tcp::tcp_send_reset"},
    {{"__sys_socket", "inet_create", "sotpi_create", "socreate"}, "syscall::socket:entry"},
    {{"sotpi_accept"}, "syscall::accept*:return"},
    {{"filemap_fault", "fop_getpage", "*_getpage*"}, "sdt:filemap::mm_filemap_add_to_page_cache"},
    {{"scsi_init_pkt", "scsi_transport", "sd_start_cmds", "bdev_strategy", "submit_bio"},
     "sdt:block::block_rq_issue"},
    {{"scsi_destroy_pkt", "biodone", "bio_endio"}, "sdt:block::block_rq_complete"},
    {{"kmem_alloc", "kmalloc*", "__kmalloc*", "vmem_alloc"}, "sdt:kmem::kmalloc"},
    {{"kmem_cache_alloc*"}, "sdt:kmem::kmem_cache_alloc"},
    {{"kfree", "kmem_free"}, "sdt:kmem::kfree"},
    {{"__alloc_pages*", "page_create_va", "anon_private"}, "sdt:kmem::mm_page_alloc"},
    {{"schedule", "cv_wait", "cv_timedwait", "swtch", "disp", "resume"}, "sdt:sched::sched_switch"},
    {{"try_to_wake_up", "cv_signal"}, "sdt:sched::sched_waking"},
    {{"mutex_lock", "down_read", "down_write", "mutex_enter", "rw_enter"}, "sdt:lock::contention_begin"},
    {{"call_timer_fn", "callout_*", "timeout", "cyclic_fire"}, "sdt:timer::timer_expire_entry"},
    {{"handle_mm_fault", "do_user_addr_fault", "as_fault", "trap"}, "sdt:exceptions::page_fault_user"},
    {{"get_signal", "psig"}, "sdt:signal::signal_deliver"},
    {{"send_signal_locked", "sigtoproc"}, "sdt:signal::signal_generate"},
    {{"kernel_clone", "copy_process", "cfork"}, "sdt:task::task_newtask"},
    {{"bprm_execve", "exec_common"}, "sdt:sched::sched_process_exec"},
    {{"do_exit", "proc_exit"}, "sdt:sched::sched_process_exit"},
    {{"udp_sendmsg", "ip_output", "udp_output"}, "sdt:net::net_dev_queue"},
    {{"spa_sync"}, "sdt:writeback::writeback_start"},
};

const char *
dt_fbt_instead(const char *function)
{
	for (size_t i = 0; *function && i < sizeof(table) / sizeof(table[0]); i++)
		for (int j = 0; j < 6 && table[i].functions[j]; j++)
			if (dt_glob(table[i].functions[j], function))
				return table[i].probe;
	return NULL;
}
