/*
 * cpu.d - cpuinfo_t, curcpu, and what goes with it.  Processor sets are not there: 0.
 */
typedef struct processor_info {
	int pi_state;
	string pi_processor_type;
	string pi_fputypes;
	int pi_clock; /* MHz */
} processor_info_t;

typedef struct cpuinfo_dt {
	processorid_t cpu_id;
	psetid_t cpu_pset;
	chipid_t cpu_chip;
	lgrp_id_t cpu_lgrp;
	processor_info_t cpu_info;
} cpuinfo_t;

inline int P_OFFLINE = 1;
inline int P_ONLINE = 2;

#pragma D attributes Stable/Stable/Common translator
translator processor_info_t < int C > {
	pi_state = P_ONLINE;
	pi_processor_type = __dt_model();
	pi_fputypes = __dt_model() == "x86_64" ? "i387 compatible" : "";
	pi_clock = __dt_cpu(C, 2);
};

#pragma D attributes Stable/Stable/Common translator
translator cpuinfo_t < int C > {
	cpu_id = C;
	cpu_pset = 0;
	cpu_chip = __dt_cpu(C, 0);
	cpu_lgrp = __dt_cpu(C, 1);
	cpu_info = xlate <processor_info_t> (C);
};

inline cpuinfo_t *curcpu = xlate <cpuinfo_t *> (cpu);
#pragma D attributes Stable/Stable/Common curcpu

inline psetid_t pset = curcpu->cpu_pset;
#pragma D attributes Stable/Stable/Common pset

inline chipid_t chip = curcpu->cpu_chip;
#pragma D attributes Stable/Stable/Common chip

inline lgrp_id_t lgrp = curcpu->cpu_lgrp;
#pragma D attributes Stable/Stable/Common lgrp
