# rows: V4 V5 V33
dtrace -qn 'BEGIN { printf("%d %d %d %d\n", curcpu->cpu_id == cpu, cpu, chip, lgrp);
	printf("%d %d %d %d %s [%s] %d\n", pset, curcpu->cpu_pset, curcpu->cpu_chip == chip, curcpu->cpu_info.pi_state,
	    curcpu->cpu_info.pi_processor_type, curcpu->cpu_info.pi_fputypes, curcpu->cpu_info.pi_clock > 0); exit(0); }' >got
read -r same cpu chip lgrp <got
d=/sys/devices/system/cpu/cpu$cpu
[ "$chip" = "$(cat $d/topology/physical_package_id)" ] || echo "chip $chip"
[ "$lgrp" = 0 ] || [ -d "$d/node$lgrp" ] || echo "lgrp $lgrp"
[ "$same" = 1 ] && sed -n "2s/$(uname -m)/MACHINE/p" got
