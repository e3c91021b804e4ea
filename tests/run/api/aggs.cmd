# The interface: aggregations, their values, orders, joined rows, walkers.
. "$here/api/build.sh"
build aggs && ./aggs
