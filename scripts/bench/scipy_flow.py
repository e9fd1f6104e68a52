"""Places that SciPy's maximum flow fills, and the median time it takes. Only for the benchmark.

Arguments: a file of int32 numbers (edges, their starts, their ends, their capacities), rounds.
"""

import json
import sys
import time

import numpy
import scipy
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_flow

numbers = numpy.fromfile(sys.argv[1], dtype=numpy.int32)
edges = int(numbers[0])
starts, ends, capacities = numbers[1:].reshape(3, edges)
nodes = int(max(starts.max(), ends.max())) + 1
network = csr_matrix((capacities, (starts, ends)), shape=(nodes, nodes), dtype=numpy.int32)
network.sort_indices()

seconds = []
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    flow = maximum_flow(network, 0, 1).flow_value
    seconds.append(time.perf_counter() - start)
seconds.sort()
print(json.dumps({"version": scipy.__version__, "flow": int(flow), "seconds": seconds[len(seconds) // 2]}))
