dtrace: failed to enable 'BEGIN': Destructive actions not allowed
dtrace: failed to enable 'BEGIN': Destructive actions not allowed
dtrace: failed to enable 'BEGIN': Destructive actions not allowed
dtrace: failed to enable 'BEGIN': Destructive actions not allowed
dtrace: failed to enable 'BEGIN': Destructive actions not allowed
dtrace: failed to enable 'BEGIN': Destructive actions not allowed
dtrace: failed to enable 'BEGIN': Destructive actions not allowed
dtrace: failed to enable 'BEGIN': panic\(\) is not possible on Linux: .*
1
dtrace: failed to enable 'BEGIN': breakpoint\(\) is not possible on Linux: .*
1

dtrace: description 'BEGIN' matched 1 probe
dtrace: allowing destructive actions
