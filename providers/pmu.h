/* pmu.h - events of this machine's own processor, as the kernel lists them. */
#ifndef DT_PMU_H
#define DT_PMU_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The event of that name in DIR/events ("event=0xc0,umask=0x1"), put together as DIR/format says
 * ("config:0-7"), in config.  mask, unless negative, takes the place of its umask.  DIR is that of the
 * processor among /sys/bus/event_source/devices.  False when there is no such event, or it takes more than
 * config holds.
 */
bool dt_pmu_event(const char *dir, const char *name, int64_t mask, uint64_t *config);

#endif
